import Model
import SystemPackage

/// The file that makes a directory a module or a recipe, as it is read from sources of other people's.
struct ManifestFile {
  /// What messages call it.
  struct Words {
    let whole: String
    /// What to do when it isn't there.
    let hint: String
  }

  let bytes: [UInt8]
  /// As positions name it.
  let shownAs: String

  /// No manifest comes near it; what is larger is none, and isn't read.
  private static let largestFile: Int64 = 1 << 20

  static func isThere(among names: [String], in directory: FilePath) -> Bool {
    names.contains { FileStatus(of: directory.appending($0), followingLinks: false) != nil }
  }

  /// Reads the one of the names that is there; of links only it is followed, inside the directory.
  static func read(
    among names: [String], in directory: FilePath, shownAs: String, _ words: Words
  ) throws(ConfigurationErrors) -> ManifestFile {
    let place = shownAs.isEmpty ? "" : shownAs + "/"
    let there = names.filter { FileStatus(of: directory.appending($0), followingLinks: false) != nil }
    guard let name = there.first else {
      throw ConfigurationErrors("there is no \(names[0]) in '\(shownAs)'", in: nil, hint: words.hint)
    }
    guard there.count == 1 else {
      throw ConfigurationErrors(
        "both \(name) and \(there[1]) are there", in: place + there[1], hint: "remove one of them")
    }
    let file = try path(of: directory.appending(name), in: directory, shownAs: place + name, words)
    do throws(FileError) { return ManifestFile(bytes: try readFile(file), shownAs: place + name) } catch {
      throw ConfigurationErrors(error)
    }
  }

  /// The file without links, which may not lead out of the directory.
  private static func path(
    of path: FilePath, in directory: FilePath, shownAs: String, _ words: Words
  ) throws(ConfigurationErrors) -> FilePath {
    let (file, root): (FilePath, FilePath)
    do throws(FileError) { (file, root) = (try realPath(path), try realPath(directory)) } catch {
      throw ConfigurationErrors(error)
    }
    guard file.starts(with: root), let status = FileStatus(of: file), status.kind == .file else {
      throw ConfigurationErrors(
        "the manifest is no file of the \(words.whole)'s", in: shownAs, hint: "replace it by a file")
    }
    guard status.size <= largestFile else {
      throw ConfigurationErrors("the manifest is larger than 1 MiB", in: shownAs, hint: nil)
    }
    return file
  }
}

extension ConfigurationErrors {
  /// One problem of a file as a whole.
  init(_ message: String, in file: String?, hint: String?) {
    let position = file.map { SourcePosition(file: $0, line: 1, column: 1) }
    self.init(diagnostics: [Diagnostic(.error, message, at: position, hint: hint)], sources: [:])
  }

  init(_ error: FileError) { self.init(diagnostics: [Diagnostic(error)], sources: [:]) }
}
