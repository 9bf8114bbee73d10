import Artifacts
import Model
import SystemPackage
import TestSupport

/// A Debian archive made for a test: real packages and indexes, with a Python that is a shell script.
struct FakeDebian {
  struct Package {
    var name: String
    var version = "3.13.5-2"
    var depends = ""
    var isUpdate = false
    var files: [(path: String, content: String, mode: UInt16)] = []
    var links: [(path: String, target: String)] = []

    var fileName: String { "\(name)_\(version)_amd64.deb" }

    var bytes: [UInt8] {
      var tar = TarMaker()
      for link in links { tar.addSymlink("./\(link.path)", target: link.target) }
      for file in files { tar.addFile("./\(file.path)", file.content, mode: file.mode) }
      return tar.debianPackage
    }
  }

  static let library = "usr/lib/python3.13"
  static let libraries = "usr/lib/x86_64-linux-gnu"

  var suite = "trixie"
  var codename: String?
  var packages = Self.standardPackages
  /// Changes files after their digests were listed.
  var tamper: (String, inout [UInt8]) -> Void = { _, _ in }

  subscript(name: String) -> Package {
    get { packages.first { $0.name == name } ?? Package(name: name) }
    set {
      packages.removeAll { $0.name == name }
      packages.append(newValue)
    }
  }

  /// Writes the archive and its security updates below a directory; the result is the mirror's URL.
  func write(below root: FilePath) throws -> String {
    try write(to: root.appending("debian"), suite: suite, packages.filter { !$0.isUpdate })
    try write(to: root.appending("debian-security"), suite: "\(suite)-security", packages.filter(\.isUpdate))
    return "file://\(root)/debian"
  }

  private func write(to root: FilePath, suite: String, _ packages: [Package]) throws {
    var index = ""
    for package in packages {
      let path = "pool/main/\(package.fileName)"
      let bytes = package.bytes
      index += """
        Package: \(package.name)
        Version: \(package.version)
        Architecture: amd64
        Depends: \(package.depends)
        Description: made for a test
         with a second line
        Filename: \(path)
        Size: \(bytes.count)
        SHA256: \(Digest.sha256(of: bytes).hex)


        """
      try put(path, bytes, root)
    }
    let list = "main/binary-amd64/Packages.xz"
    // Read as whatever its first bytes say that it is.
    let packed = storedGzip(Array(index.utf8))
    let release = """
      Origin: Debian
      Suite: test
      Codename: \((codename ?? self.suite) + (suite.hasSuffix("-security") ? "-security" : ""))
      MD5Sum:
       d41d8cd98f00b204e9800998ecf8427e 0 main/other
      SHA256:
       \(Digest.sha256(of: packed).hex) \(packed.count) \(list)

      """
    try put("dists/\(suite)/\(list)", packed, root)
    try put("dists/\(suite)/InRelease", Array("SIGNED\n\(release)".utf8), root)
  }

  private func put(_ path: String, _ bytes: [UInt8], _ root: FilePath) throws {
    var bytes = bytes
    tamper(path, &bytes)
    let place = root.appending(path)
    try makeDirectory(place.removingLastComponent())
    try writeAtomically(bytes, to: place)
  }

  /// Stands for gpgv: the signature is the first line.
  static func verify(_ signed: [UInt8], url: String) throws -> [UInt8] {
    guard signed.starts(with: "SIGNED\n".utf8) else {
      throw RuntimesErrorForTests.unsigned(url)
    }
    return Array(signed.dropFirst("SIGNED\n".utf8.count))
  }
}

enum RuntimesErrorForTests: Error, Equatable {
  case unsigned(String)
}

/// The bytes as a gzip file whose blocks are stored: RFC 1952 and RFC 1951, 3.2.4.
func storedGzip(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  var rest = bytes[...]
  repeat {
    let block = rest.prefix(0xFFFF)
    rest = rest.dropFirst(block.count)
    let size = UInt16(block.count)
    result.append(rest.isEmpty ? 1 : 0)
    result += withUnsafeBytes(of: size.littleEndian, Array.init)
    result += withUnsafeBytes(of: (~size).littleEndian, Array.init)
    result += block
  } while !rest.isEmpty
  result += withUnsafeBytes(of: checksum(bytes).littleEndian, Array.init)
  return result + withUnsafeBytes(of: UInt32(bytes.count).littleEndian, Array.init)
}

/// CRC-32 as gzip has it.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  var value: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    value ^= UInt32(byte)
    for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
  return ~value
}

