import Layers
import Model
import Processes
import SystemPackage
import Toolchains

/// Makes extension modules of Python modules: Python → C by Cython, C → native by the compiler.
///
/// Both run in a directory of the package's own, and name files relative to it: the same module gives the same bytes.
struct NativeWorker: Sendable {
  enum Outcome: Sendable {
    case made([UInt8])
    case refused(String)
  }

  let tools: NativeTools
  /// A directory that nobody else writes to.
  let home: FilePath

  /// For Cython and for the compiler, each.
  private static let timeout = Duration.seconds(900)
  /// How Cython has to read Python code for it to mean what it means to Python: annotations are no declarations of types.
  private static let directives = ["-X", "annotation_typing=False", "-X", "binding=True"]
  private static let code = """
    import sys
    sys.path.insert(0, sys.argv.pop(1))
    from Cython.Compiler.Main import setuptools_main
    sys.exit(setuptools_main())
    """

  init(tools: NativeTools, home: FilePath) async throws {
    self.tools = tools
    self.home = home
    try await blocking { cancellation in
      try ArchiveExtractor().extract(
        tools.cython, into: home.appending("cython"), cancellation: cancellation)
      try makeDirectory(home.appending("c"))
    }
  }

  /// Compiles a module whose file is `name`, relative to site-packages; `number` is no other module's of this worker.
  func run(_ name: String, _ source: [UInt8], number: Int) async throws -> Outcome {
    let place = home.appending("source").pushing(FilePath(name))
    try makeDirectory(place.removingLastComponent())
    try writeAtomically(source, to: place)
    let c = home.appending("c").appending("\(number).c")
    let library = home.appending("c").appending("\(number).so")
    let translated = try await Processes.run(translation(of: name, to: c))
    guard translated.succeeded else { return .refused(Self.reason(translated, "Cython")) }
    let compiled = try await Processes.run(compilation(of: c, to: library))
    guard compiled.succeeded else { return .refused(Self.reason(compiled, "the C compiler")) }
    return .made(try readFile(library))
  }

  private func translation(of name: String, to c: FilePath) -> Command {
    let module = String(name.dropLast(3)).replacing("/", with: ".")
    return command(
      tools.interpreter.program,
      ["-s", "-S", "-B", "-W", "ignore", "-c", Self.code, home.appending("cython").string, "-3"]
        + Self.directives + ["--module-name", module, "-o", c.string, name])
  }

  private func compilation(of c: FilePath, to library: FilePath) -> Command {
    let words = tools.toolchain.moduleCommand(
      compiling: c, to: library, headers: tools.headers, for: tools.target, in: home)
    return command(FilePath(words[0]), Array(words.dropFirst()))
  }

  private func command(_ program: FilePath, _ arguments: [String]) -> Command {
    let environment = tools.toolchain.environment.filter { $0.key.hasPrefix("ZIG_") }.merging([
      "PATH": "/usr/bin:/bin", "HOME": home.string, "TMPDIR": home.string, "LANG": "C.UTF-8",
      "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0",
    ]) { $1 }
    return Command(
      program, arguments, environment: environment, workingDirectory: home.appending("source"),
      timeout: Self.timeout, outputLimit: 1 << 20, overflow: .keepEnds)
  }

  /// The first line that names an error, without the directories of this machine.
  private static func reason(_ result: ProcessResult, _ program: String) -> String {
    if result.timedOut { return "\(program) takes too long" }
    let lines = (result.errorText + "\n" + result.text).split(whereSeparator: \.isNewline)
    let line = lines.first { $0.contains("rror:") || $0.contains(".py:") } ?? lines.last ?? ""
    return "\(program): \(line.prefix(300))"
  }
}
