import Binaries
import Model
import SystemPackage

/// The files of a wheel, unpacked.
struct WheelTree: Sendable {
  let root: FilePath
  let fileName: String

  func path(_ name: String) -> FilePath { root.pushing(FilePath(name)) }

  /// Every file's path relative to the root, sorted.
  func files() throws -> [String] {
    func below(_ directory: FilePath, _ prefix: String) throws -> [String] {
      try listDirectory(directory).flatMap { name -> [String] in
        let path = directory.appending(name)
        return FileStatus(of: path, followingLinks: false)?.kind == .directory
          ? try below(path, "\(prefix)\(name)/") : ["\(prefix)\(name)"]
      }
    }
    return try below(root, "").sorted()
  }

  func nativeFiles() throws -> [(path: String, file: NativeFile)] {
    try files().compactMap { name in
      guard let file = try NativeFile.inspect(path(name)) else { return nil }
      return (name, file)
    }
  }

  /// Where a file will be, relative to site-packages; nil for what goes elsewhere, as programs do.
  func installedPath(_ name: String) -> String? {
    guard let range = name.firstRange(of: ".data/"), !name[..<range.lowerBound].contains("/") else {
      return name
    }
    let rest = name[range.upperBound...]
    for scheme in ["platlib/", "purelib/"] where rest.hasPrefix(scheme) {
      return String(rest.dropFirst(scheme.count))
    }
    return nil
  }
}

/// The way from a file's directory to another directory, both relative to one root: `$ORIGIN/../x.libs`.
func originPath(from file: String, to directory: String) -> String {
  let from = file.split(separator: "/").dropLast()
  let to = directory.split(separator: "/")
  let common = zip(from, to).prefix { $0 == $1 }.count
  let parts = [String](repeating: "..", count: from.count - common) + to.dropFirst(common).map(String.init)
  return (["$ORIGIN"] + parts).joined(separator: "/")
}
