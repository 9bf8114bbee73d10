import Model

/// Reads a CPython's version from its header, which also works for interpreters that do not run here.
enum VersionHeader {
  /// - Throws: `RuntimesError.wrongVersion` when the header names another version. A tree without the header passes.
  static func check(_ tree: RuntimeTree, scheme: RuntimeScheme) throws {
    guard tree.exists(scheme.versionHeader) else { return }
    let text = String(decoding: try tree.read(scheme.versionHeader), as: UTF8.self)
    guard let match = text.firstMatch(of: #/#define\s+PY_VERSION\s+"([^"]+)"/#) else { return }
    let found = String(match.1)
    // A build of a development version says `3.14.0a1+`.
    let plain = found.hasSuffix("+") ? String(found.dropLast()) : found
    guard plain == scheme.python.description else {
      throw RuntimesError.wrongVersion(expected: scheme.python, found: found)
    }
  }
}
