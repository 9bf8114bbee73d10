import Artifacts
import Model
import SystemPackage
import TestSupport

/// A release of python-build-standalone made for a test: archives of its shape, and their list of digests.
struct FakeStandalone {
  static let release = "20250612"
  static let linux = "cpython-3.13.5+20250612-x86_64-unknown-linux-gnu-install_only_stripped.tar.gz"
  static let windows = "cpython-3.13.5+20250612-x86_64-pc-windows-msvc-install_only_stripped.tar.gz"

  var files: [String: [UInt8]] = [Self.linux: Self.linuxArchive(), Self.windows: Self.windowsArchive()]
  /// Changes the list before it is written.
  var editList: (inout String) -> Void = { _ in }

  /// Writes the release below a directory; the result is the mirror's URL.
  func write(below root: FilePath) throws -> String {
    let directory = root.appending("releases").appending(Self.release)
    try makeDirectory(directory)
    var list = ""
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      list += "\(Digest.sha256(of: bytes).hex)  \(name)\n"
      try writeAtomically(bytes, to: directory.appending(name))
    }
    editList(&list)
    try writeAtomically(Array(list.utf8), to: directory.appending("SHA256SUMS"))
    return "file://\(root)/releases"
  }

  static func linuxArchive(root: String = "python/", version: String = "3.13.5") -> [UInt8] {
    var tar = TarMaker()
    let library = "\(root)lib/python3.13"
    tar.addFile("\(root)bin/python3.13", "#!/bin/sh\necho \(version)\n", mode: 0o755)
    tar.addSymlink("\(root)bin/python3", target: "python3.13")
    tar.addFile("\(root)bin/pip3", "#!/bin/sh\n", mode: 0o755)
    tar.addFile("\(root)bin/pydoc3.13", "#!/install/bin/python3.13\nimport pydoc\n", mode: 0o755)
    tar.addFile("\(root)include/python3.13/patchlevel.h", "#define PY_VERSION \"\(version)\"\n")
    tar.addFile("\(library)/os.py", "")
    tar.addFile("\(library)/test/test_os.py", "")
    tar.addFile("\(library)/site-packages/pip/__init__.py", "")
    tar.addFile("\(library)/_sysconfigdata__linux_x86_64-linux-gnu.py", sysconfig)
    tar.addFile("\(root)lib/pkgconfig/python-3.13.pc", "prefix=/install\nlibdir=${exec_prefix}/lib\n")
    tar.addFile("\(root)lib/libpython3.13.a", "x")
    return tar.bytes
  }

  static func windowsArchive() -> [UInt8] {
    var tar = TarMaker()
    tar.addFile("python/python.exe", "MZ", mode: 0o755)
    tar.addFile("python/python.pdb", "x")
    tar.addFile("python/DLLs/_ssl.pyd", "MZ")
    tar.addFile("python/Lib/os.py", "")
    tar.addFile("python/Lib/test/test_os.py", "")
    tar.addFile("python/Lib/site-packages/pip/__init__.py", "")
    tar.addFile("python/include/patchlevel.h", "#define PY_VERSION \"3.13.5\"\n")
    return tar.bytes
  }

  static let sysconfig = """
    build_time_vars = {
        'AR': '/tools/llvm/bin/llvm-ar',
        'CC': 'clang -pthread',
        'CXX': 'clang++ -pthread',
        'INCLUDEPY': '/install/include/python3.13',
        'LDFLAGS': '-L/install/lib -Wl,--exclude-libs,ALL',
        'LDSHARED': 'clang -pthread -shared -L/install/lib',
        'OTHER': '/installed/elsewhere /opt/install/x',
        'NUMBER': 1,
    }

    """
}
