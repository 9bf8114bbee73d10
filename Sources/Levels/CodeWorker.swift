import Model
import Processes
import SystemPackage

/// What came of one Python file.
struct CodeProduct: Sendable {
  /// The minified source; nil where it is as it was.
  var source: [UInt8]?
  /// A whole `.pyc` file; nil where none was wanted or made.
  var byteCode: [UInt8]?
  /// A whole extension module; nil where none was wanted or made.
  var native: [UInt8]?
  /// Why something that was wanted was not made.
  var problem: String?
}

/// A Python file's content, with the name that tracebacks show.
struct CodeSource: Sendable {
  let path: String
  let name: String
  let bytes: [UInt8]
}

/// Minifies and compiles Python files in a process of the interpreter's.
///
/// Each file is worked on in a fork of that process, which has seen no other file: what marshal(3) makes of equal
/// strings depends on what else the process has interned. Hash seeds are fixed and paths of this machine are not
/// known to it, so the same file gives the same bytes in any company. A file that brings its fork down, takes too
/// long or too much memory is a file with a problem.
struct CodeWorker: Sendable {
  let interpreter: CompilingInterpreter
  let form: CodeForm
  /// python-minifier's wheel, where the form minifies.
  let minifier: FilePath?
  /// A directory that nobody else writes to.
  let home: FilePath

  /// Seconds that one file may take.
  private static let timeout = 120

  /// What comes of each file, in order.
  ///
  /// - Throws: `LevelError.failed` when the process itself fails, as it does without disk or memory.
  func run(_ sources: [CodeSource], of package: String) async throws -> [CodeProduct] {
    let result = try await Processes.run(command(sources))
    var reader = FrameReader(result.output)
    guard result.succeeded, let products = reader.products(count: sources.count) else {
      throw LevelError.failed(package: package, timedOut: result.timedOut, tail: result.errorText.lastLine)
    }
    return products
  }

  private func command(_ sources: [CodeSource]) -> Command {
    var input: [UInt8] = []
    input.reserveCapacity(sources.reduce(0) { $0 + $1.bytes.count + $1.name.utf8.count + 8 })
    for source in sources {
      input.appendFrame(Array(source.name.utf8))
      input.appendFrame(source.bytes)
    }
    func flag(_ value: Bool) -> String { value ? "1" : "" }
    let arguments = [
      "-s", "-S", "-B", "-W", "ignore", "-c", Self.code, flag(form.level != .instant),
      minifier?.string ?? "", flag(form.minification?.removesDocstrings ?? false),
      flag(form.minification?.removesAnnotations ?? false), String(Self.timeout),
    ]
    // -I would have the seed ignored; nothing else of the environment is passed on.
    let environment = [
      "PATH": "/usr/bin:/bin", "HOME": home.string, "TMPDIR": home.string, "LANG": "C.UTF-8",
      "PYTHONHASHSEED": "0",
    ]
    return Command(
      interpreter.program, arguments, environment: environment, workingDirectory: home, input: input,
      timeout: .seconds(Self.timeout * max(1, sources.count)), outputLimit: 1 << 30)
  }
}

extension String {
  fileprivate var lastLine: String {
    split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
  }
}
