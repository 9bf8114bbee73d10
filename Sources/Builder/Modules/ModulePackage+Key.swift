import ConfigMerge
import Model
import Wheels

extension ModulePackage {
  /// What of it decides a bundle's bytes, as fields of a build key.
  var keyFields: [String: [String]] {
    var fields = ["\(KeyChange.modulePrefix)\(name)": [version.description]]
    for file in files {
      fields[KeyChange.key(of: "src/\(file.path)", in: name)] = [
        "\(file.digest)\(file.isExecutable ? " executable" : "")"
      ]
    }
    for (name, text) in wheel.metadata {
      fields[KeyChange.key(of: name, in: self.name)] = [text]
    }
    return fields
  }

  /// The wheel that its files make.
  var wheel: PureWheel {
    PureWheel(
      name: packageName, version: version, summary: summary, requiresPython: python?.value,
      requirements: (dependencies + needs).map(\.value.description).sorted(),
      scripts: scripts.map { "\($0.name) = \($0.reference)" },
      files: files)
  }
}

extension KeyChange {
  static let modulePrefix = "module "
  private static let fileMark = " file "

  static func key(of file: String, in module: ModuleName) -> String {
    "\(modulePrefix)\(module)\(fileMark)\(file)"
  }

  /// `module elasticity 1.0.0 → 1.1.0`, `module elasticity: src/elasticity/cli.py changed`; nil for other keys.
  var textOfModule: String? {
    guard key.hasPrefix(Self.modulePrefix) else { return nil }
    let parts = key.split(separator: Self.fileMark, maxSplits: 1)
    let change =
      switch (old, new) {
      case (.some, .some): "changed"
      case (nil, _): "added"
      case (_, nil): "removed"
      }
    if parts.count == 2 { return "\(parts[0]): \(parts[1]) \(change)" }
    guard let old, let new else { return "\(key) \(new ?? old ?? "") \(change)" }
    return "\(key) \(old) → \(new)"
  }
}
