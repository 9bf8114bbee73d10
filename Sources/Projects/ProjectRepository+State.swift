import Model
import SystemPackage

extension ProjectRepository {
  /// Makes a directory under `.ppp`, which is hidden from git by a file of its own, as uv does with `.venv`.
  func makeStateDirectory(_ path: FilePath) throws(FileError) {
    let ignore = state.appending(".gitignore")
    try makeDirectory(path)
    if FileStatus(of: ignore, followingLinks: false) == nil { try writeAtomically("*\n".utf8, to: ignore) }
  }
}
