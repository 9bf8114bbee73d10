import Testing

@testable import Wheels

struct ImportNamesTests {
  @Test("packages, modules and extension modules are found, what is no import is not")
  func found() {
    let paths = [
      "numpy/__init__.py", "numpy/core/x.py", "numpy.libs/libopenblas.so", "numpy-2.2.dist-info/RECORD",
      "six.py",
      "_cffi_backend.cpython-313-x86_64-linux-gnu.so", "_abi.abi3.so", "win.cp313-win_amd64.pyd", "plain.pyd",
      "not-a-name.py", "a.pth", "__pycache__/six.cpython-313.pyc", "../../../bin/tool", "legacy.pyc",
      "class/__init__.py",
      "libother.so", "data.txt",
    ]
    #expect(
      importNames(paths: paths, topLevel: nil)
        == ["_abi", "_cffi_backend", "legacy", "numpy", "plain", "six", "win"])
  }

  @Test("of a namespace the packages inside are named")
  func namespaces() {
    let paths = [
      "google/protobuf/__init__.py", "google/protobuf/any.py", "google/_upb/_message.abi3.so", "zope/x.py",
    ]
    #expect(
      importNames(paths: paths, topLevel: nil) == ["google._upb._message", "google.protobuf", "zope.x"])
  }

  @Test("top_level.txt chooses among what is there")
  func topLevel() {
    let paths = ["a/__init__.py", "tests/__init__.py", "b.py"]
    #expect(importNames(paths: paths, topLevel: "a\nb\nmissing\n") == ["a", "b"])
    #expect(importNames(paths: paths, topLevel: "missing\n") == ["a", "b", "tests"])
  }
}
