import ConfigMerge
import Model
import SystemPackage

/// Finds the files that the entries of a manifest copy.
///
/// `__pycache__`, `*.pyc`, `.git`, `.DS_Store` and the manifest itself are passed over. Links inside a directory to files of the module
/// are copied as what they point at; all others are refused.
struct FileSurvey {
  struct File {
    let source: FilePath
    /// The source as errors name it.
    let shownSource: String
    /// In the added module's directory.
    let target: String
    let isExecutable: Bool
  }

  private let root: FilePath
  private let shownRoot: String
  private var files = 0
  private var bytes: Int64 = 0

  /// A module is source code that people read.
  private static let mostFiles = 10_000
  private static let mostBytes: Int64 = 64 << 20
  private static let deepest = 64

  /// Files, and directories with a slash behind them.
  private let ignored: Set<String>

  init(_ module: FoundModule, ignoring ignored: Set<String> = []) {
    root = module.directory
    self.ignored = ignored
    let parts = module.manifest.file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    shownRoot = parts.map { $0 + "/" }.joined()
  }

  /// What one entry copies, sorted by path; at least one file.
  mutating func files(of entry: ModuleFile, under target: ModuleTarget) throws -> [File] {
    let found: [File] =
      entry.isPattern
      ? try matches(of: entry, under: target) : try content(of: entry, under: target)
    guard !found.isEmpty else {
      throw RenderingError.nothingToCopy(entry.from.value, at: entry.from.position)
    }
    return found
  }

  private mutating func matches(of entry: ModuleFile, under target: ModuleTarget) throws -> [File] {
    let pattern = try Glob(parsing: Self.parts(of: entry.from.value).joined(separator: "/"), matching: .path)
    let base = Self.parts(of: entry.fixedDirectory)
    guard FileStatus(of: place(base))?.kind == .directory else { return [] }
    try checkWay(to: base, of: entry)
    return try walk(base, of: entry) { parts in
      pattern.matches(parts.joined(separator: "/"))
        ? target.path(to: Array(parts.dropFirst(base.count))) : nil
    }
  }

  private mutating func content(of entry: ModuleFile, under target: ModuleTarget) throws -> [File] {
    let parts = Self.parts(of: entry.from.value)
    try checkWay(to: parts, of: entry)
    guard let status = FileStatus(of: place(parts), followingLinks: false) else { return [] }
    if status.kind == .directory {
      return try walk(parts, of: entry) { target.path(to: Array($0.dropFirst(parts.count))) }
    }
    let name = parts.last ?? ""
    return [try file(parts, of: entry, at: target.path(to: target.isDirectory ? [name] : []))]
  }

  private static func parts(of path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }

  private func place(_ parts: [String]) -> FilePath {
    parts.reduce(root) { $0.appending(FilePath.Component($1) ?? "..") }
  }

  /// Refuses a way to a file or directory that leaves the module or goes over a link.
  private func checkWay(to parts: [String], of entry: ModuleFile) throws {
    guard !parts.contains("..") else {
      throw RenderingError.badTarget(
        entry.from.value, problem: "'..' leaves the module", at: entry.from.position)
    }
    for count in parts.indices {
      let way = Array(parts[..<count])
      guard FileStatus(of: place(way), followingLinks: false)?.kind == .symlink else { continue }
      throw badLink(way, "is a way to other directories", entry)
    }
  }

  /// All files below a directory for which there is a target.
  private mutating func walk(
    _ directory: [String], of entry: ModuleFile, _ target: ([String]) -> String?
  ) throws -> [File] {
    guard directory.count <= Self.deepest else {
      throw RenderingError.tooMuch(
        entry.from.value, limit: "\(Self.deepest) directories deep", at: entry.from.position)
    }
    var found: [File] = []
    for name in try listDirectory(place(directory)) where !Self.isNeverCopied(name, in: directory) {
      let parts = directory + [name]
      let path = parts.joined(separator: "/")
      if ignored.contains(path) || ignored.contains(path + "/") { continue }
      guard let status = FileStatus(of: place(parts), followingLinks: false) else {
        throw RenderingError.notAFile(shown(parts), at: entry.from.position)
      }
      if status.kind == .directory {
        found += try walk(parts, of: entry, target)
      } else if let path = target(parts) {
        found.append(try file(parts, of: entry, at: path))
      }
    }
    return found
  }

  private static func isNeverCopied(_ name: String, in directory: [String]) -> Bool {
    ["__pycache__", ".git", ".DS_Store"].contains(name) || name.hasSuffix(".pyc")
      || directory.isEmpty && ModuleManifest.fileNames.contains(name)
  }

  private func shown(_ parts: [String]) -> String { shownRoot + parts.joined(separator: "/") }

  private func badLink(_ parts: [String], _ problem: String, _ entry: ModuleFile) -> RenderingError {
    // A link that can't be read is shown without its target.
    let target = (try? readLink(place(parts))) ?? ""
    return .badLink(shown(parts), target: target, problem: problem, at: entry.from.position)
  }

  private mutating func file(_ parts: [String], of entry: ModuleFile, at target: String) throws -> File {
    var path = place(parts)
    guard var status = FileStatus(of: path, followingLinks: false) else {
      throw RenderingError.notAFile(shown(parts), at: entry.from.position)
    }
    if status.kind == .symlink {
      guard try !readLink(path).hasPrefix("/") else { throw badLink(parts, "is absolute", entry) }
      guard let followed = FileStatus(of: path) else { throw badLink(parts, "points at nothing", entry) }
      path = try realPath(path)
      guard path.starts(with: root) else { throw badLink(parts, "leads out of the module", entry) }
      guard followed.kind == .file else { throw badLink(parts, "points at no file", entry) }
      status = followed
    }
    guard status.kind == .file else { throw RenderingError.notAFile(shown(parts), at: entry.from.position) }
    files += 1
    bytes += status.size
    guard files <= Self.mostFiles else {
      throw RenderingError.tooMuch(
        entry.from.value, limit: "\(Self.mostFiles) files", at: entry.from.position)
    }
    guard bytes <= Self.mostBytes else {
      throw RenderingError.tooMuch(
        entry.from.value, limit: "\(Self.mostBytes >> 20) MiB", at: entry.from.position)
    }
    return File(source: path, shownSource: shown(parts), target: target, isExecutable: status.isExecutable)
  }
}
