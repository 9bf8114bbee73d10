import Artifacts
import ConfigMerge
import Model
import SystemPackage
import Wheels

#if canImport(Glibc)
import Glibc
#endif

/// Finds what a cell's `copyFiles` rules copy, before anything is built.
///
/// A directory's content goes under `to`; a file goes to `to`, or into it when that ends with `/`. Symbolic links are
/// kept as links. A later rule's file takes the place of an earlier one's.
struct CopySurvey {
  let recipe: Recipe
  private var found: [String: CopiedFile] = [:]
  private(set) var problems: [Diagnostic] = []

  init(_ recipe: Recipe) {
    self.recipe = recipe
    for rule in recipe.copyFiles {
      do {
        try survey(rule)
      } catch {
        problems.append(Diagnostic(error))
      }
    }
  }

  /// Sorted by path.
  var files: [CopiedFile] {
    found.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func survey(_ rule: CopyRule) throws {
    let source = rule.base.appending(rule.from.value.split(separator: "/").map { .init(String($0)) ?? "." })
    guard let status = FileStatus(of: source) else { throw CopyError.missing(rule.from) }
    guard realPath(source).map({ $0.starts(with: realPath(rule.base) ?? rule.base) }) ?? false else {
      throw CopyError.leavesBase(rule.from, base: rule.base)
    }
    let scheme = InstallScheme(python: recipe.python, platform: recipe.cell.platform)
    let target = rule.to.value.replacing("{site-packages}", with: scheme.sitePackages)
    let folder = target.split(separator: "/").map(String.init).filter { $0 != "." }
    if status.kind == .directory {
      try survey(directory: source, under: folder, rule: rule)
    } else {
      let name = source.lastComponent?.string ?? ""
      let isFolder = target.isEmpty || target.hasSuffix("/")
      try add(source, status, at: isFolder ? folder + [name] : folder, rule: rule)
    }
  }

  private mutating func survey(directory: FilePath, under folder: [String], rule: CopyRule) throws {
    for name in try listDirectory(directory) {
      let path = directory.appending(name)
      guard let status = FileStatus(of: path, followingLinks: false) else { continue }
      if status.kind == .directory {
        try survey(directory: path, under: folder + [name], rule: rule)
      } else {
        try add(path, status, at: folder + [name], rule: rule)
      }
    }
  }

  private mutating func add(_ source: FilePath, _ status: FileStatus, at parts: [String], rule: CopyRule)
    throws
  {
    let path = parts.joined(separator: "/")
    switch status.kind {
    case .symlink:
      let target = try readLink(source)
      guard staysInside(target, from: parts.dropLast()) else {
        throw CopyError.linkLeaves(rule.from, link: source, target: target)
      }
      found[path] = CopiedFile(source: source, path: path, content: .symlink(target: target))
    case .file:
      let digest = try Digest.sha256(ofFile: source)
      found[path] = CopiedFile(
        source: source, path: path,
        content: .file(digest: digest, size: status.size, isExecutable: status.isExecutable))
    case .directory, .other:
      throw CopyError.notAFile(rule.from, path: source)
    }
  }

  /// Whether a link at a folder that deep in the prefix points at something inside the prefix.
  private func staysInside(_ target: String, from folder: ArraySlice<String>) -> Bool {
    guard !target.hasPrefix("/") else { return false }
    var depth = folder.count
    for part in target.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return false }
    }
    return true
  }
}

/// What is wrong with a `copyFiles` rule once the disk is looked at.
enum CopyError: UserFacingError {
  case missing(Located<String>)
  case leavesBase(Located<String>, base: FilePath)
  case linkLeaves(Located<String>, link: FilePath, target: String)
  case notAFile(Located<String>, path: FilePath)
  /// It is not what it was when the build was planned.
  case changed(FilePath)

  var description: String {
    switch self {
    case .missing(let from): "copyFiles: there is no '\(from.value)'"
    case .leavesBase(let from, let base): "copyFiles: '\(from.value)' leads out of '\(base)'"
    case .linkLeaves(_, let link, let target):
      "copyFiles: the link '\(link)' points at '\(target)', outside the environment"
    case .notAFile(_, let path): "copyFiles: '\(path)' is neither a file, a directory nor a link"
    case .changed(let path): "copyFiles: '\(path)' changed while it was copied"
    }
  }

  var position: SourcePosition? {
    switch self {
    case .missing(let from), .leavesBase(let from, _), .linkLeaves(let from, _, _), .notAFile(let from, _):
      from.position
    case .changed: nil
    }
  }

  var hint: String? {
    switch self {
    case .missing: "'from' is relative to the runenv's folder, for shared rules to the workspace"
    case .leavesBase: "copy the files into that folder"
    case .linkLeaves: "make the link relative, to something that is copied too"
    case .notAFile: "take it out of the folder that is copied"
    case .changed: "run the build again"
    }
  }
}
