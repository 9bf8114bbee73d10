import Model

/// Undoes what Debian changes in CPython for the sake of one system-wide Python.
///
/// Debian's interpreter looks for packages in `dist-packages`, installs them below `local`, and refuses
/// `ensurepip`. Every change is looked for, and one that is not found is an error: what would be shipped then is
/// not understood.
struct DebianPatches: Sendable {
  let tree: RuntimeTree
  let scheme: RuntimeScheme

  private var library: String { scheme.standardLibrary }
  private var minor: Int { scheme.python.minor }

  /// Before the libraries are there.
  func apply() throws {
    try patchSite()
    try patchSysconfig()
    try patchEnsurePip()
    if minor <= 11 { try patchDistutils() }
    if minor >= 11 { try patchFrozenSite() }
  }

  private func patchSite() throws {
    try edit("site.py") { text in
      let start =
        text.contains(text: "            if is_virtual_environment:\n")
        ? "            if is_virtual_environment:\n" : "            if 'VIRTUAL_ENV' in os.environ"
      try require(
        text.removeSpan(from: start, upTo: "            # this one is deprecated for Debian\n"), "site.py",
        "the block for dist-packages")
      try require(
        text.replace("\"dist-packages\")", with: "\"site-packages\")") == 1, "site.py", "\"dist-packages\"")
    }
  }

  /// From 3.11 `site` is frozen into the program, so its constants are changed there, to others as long.
  ///
  /// `./././lib` is `lib`; `site` cleans it up before anybody sees it.
  private func patchFrozenSite() throws {
    for file in [scheme.executable, "lib/libpython\(scheme.python.minorVersion).so.1.0"]
    where tree.exists(file) {
      try tree.edit(file) { bytes in
        try require(
          bytes.replace("dist-packages", with: "site-packages") == 4, file, "4 times 'dist-packages'")
        let marshalled = bytes.replace("\u{9}local/lib", with: "\u{9}./././lib")
        let frozen = bytes.replace("\0local/lib\0", with: "\0./././lib\0")
        try require(marshalled + frozen == 1, file, "the one constant 'local/lib'")
      }
    }
  }

  /// Makes OpenSSL look for certificates in `/etc/ssl`, which most systems have, and not in Debian's `/usr/lib/ssl`.
  ///
  /// The new text is as long as the old one: other strings may share its end.
  func patchCertificates() throws {
    for file in try tree.files(below: "lib") where file.hasPrefix("lib/libcrypto.so.") {
      try tree.edit(file) { bytes in
        try require(bytes.replace("/usr/lib/ssl", with: "/etc/././ssl") >= 4, file, "OpenSSL's directory")
      }
    }
  }

  private func patchSysconfig() throws {
    let file = tree.exists("\(library)/sysconfig/__init__.py") ? "sysconfig/__init__.py" : "sysconfig.py"
    try edit(file) { text in
      guard minor >= 10 else { return }
      for scheme in ["posix_local", "deb_system"] {
        try require(
          text.replace("prefix_scheme = '\(scheme)'", with: "prefix_scheme = 'posix_prefix'") >= 1, file,
          "the choice of '\(scheme)'")
      }
      try require(
        text.removeSpan(from: "    'deb_system': {\n", upTo: "    'posix_home': {\n"), file,
        "Debian's schemes")
      text.replace(", 'posix_local', 'deb_system')", with: ")")
    }
  }

  private func patchEnsurePip() throws {
    try tree.write("\(library)/ensurepip/_bundled/__init__.py", [])
    try edit("ensurepip/__init__.py") { text in
      try require(
        text.replace("\n    _ensurepip_is_disabled_in_debian_for_system()\n", with: "\n") >= 1,
        "ensurepip/__init__.py", "the refusal")
      guard minor < 10 else { return }
      let directory = "os.path.join(os.path.dirname(os.path.abspath(__file__)), '_bundled')"
      text.replace("'/usr/share/python-wheels/", with: "\(directory) + '/")
      text.replace("'/usr/share/python-wheels'", with: directory)
      text.replace("\"pkg_resources\",\n", with: "")
    }
  }

  private func patchDistutils() throws {
    try edit("distutils/command/install.py") { text in
      try require(
        text.replace("select_scheme(\"unix_local\")", with: "select_scheme(\"unix_prefix\")") == 1,
        "distutils/command/install.py", "the scheme 'unix_local'")
    }
    try edit("distutils/sysconfig.py") { text in
      if let start = text.offset(of: "elif is_default_prefix and not is_virtual_environment():".utf8) {
        text.replaceSubrange(
          start..<start + "elif is_default_prefix and not is_virtual_environment():".utf8.count,
          with: "elif False:".utf8)
      } else if !text.removeSpan(from: "elif (is_default_prefix and", upTo: "\n") {
        try require(minor < 10, "distutils/sysconfig.py", "the default prefix")
      }
    }
  }

  private func edit(_ file: String, _ change: (inout [UInt8]) throws -> Void) throws {
    try tree.edit("\(library)/\(file)", change)
  }

  private func require(_ found: Bool, _ file: String, _ what: String) throws(RuntimesError) {
    guard found else { throw .unexpectedSource(file, expected: what) }
  }
}
