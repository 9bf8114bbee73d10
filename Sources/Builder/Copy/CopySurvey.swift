import Artifacts
import ConfigMerge
import Layers
import Model
import SystemPackage
import Wheels

/// Finds what a cell's `copyFiles` rules copy, before anything is built.
///
/// A directory's content goes under `to`; a file goes to `to`, or into it when that ends with `/`. Symbolic links are
/// kept as links, but for one that a rule names itself: that is followed. Empty directories are not copied. A later rule's file takes the place of an earlier one's.
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
    guard try realPath(source).starts(with: realPath(rule.base)) else {
      throw CopyError.leavesBase(rule.from, base: rule.base)
    }
    let scheme = InstallScheme(python: recipe.python, platform: recipe.cell.platform)
    let target = rule.to.value.replacing("{site-packages}", with: scheme.sitePackages)
    let folder = Self.parts(of: target)
    if status.kind == .directory {
      try survey(directory: source, under: folder, rule: rule)
    } else {
      let name = source.lastComponent?.string ?? ""
      let isFolder = target.isEmpty || target.hasSuffix("/")
      try add(source, status, at: isFolder ? folder + [name] : folder, rule: rule)
    }
  }

  /// A path's parts in their plain form; the configuration has seen to it that `..` doesn't leave the prefix.
  private static func parts(of path: String) -> [String] {
    path.split(separator: "/").reduce(into: []) { parts, part in
      switch part {
      case ".": break
      case "..": parts = parts.dropLast()
      default: parts.append(String(part))
      }
    }
  }

  private mutating func survey(directory: FilePath, under folder: [String], rule: CopyRule) throws {
    for name in try listDirectory(directory) {
      let path = directory.appending(name)
      // A name that is not UTF-8 can't be looked up.
      guard let status = FileStatus(of: path, followingLinks: false) else {
        throw CopyError.notAFile(rule.from, path: path)
      }
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
      do {
        try LayerPath.check(target: target, of: path)
      } catch {
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
}