extension FakeDebian {
  static let standardPackages: [Package] = [
    Package(
      name: "python3.13-minimal", depends: "libpython3.13-minimal (= 3.13.5-2), libc6 (>= 2.38)",
      files: [
        ("usr/bin/python3.13", program, 0o755),
        ("usr/share/doc/python3.13-minimal/copyright", "PSF\n", 0o644),
      ]),
    Package(
      name: "libpython3.13-minimal", depends: "libssl3t64 (>= 3.0)",
      files: [
        ("\(library)/site.py", site, 0o644), ("\(library)/sysconfig/__init__.py", sysconfig, 0o644),
        ("\(library)/os.py", "", 0o644),
        (
          "\(library)/_sysconfigdata__linux_x86_64-linux-gnu.py",
          """
          build_time_vars = {'CC': 'x86_64-linux-gnu-gcc -ffile-prefix-map=/build/reproducible-path/p=.',
           'RUNSHARED': 'LD_LIBRARY_PATH=\(builder)', 'abs_srcdir': '\(builder)/..'}

          """,
          0o644
        ),
      ],
      links: [("\(library)/sitecustomize.py", "/etc/python3.13/sitecustomize.py")]),
    Package(
      name: "libpython3.13-stdlib",
      depends:
        "libpython3.13-minimal (= 3.13.5-2), media-types | mime-support, libreadline8t64, libnsl2, libdb5.3t64",
      files: [
        ("\(library)/pdb.py", "#!/usr/bin/python3.13\nprint()\n", 0o755),
        ("\(library)/test/test_os.py", "", 0o644),
        ("\(library)/__pycache__/os.pyc", "x", 0o644),
        ("\(library)/lib-dynload/nis.cpython-313.so", "x", 0o644),
        ("\(library)/lib-dynload/readline.cpython-313.so", "x", 0o644),
        ("\(library)/lib-dynload/_dbm.cpython-313.so", "x", 0o644),
        ("\(library)/EXTERNALLY-MANAGED", "x", 0o644),
      ]),
    Package(
      name: "python3.13", depends: "python3.13-minimal (= 3.13.5-2), libpython3.13-stdlib (= 3.13.5-2)"),
    Package(
      name: "libpython3.13-dev", depends: "libpython3.13-stdlib (= 3.13.5-2), libexpat1-dev, zlib1g-dev",
      files: [
        ("usr/include/python3.13/patchlevel.h", "#define PY_VERSION   \"3.13.5\"\n", 0o644),
        ("usr/include/python3.13/pyconfig.h", "multiarch", 0o644),
        ("usr/include/x86_64-linux-gnu/python3.13/pyconfig.h", "real", 0o644),
        ("\(library)/config-3.13-x86_64-linux-gnu/libpython3.13.a", "x", 0o644),
        (
          "\(library)/config-3.13-x86_64-linux-gnu/Makefile",
          "VERSION=3.13\nprefix=\t/usr\nabs_builddir=\t\(builder)\nabs_srcdir=\t\(builder)/..\n", 0o644
        ),
        ("\(libraries)/pkgconfig/python-3.13.pc", "prefix=/usr\nlibdir=/usr/lib/x86_64-linux-gnu\n", 0o644),
      ]),
    Package(
      name: "python3.13-venv", depends: "python3.13 (= 3.13.5-2), python3-pip-whl (>= 22)",
      files: [
        (
          "\(library)/ensurepip/__init__.py", "def f():\n    _ensurepip_is_disabled_in_debian_for_system()\n",
          0o644
        )
      ]),
    Package(
      name: "python3-pip-whl", version: "25.1.1+dfsg-1", depends: "ca-certificates",
      files: [("usr/share/python-wheels/pip-25.1.1-py3-none-any.whl", "wheel", 0o644)]),
    Package(name: "libssl3t64", version: "3.5.1-1", depends: "libc6 (>= 2.34), openssl-provider-legacy"),
    Package(name: "libreadline8t64", version: "8.2-6", depends: "libc6 (>= 2.34)"),
    Package(name: "libdb5.3t64", version: "5.3.28-9"),
    Package(
      name: "libc6", version: "2.41-12", depends: "libgcc-s1",
      files: [
        ("\(libraries)/ld-linux-x86-64.so.2", loader, 0o755), ("\(libraries)/libc.so.6", "c", 0o755),
        ("\(libraries)/libm.so.6", "m", 0o644),
      ]),
    Package(name: "libgcc-s1", version: "14.2.0-19", files: [("\(libraries)/libgcc_s.so.1", "g", 0o644)]),
    Package(
      name: "libstdc++6", version: "14.2.0-19", files: [("\(libraries)/libstdc++.so.6.0.33", "s", 0o644)],
      links: [("\(libraries)/libstdc++.so.6", "libstdc++.so.6.0.33")]),
  ]

  /// Says its version, the name that it was started by, and where it is; it holds what Debian's program does.
  private static let program = """
    #!/bin/sh
    # dist-packages dist-packages dist-packages dist-packages \u{9}local/lib
    echo 3.13.5
    echo "$STARTED_AS"
    echo "$0"

    """

  /// Stands for the dynamic loader.
  private static let loader = """
    #!/bin/sh
    while [ "$1" != --argv0 ]; do shift; done
    export STARTED_AS="$2"
    shift 2
    exec "$@"

    """

  private static let site = """
                if is_virtual_environment:
                    sitepackages.append(os.path.join(prefix, "local/lib", "dist-packages"))
                # this one is deprecated for Debian
                for libdir in libdirs:
                    path = os.path.join(prefix, libdir,
                                        "dist-packages")

    """

  private static let builder = "/build/reproducible-path/python3.13-3.13.5/build-shared"

  private static let sysconfig = """
    _INSTALL_SCHEMES = {
        'deb_system': {
            'purelib': '{base}/lib/python3/dist-packages',
            },
        'posix_local': {
            'purelib': '{base}/local/lib/dist-packages',
            },
        'posix_home': {
            },
        }
    for scheme in ('posix_prefix', 'posix_home', 'posix_local', 'deb_system'):
        if deb_build in ('deb', 'deb_system'):
            prefix_scheme = 'deb_system'
        else:
            prefix_scheme = 'posix_local'

    """
}
