import Model
import Testing

@testable import Runtimes

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
  func unwanted(path: String, expected: Bool) throws {
    #expect(try Stripping(scheme: scheme, keep: []).isUnwanted(path) == expected)
  }
}
