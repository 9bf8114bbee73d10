import Binaries
import Model
import Processes
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// An environment in a directory, and how its interpreter is started there.
struct UnpackedEnvironment {
  /// Without symbolic links, since Python reports it so.
  let root: FilePath
  /// What programs see as home and working directory, and fill with their files.
  let home: FilePath
  private let executable: FilePath
  private let arguments: [String]

  /// - Returns: nil when nothing on this machine can start the interpreter: there is none, it is of another
  ///   machine and there is no emulator, or the emulator has no C library for it.
  init?(root: FilePath, home: FilePath, platform: Platform, emulator: Emulator?) throws {
    self.root = root
    self.home = home
    let interpreter = root.appending(EnvironmentLayout(platform: platform).interpreter)
    guard access(interpreter.string, F_OK) == 0 else { return nil }
    if platform == Platform.host {
      (executable, arguments) = (interpreter, [])
      return
    }
    guard let emulator, platform.operatingSystem == .linux,
      let started = try Self.emulated(interpreter, root: root, emulator)
    else { return nil }
    (executable, arguments) = (emulator.executable, started)
  }

  var start: (executable: FilePath, arguments: [String]) { (executable, arguments) }

  /// A run of the interpreter in a clean environment: what an install in a bare container sees.
  func command(_ code: String, _ argument: String? = nil, timeout: Duration) -> Command {
    Command(
      executable, arguments + ["-c", code] + (argument.map { [$0] } ?? []),
      environment: [
        "PATH": "/usr/bin:/bin", "HOME": home.string, "TMPDIR": home.string, "LANG": "C.UTF-8",
      ],
      workingDirectory: home, timeout: timeout, outputLimit: 64 << 10, overflow: .keepEnds)
  }

  /// What to give the emulator; nil when it has no C library for the interpreter.
  ///
  /// A start script can't be emulated, so what it would do is done here: the program proper, beside the script, is
  /// started by the dynamic linker that the environment brings.
  private static func emulated(
    _ interpreter: FilePath, root: FilePath, _ emulator: Emulator
  ) throws -> [String]? {
    let libraries = root.appending(EnvironmentLayout.glibcDirectory)
    let linker = try? listDirectory(libraries).first { $0.hasPrefix("ld-linux") }
    let program = try NativeFile.inspect(interpreter) == nil ? realProgram(beside: interpreter) : interpreter
    guard let program else { return nil }
    if let linker {
      return [
        libraries.appending(linker).string, "--library-path", libraries.string, "--argv0", interpreter.string,
        program.string,
      ]
    }
    return emulator.systemRoot.map { ["-L", $0.string, program.string] }
  }

  private static func realProgram(beside script: FilePath) throws -> FilePath? {
    let directory = script.removingLastComponent()
    return try listDirectory(directory).first { $0.hasPrefix(".python") }.map { directory.appending($0) }
  }
}
