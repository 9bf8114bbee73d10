import ConfigMerge
import Levels
import Model

extension BuildKey {
  private static let compilerPrefix = "compiler of "
  private static let rust = "rustc "

  /// Whether Rust had a part in it.
  var namesRust: Bool {
    inputs.fields.contains { name, words in
      name.hasPrefix(Self.compilerPrefix) && words.contains { $0.hasPrefix(Self.rust) }
    }
  }

  static func compilerField(of package: PackageName) -> String { "\(compilerPrefix)\(package)" }

  /// The key with what is known once the packages are there: which compilers had a part in which built wheels.
  ///
  /// Those without native code, and those that somebody brought, name none.
  func settled(_ compilers: [PackageName: [String]]) -> BuildKey {
    var fields = inputs.fields
    for (package, words) in compilers { fields[Self.compilerField(of: package)] = words }
    return BuildKey(LockInputs(fields))
  }

  /// The key under the presumption that a source which had no native code before has none now, and that one whose code
  /// this machine's compiler made too new for the floor is compiled by zig again.
  ///
  /// So a new compiler makes anew what it has compiled, and nothing else. `rust` is this machine's; where there is none
  /// now, what it has compiled stays good.
  func presuming(_ former: BuildKey, rust: String? = nil) -> BuildKey {
    guard former.inputs.fields[Self.sourceBuilds] == inputs.fields[Self.sourceBuilds] else { return self }
    var fields = inputs.fields
    for (name, words) in inputs.fields {
      guard name.hasPrefix(Self.compilerPrefix), let now = words.first else { continue }
      let package = "package \(name.dropFirst(Self.compilerPrefix.count))"
      guard former.inputs.fields[package] == inputs.fields[package] else { continue }
      let old = former.inputs.fields[name] ?? []
      guard !old.isEmpty else {
        fields[name] = nil
        continue
      }
      let isZigs = now != Compilers.zig && old.contains { $0.hasPrefix("zig ") }
      let formerRust = old.first { $0.hasPrefix(Self.rust) }
      fields[name] = [now] + (isZigs ? [Compilers.zig] : []) + (formerRust.map { [rust ?? $0] } ?? [])
    }
    return BuildKey(LockInputs(fields))
  }
}

extension Recipe {
  /// Whether a compiler has a part in the cell, as far as that can be told before its packages are built.
  func mayCompile(_ lock: Lock) -> Bool {
    let names = lock.packages.map(\.name) + modules.map(\.packageName)
    return lock.packages.contains(where: \.needsBuild) || names.contains { codeForm(of: $0).isCompiled }
  }
}
