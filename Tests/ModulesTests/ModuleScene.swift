import ConfigMerge
import Model
import Modules
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// A directory with a source of modules and a repository to add them to.
struct ModuleScene: Sendable {
  let directory: FilePath

  static func with(_ body: (ModuleScene) async throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-modules-") { directory in
      let scene = ModuleScene(directory: try realPath(directory))
      try makeDirectory(scene.repository.root)
      try await body(scene)
    }
  }

  var source: FilePath { directory.appending("source") }
  var repository: Repository { Repository(root: directory.appending("shop")) }

  /// Writes a file, by its path in the scene.
  func write(_ text: String, to path: String) throws {
    let file = directory.pushing(FilePath(path))
    try makeDirectory(file.removingLastComponent())
    try writeAtomically(text.utf8, to: file)
  }

  func text(_ path: String) throws -> String {
    String(decoding: try readFile(directory.pushing(FilePath(path))), as: UTF8.self)
  }

  func link(_ path: String, to target: String) throws {
    let file = directory.pushing(FilePath(path))
    try makeDirectory(file.removingLastComponent())
    guard symlink(target, file.string) == 0 else {
      throw FileError(verb: "link", path: file, cause: Errno(rawValue: errno))
    }
  }

  /// Writes a module with a package; `fields` are more keys of its manifest, each followed by a comma.
  func makeModule(
    _ name: String, version: String = "1.0.0", _ fields: String = "",
    files: String = #"{"from": "src"}, {"from": "README.md"}"#
  ) throws {
    let package = name.replacing("-", with: "_")
    try write(
      """
      {"name": "\(name)", "version": "\(version)", "summary": "Does \(name)", \(fields) "files": [\(files)]}
      """, to: "source/\(name)/module.json")
    try write("", to: "source/\(name)/src/\(package)/__init__.py")
    try write("# \(name)\n", to: "source/\(name)/README.md")
  }

  func find(_ name: String) async throws -> FoundModule {
    let source = try ModuleSource(parsing: source.string, relativeTo: directory)
    let shelf = ModuleShelf(sources: [source], cache: directory.appending("cache"))
    return try await shelf.find(ModuleReference(parsing: name))
  }

  func rendered(_ name: String, _ options: [String: OptionValue] = [:]) async throws -> RenderedModule {
    let module = try await find(name)
    return try render(module, options: options, recordedAs: module.reference(relativeTo: repository.root))
  }

  func plan(_ names: String...) async throws -> AddPlan {
    var modules: [RenderedModule] = []
    for name in names { modules.append(try await rendered(name)) }
    return try AddPlan.make(adding: modules, to: repository)
  }

  /// Everything in the repository: files with mode and bytes, links, directories.
  func snapshot() throws -> [String: String] {
    var entries: [String: String] = [:]
    func walk(_ path: FilePath, _ shown: String) throws {
      guard let status = FileStatus(of: path, followingLinks: false) else { return }
      switch status.kind {
      case .directory:
        entries[shown] = "directory"
        for name in try listDirectory(path) { try walk(path.appending(name), "\(shown)/\(name)") }
      case .symlink: entries[shown] = "link to \(try readLink(path))"
      default: entries[shown] = "\(status.isExecutable) \(try readFile(path))"
      }
    }
    try walk(repository.root, ".")
    return entries
  }
}
