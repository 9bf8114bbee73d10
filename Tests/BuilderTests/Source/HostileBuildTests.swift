import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Builds that misbehave", .enabled(if: SourceScene.python != nil)) struct HostileBuildTests {
  private func problem(_ prologue: String, timeout: Int = 600) async throws -> Diagnostic {
    var problem: Diagnostic?
    try await SourceScene.with(config: "{\"build\": {\"timeout\": \(timeout)}}") { scene in
      try scene.lock(scene.sdist(prologue: prologue))
      problem = try await scene.problem()
    }
    return try #require(problem)
  }

  @Test("one that prints without end is stopped at its limit")
  func talkative() async throws {
    let problem = try await problem("[print('x' * 1000000) for _ in range(100000)]")
    #expect(problem.message.contains("wrote more output than a build may (32 MB)"))
  }

  @Test("one that asks a question gets no answer, and the message says so")
  func asking() async throws {
    let problem = try await problem("input('really? ')")
    #expect(problem.message.contains("EOFError"))
    #expect(problem.hint?.contains("it asks a question") ?? false)
  }

  @Test("one that leaves processes behind is over when it ends, and they are too")
  func forking() async throws {
    try await SourceScene.with { scene in
      let child = "subprocess.Popen(['sleep', '3987'])"
      try scene.lock(scene.sdist(prologue: "import subprocess; \(child)"))
      #expect(try await scene.build().endings == [scene.cell: "built"])
      #expect(try await !isRunning("3987"))
    }
  }

  @Test("one that hangs in a session of its own is ended with all that it started")
  func hanging() async throws {
    let child = "subprocess.run(['sleep', '3986'])"
    let problem = try await problem("import subprocess; \(child)", timeout: 2)
    #expect(problem.message.contains("did not end in time"))
    #expect(try await !isRunning("3986"))
  }

  @Test("one that writes outside of its tree is refused, where the machine permits namespaces")
  func writingOutside() async throws {
    let confinement = try await Confinement.strongest(searchPath: "/usr/bin:/bin")
    guard confinement.strength == .full else { return }
    let problem = try await problem("open('/usr/ppp-was-here', 'w')")
    #expect(problem.message.contains("Read-only file system: '/usr/ppp-was-here'"))
    #expect(problem.hint?.contains("it writes outside of its tree") ?? false)
    #expect(FileStatus(of: "/usr/ppp-was-here") == nil)
  }

  @Test("one that wants something from the network is told that there is none")
  func downloading() async throws {
    let confinement = try await Confinement.strongest(searchPath: "/usr/bin:/bin")
    guard confinement.strength != .none else { return }
    let connect = "import socket; socket.create_connection(('192.0.2.1', 80))"
    let problem = try await problem(connect)
    #expect(problem.message.contains("Network is unreachable"))
    #expect(problem.hint?.contains("it wants something from the network") ?? false)
  }

  @Test("it sees no variable of the user's, and a HOME of its own")
  func variables() async throws {
    try await SourceScene.with { scene in
      let check = "assert 'PPP_SECRET' not in os.environ and os.listdir(os.environ['HOME']) == [], os.environ"
      try scene.lock(scene.sdist(prologue: check))
      #expect(try await scene.build().endings == [scene.cell: "built"])
    }
  }

  @Test("a source without a build backend is told from a broken build")
  func noBackend() async throws {
    try await SourceScene.with { scene in
      var tar = TarMaker()
      tar.addFile("tiny-1.0/README", "nothing to build")
      try scene.lock(tar.bytes)
      #expect(
        try await scene.problem().message
          == "the source of 'tiny' has neither 'pyproject.toml' nor 'setup.py'")
    }
  }

  private func isRunning(_ argument: String) async throws -> Bool {
    for name in try listDirectory("/proc") where Int(name) != nil {
      // A process that has ended meanwhile is not running.
      if let bytes = try? readProcess(name), bytes.contains(argument) { return true }
    }
    return false
  }

  private func readProcess(_ name: String) throws -> String {
    let file = try FileDescriptor.open(FilePath("/proc/\(name)/cmdline"), .readOnly)
    return try file.closeAfter {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
      return String(decoding: buffer[..<count], as: UTF8.self)
    }
  }
}
