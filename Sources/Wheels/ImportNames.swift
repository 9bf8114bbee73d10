/// The names that a distribution can be imported by: what Verify tries, one after the other.
///
/// From `top_level.txt` where the wheel has one, else from its files: packages, modules and extension modules at
/// the top of site-packages. Of a directory without `__init__` (a namespace package, `google`) the packages inside
/// are named instead (`google.protobuf`), since importing the namespace proves nothing. What is no import (`numpy.libs`,
/// `*.dist-info`, names that are no identifiers) is left out, and so are top-level names that `top_level.txt` claims
/// but no file has.
func importNames(paths: [String], topLevel: String?) -> [String] {
  var tree = Directory()
  for path in paths where !path.hasPrefix("../") { tree.add(path.split(separator: "/")[...]) }
  let found = tree.importNames(prefix: "", depth: 0)
  guard let topLevel else { return found.sorted() }
  let claimed = Set(topLevel.split(whereSeparator: \.isNewline).map(\.trimmed))
  let confirmed = found.filter { claimed.contains(String($0.prefix { $0 != "." })) }
  return (confirmed.isEmpty ? found : confirmed).sorted()
}

/// The module that a file is when Python finds it in a directory of `sys.path`; nil for other files.
///
/// `foo.py`, `foo.pyc` (a sourceless module), `foo.so`, `foo.abi3.so`, `foo.cpython-313-x86_64-linux-gnu.so`,
/// `foo.cp313-win_amd64.pyd` and `foo.pyd` are `foo`; a bare `libfoo.so` is a library that others link to.
func moduleName(ofFile name: Substring) -> String? {
  guard let dot = name.firstIndex(of: ".") else { return nil }
  let (stem, suffix) = (String(name[..<dot]), name[dot...])
  let isExtension = suffix.hasSuffix(".so") || suffix.hasSuffix(".pyd")
  let isModule =
    isExtension
    ? suffix.wholeMatch(of: #/(\.(abi3|cpython-[0-9a-z_-]+|cp[0-9]+t?-[0-9a-z_]+))?\.(so|pyd)/#) != nil
    : suffix == ".py" || suffix == ".pyc"
  let isLibrary = suffix == ".so" && stem.hasPrefix("lib")
  return isModule && !isLibrary && stem.isIdentifier ? stem : nil
}

private struct Directory {
  private var files: Set<Substring> = []
  private var directories: [Substring: Directory] = [:]

  mutating func add(_ parts: ArraySlice<Substring>) {
    guard let first = parts.first else { return }
    if parts.count == 1 {
      files.insert(first)
    } else {
      directories[first, default: Directory()].add(parts.dropFirst())
    }
  }

  private var isRegularPackage: Bool { files.contains { moduleName(ofFile: $0) == "__init__" } }

  /// Namespaces are looked into this deep: `google.cloud.storage`.
  private static let deepestNamespace = 3

  func importNames(prefix: String, depth: Int) -> [String] {
    // Deep in a namespace loose Python files are rather examples than modules.
    let modules = files.filter { depth < 2 || !$0.hasSuffix(".py") }.compactMap { moduleName(ofFile: $0) }
    var names = Set(modules.filter { $0 != "__init__" }.map { prefix + $0 })
    for (name, directory) in directories where String(name).isIdentifier && name != "__pycache__" {
      if directory.isRegularPackage {
        names.insert(prefix + name)
      } else if depth < Self.deepestNamespace {
        names.formUnion(directory.importNames(prefix: "\(prefix)\(name).", depth: depth + 1))
      }
    }
    return Array(names)
  }
}

extension String {
  /// Whether Python can import something of this name.
  fileprivate var isIdentifier: Bool {
    wholeMatch(of: #/[\p{L}_][\p{L}\p{N}_]*/#) != nil && !pythonKeywords.contains(self)
  }
}

private let pythonKeywords: Set<String> = [
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
  "del",
  "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
  "nonlocal",
  "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
]
