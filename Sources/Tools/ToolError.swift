package import Model

/// Why a host tool could not be had.
package enum ToolError: UserFacingError, Equatable {
  /// There is no wheel of it for this kind of host.
  case noWheel(tool: String, host: String)
  case notOnIndex(fileName: String, index: String)
  /// The index has a file of that name, but it is another file.
  case otherFile(fileName: String, index: String, expected: Digest, found: Digest)
  case memberMissing(String, fileName: String)

  package var description: String {
    switch self {
    case .noWheel(let tool, let host): "there is no '\(tool)' for \(host)"
    case .notOnIndex(let fileName, let index): "the index '\(index)' does not have '\(fileName)'"
    case .otherFile(let fileName, let index, let expected, let found):
      "the index '\(index)' has another '\(fileName)': expected \(expected), found \(found)"
    case .memberMissing(let path, let fileName): "'\(fileName)' does not hold '\(path)'"
    }
  }

  package var hint: String? {
    switch self {
    case .notOnIndex:
      "ppp needs this file as a tool: add it to the index, or set registries.default to one that has it"
    case .otherFile:
      "do not use that index until it is known why: ppp accepts only the file that it was built with"
    case .noWheel, .memberMissing: nil
    }
  }
}
