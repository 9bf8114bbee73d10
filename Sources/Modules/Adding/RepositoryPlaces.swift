import Model
import SystemPackage

/// Looks at the places in a repository that files are to be written to, before anything is.
struct RepositoryPlaces {
  private let root: FilePath
  /// Without links; nil when the repository is still to be made.
  private let realRoot: FilePath?
  private var names: [FilePath: [String]] = [:]

  init(_ repository: Repository) throws {
    root = repository.root
    realRoot = FileStatus(of: root) == nil ? nil : try realPath(root)
  }

  /// The bytes of the file at a path; nil when there is nothing.
  ///
  /// - Throws: `AddError` when something else is there or on the way, or a name that some file systems take for this one.
  mutating func bytes(at path: String) throws -> [UInt8]? {
    guard realRoot != nil else { return nil }
    let parts = path.split(separator: "/").map(String.init)
    for count in parts.indices.dropFirst() {
      guard let kind = try kind(at: Array(parts[..<count])) else { return nil }
      guard kind == .directory else {
        throw AddError.inTheWay(parts[..<count].joined(separator: "/"), isDirectory: false)
      }
    }
    guard let kind = try kind(at: parts) else { return nil }
    guard kind == .file else { throw AddError.inTheWay(path, isDirectory: kind == .directory) }
    return try readFile(place(parts))
  }

  func place(_ parts: [String]) -> FilePath {
    parts.reduce(root) { $0.appending(FilePath.Component($1) ?? ".") }
  }

  /// What is at a path, links followed as long as they stay in the repository.
  private mutating func kind(at parts: [String]) throws -> FileStatus.Kind? {
    let (path, shown) = (place(parts), parts.joined(separator: "/"))
    try checkSpelling(of: parts)
    guard let status = FileStatus(of: path, followingLinks: false) else { return nil }
    guard status.kind == .symlink, let realRoot else { return status.kind }
    let leaving = AddError.linkLeaves(shown, target: try readLink(path))
    guard let followed = FileStatus(of: path) else { throw leaving }
    guard try realPath(path).starts(with: realRoot) else { throw leaving }
    return followed.kind
  }

  /// Refuses a name beside which another stands that differs in case or accents only.
  private mutating func checkSpelling(of parts: [String]) throws {
    guard let name = parts.last else { return }
    let directory = place(parts.dropLast())
    let known = try names[directory] ?? listDirectory(directory)
    names[directory] = known
    let other = known.first { $0.lowercased() == name.lowercased() && Array($0.utf8) != Array(name.utf8) }
    guard let other else { return }
    let shown = (parts.dropLast() + [other]).joined(separator: "/")
    throw AddError.sameName(parts.joined(separator: "/"), other: shown)
  }
}
