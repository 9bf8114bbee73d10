import Model
import Processes
import SystemPackage
import Testing

@testable import Runtimes

private let python = findExecutable("python3", in: "/usr/bin:/usr/local/bin")

/// The code at the end of `_sysconfigdata`, run by a real Python.
@Suite(.enabled(if: python != nil)) struct SysconfigRelocationTests {
  /// What the file's variables are once it is loaded from a place, one a line, and the names in the module.
  private func evaluate(_ text: String, prefix: String, isShared: Bool) async throws -> (FilePath, [String]) {
    let program = try #require(python)
    var lines: [String] = []
    var place: FilePath = ""
    try await withTemporaryDirectory(in: "/tmp") { directory in
      place = directory.appending("a place")
      let library = place.appending("lib/python3.13")
      try makeDirectory(library)
      let code = text + SysconfigRelocation.code(installPrefix: prefix, isShared: isShared)
      try writeAtomically(Array(code.utf8), to: library.appending("_sysconfigdata.py"))
      let show = """
        import sys; sys.path.insert(0, sys.argv[1]); import _sysconfigdata as data
        print([name for name in vars(data) if not name.startswith('__')])
        for key, value in sorted(data.build_time_vars.items()): print(key, value)
        """
      let command = Command(program, ["-B", "-c", show, library.string])
      lines = try await run(checked: command).text.split(separator: "\n").map { String($0) }
    }
    return (place, lines)
  }

  @Test("the build prefix becomes the place where the file is, and tools have their common names")
  func standalone() async throws {
    let (place, lines) = try await evaluate(FakeStandalone.sysconfig, prefix: "/install", isShared: false)
    #expect(
      lines == [
        "['build_time_vars']", "AR ar", "CC cc -pthread", "CXX c++ -pthread",
        "INCLUDEPY \(place)/include/python3.13", "LDFLAGS -L\(place)/lib -Wl,--exclude-libs,ALL",
        "LDSHARED cc -pthread -shared -L\(place)/lib", "NUMBER 1",
        "OTHER /installed/elsewhere /opt/install/x",
      ])
  }

  @Test("of a system's prefix only the interpreter's own paths change")
  func debian() async throws {
    let text = """
      build_time_vars = {
          'BINDIR': '/usr/bin',
          'CC': 'x86_64-linux-gnu-gcc',
          'INSTALL': '/usr/bin/install -c',
          'LIBDIR': '/usr/lib/x86_64-linux-gnu',
          'MODULE_CFLAGS': '-I/usr/include/tcl8.6',
          'MULTIARCH': 'x86_64-linux-gnu',
          'TZPATH': '/usr/share/zoneinfo:/usr/lib/zoneinfo',
          'WHEEL_PKG_DIR': '/usr/share/python-wheels/',
      }

      """
    let (place, lines) = try await evaluate(text, prefix: "/usr", isShared: true)
    #expect(
      lines == [
        "['build_time_vars']", "BINDIR \(place)/bin", "CC cc", "INSTALL /usr/bin/install -c",
        "LIBDIR \(place)/lib",
        "MODULE_CFLAGS -I/usr/include/tcl8.6", "MULTIARCH x86_64-linux-gnu",
        "TZPATH /usr/share/zoneinfo:/usr/lib/zoneinfo",
        "WHEEL_PKG_DIR \(place)/lib/python3.13/ensurepip/_bundled",
      ])
  }
}
