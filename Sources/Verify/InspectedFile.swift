package import Binaries
import Model

/// A native file of an environment and what its headers say.
package struct InspectedFile: Hashable, Sendable, Codable {
  package enum Content: Hashable, Sendable, Codable {
    case native(NativeFile)
    /// It begins as a native file and is not one; the text says why.
    case damaged(String)
  }

  /// Relative to the environment.
  package let path: String
  package let content: Content

  package init(path: String, content: Content) {
    self.path = path
    self.content = content
  }

  /// Looks at a file with `inspect`; nil for what is not native.
  init?(path: String, inspect: () throws -> NativeFile?) throws {
    do {
      guard let file = try inspect() else { return nil }
      self.init(path: path, content: .native(file))
    } catch let error as BinaryError {
      self.init(path: path, content: .damaged(error.description))
    }
  }
}

/// What the static checks need to know of an environment, or of one layer of it.
package struct Inspection: Hashable, Sendable, Codable {
  /// The paths of all files and symbolic links, relative to the environment.
  package var paths: [String]
  package var nativeFiles: [InspectedFile]

  package init(paths: [String] = [], nativeFiles: [InspectedFile] = []) {
    self.paths = paths
    self.nativeFiles = nativeFiles
  }
}
