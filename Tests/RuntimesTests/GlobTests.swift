import Model
import Testing

@testable import Runtimes

@Suite struct GlobTests {
  @Test(
    "a pattern matches a path, or what is in a directory that it matches",
    arguments: [
      ("lib/python3.13/test", "lib/python3.13/test/test_os.py", true),
      ("lib/python3.*/test/**", "lib/python3.13/test/a/b.py", true),
      ("lib/*/lib-dynload/readline.*", "lib/python3.11/lib-dynload/readline.cpython-311.so", true),
      ("**/*.a", "lib/libpython3.13.a", true), ("**/*.a", "libpython3.13.a", true),
      ("lib/*.a", "lib/x/libpython3.13.a", false), ("lib/python3.1?/test", "lib/python3.13/test", true),
      ("test", "lib/test", false), ("lib/python3.13/tes", "lib/python3.13/test", false),
      ("**", "anything/at/all", true),
    ])
  func match(pattern: String, path: String, expected: Bool) {
    #expect(Glob(pattern).matches(path) == expected)
  }
}

@Suite struct StrippingTests {
  private let scheme = RuntimeScheme(python: PythonVersion(3, 13, 5), platform: .linuxX64)

  @Test(
    "what nobody ships goes, and nothing else",
    arguments: [
      ("lib/python3.13/test/test_os.py", true), ("lib/python3.13/unittest/test/x.py", true),
      ("lib/python3.13/idlelib/idle_test/x.py", true), ("lib/python3.13/test.py", false),
      ("lib/python3.13/unittest/case.py", false), ("lib/python3.13/__pycache__/os.pyc", true),
      ("lib/libpython3.13.a", true), ("lib/libpython3.13.so", false), ("bin/pip3.13", true),
      ("bin/pydoc3.13", false),
      ("lib/python3.13/config-3.13-x/python.o", true), ("lib/python3.13/config-3.13-x/Makefile", false),
      ("lib/python3.13/site-packages/pip/__init__.py", true), ("lib/python3.13/lib-dynload/_dbm.x.so", true),
      ("lib/python3.13/lib-dynload/readline.x.so", true), ("lib/python3.13/lib-dynload/_dbmx.so", false),
      ("lib/python3.13/ensurepip/_bundled/pip.whl", false), ("include/test/x.h", false),
    ])
  func unwanted(path: String, expected: Bool) {
    #expect(Stripping(scheme: scheme, keep: []).isUnwanted(path) == expected)
  }
}

@Suite struct ByteSearchTests {
  @Test("a pattern is found where it is, also at the ends and after false starts")
  func offsets() {
    let bytes = Array("aab aaab ab".utf8)
    #expect(bytes.offsets(of: "ab".utf8) == [1, 6, 9])
    #expect(bytes.offset(of: "aab".utf8, from: 1) == 5)
    #expect(bytes.offset(of: "abc".utf8) == nil)
    #expect([UInt8]().offset(of: "a".utf8) == nil)
  }

  @Test("words are taken out with the space behind them")
  func words() {
    var bytes = Array("-O2 -ffile-prefix-map=/a=. -g '-ffile-prefix-map=/b=.'".utf8)
    bytes.removeWords(beginningWith: "-ffile-prefix-map=")
    #expect(String(decoding: bytes, as: UTF8.self) == "-O2 -g ''")
  }
}
