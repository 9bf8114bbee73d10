import Artifacts
import Model
import SystemPackage
import Terminal

@testable import ppp

#if canImport(Glibc)
import Glibc
#endif

/// A user's desk: a workspace, a cache and an environment of their own, in a directory of the test.
struct Scene {
  let directory: FilePath
  let workspace: FilePath
  let cache: FilePath
  var environment: [String: String]

  /// What a command printed and how it ended.
  struct Ending {
    let status: Int32
    let output: String
    let errors: String

    /// Both streams, for what must be in neither.
    var all: String { output + errors }

    /// How many errors were told; what a message quotes is indented.
    var errorCount: Int {
      errors.split(separator: "\n").count { !$0.hasPrefix(" ") && $0.contains("error: ") }
    }
  }

  /// A scene with these files in its workspace.
  init(_ directory: FilePath, _ files: [String: String] = [:]) throws {
    self.directory = directory
    workspace = directory.appending("workspace")
    cache = directory.appending("cache")
    environment = [
      "PPP_CACHE_DIR": cache.string, "HOME": directory.string, "TMPDIR": directory.string,
      "PATH": "/usr/bin:/bin",
    ]
    try makeDirectory(workspace)
    for (name, text) in files { try write(name, text) }
  }

  func write(_ name: String, _ text: String) throws {
    let path = workspace.pushing(FilePath(name))
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(Array(text.utf8), to: path)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try readFile(workspace.pushing(FilePath(name))), as: UTF8.self)
  }

  /// Runs a command in this process, as `PPP.main` does.
  func run(_ arguments: String..., from place: FilePath? = nil) async throws -> Ending {
    try await run(arguments, from: place)
  }

  func run(_ arguments: [String], from place: FilePath? = nil) async throws -> Ending {
    let output = Collected()
    let path = directory.appending("errors-\(Collected.next())")
    let file = try FileDescriptor.open(
      path, .readWrite, options: [.create, .closeOnExec], permissions: [.ownerReadWrite])
    let device = Device(file, environment: environment)
    let context = CommandContext(
      directory: place ?? workspace, environment: environment, output: { output.append($0) },
      screen: device, errors: device, input: file)
    let status = await PPP.run(arguments, in: context)
    try file.close()
    return Ending(
      status: status.rawValue, output: output.text,
      errors: String(decoding: try readFile(path), as: UTF8.self))
  }

  /// Starts the program itself, as a user would.
  func start(_ arguments: String...) throws -> RunningProgram { try start(arguments) }

  func start(_ arguments: [String]) throws -> RunningProgram {
    try RunningProgram(arguments, in: workspace, environment: environment, scratch: directory)
  }

  /// Whether a file of the workspace is there.
  func has(_ name: String) -> Bool { access(workspace.pushing(FilePath(name)).string, F_OK) == 0 }

  /// Every file below a directory of the workspace, relative to it, sorted.
  func files(in name: String) throws -> [String] {
    try tree(workspace.pushing(FilePath(name)))
  }
}

/// The files below a directory, relative to it, sorted; none when it is not there.
func tree(_ directory: FilePath) throws -> [String] {
  guard access(directory.string, F_OK) == 0 else { return [] }
  return try listDirectory(directory).flatMap { name -> [String] in
    let path = directory.appending(name)
    var status = stat()
    guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [name] }
    return try tree(path).map { "\(name)/\($0)" }
  }.sorted()
}
