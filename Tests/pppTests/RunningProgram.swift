import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The `ppp` that was built beside these tests, running.
final class RunningProgram: Sendable {
  private let process: pid_t
  private let output: FilePath
  private let errors: FilePath

  /// Where the program is: beside the test program.
  static let path: FilePath = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let own = FilePath(
      String(decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    return own.removingLastComponent().appending("ppp")
  }()

  init(
    _ arguments: [String], in directory: FilePath, environment: [String: String], scratch: FilePath
  ) throws {
    let number = Collected.next()
    output = scratch.appending("output-\(number)")
    errors = scratch.appending("errors-\(number)")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output.string, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors.string, O_WRONLY | O_CREAT, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that what it started can be ended with it.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    // The shell changes the directory and becomes the program.
    let line = ["sh", "-c", "cd \"$0\" && exec \"$@\"", directory.string, Self.path.string] + arguments
    let words = line.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, words, variables)
    guard code == 0 else { throw Errno(rawValue: code) }
    self.process = process
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// What it has said so far on standard error.
  var said: String { (try? readFile(errors)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  /// Waits until something is so, or the program has ended; a minute at most.
  func wait(every pause: Duration = .milliseconds(10), until condition: () -> Bool) async {
    let end = ContinuousClock.now + .seconds(60)
    while !condition(), ContinuousClock.now < end {
      var info = siginfo_t()
      waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
      if info.si_signo == SIGCHLD { return }
      // A test that is cancelled looks once more, and goes on.
      try? await Task.sleep(for: pause)
    }
  }

  /// Waits for the end; a status that a signal caused is 128 and its number.
  func ending() async throws -> Scene.Ending {
    let process = process
    let status = try await blocking { _ in
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      return status
    }
    func text(_ path: FilePath) throws -> String { String(decoding: try readFile(path), as: UTF8.self) }
    let signal = status & 0x7f
    return Scene.Ending(
      status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: try text(output),
      errors: try text(errors))
  }
}
