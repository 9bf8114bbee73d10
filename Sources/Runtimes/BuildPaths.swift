import Model

/// Takes out of an interpreter the places where it was built or was to be installed.
///
/// Afterwards its build configuration (`sysconfig`, `pkg-config`, `python3.X-config`) speaks of wherever it is.
struct BuildPaths: Sendable {
  let tree: RuntimeTree
  let scheme: RuntimeScheme
  /// The prefix that it was configured for: `/usr`, `/install`.
  let installPrefix: String
  /// Whether that prefix also stands for things that are not the interpreter's, as `/usr` does.
  let isShared: Bool
  /// What must not be left: the builders' directories.
  let buildDirectories: [String]

  static let debian = (prefix: "/usr", builds: ["/build/reproducible-path", "/build/python3"])
  static let standalone = (prefix: "/install", builds: ["/install/", "/tools/", "/build/"])

  func apply() throws {
    guard scheme.platform.operatingSystem != .windows else { return }
    try relocateSysconfig()
    try relocatePkgConfig()
    try relocateMakefile()
    try relocateScripts()
    try relocateBuildDirectory()
  }

  /// Text files that still name a builder's directory.
  func leftovers() throws -> [String] {
    let suffixes = [".py", ".pc", ".h", ".sh", "Makefile", "-config", ".json"]
    return try tree.files().filter { path in
      guard suffixes.contains(where: path.hasSuffix) || path.hasPrefix("bin/") else { return false }
      let bytes = try tree.read(path)
      guard !bytes.starts(with: [0x7F, 0x45]) else { return false }
      return buildDirectories.contains { directory in
        bytes.offsets(of: directory.utf8).contains { $0 == 0 || !bytes[$0 - 1].isPathByte }
      }
    }
  }

  /// Makes the directory that Python was built in `.`, wherever the build configuration names it.
  ///
  /// Only rules that build or test Python itself go by it; the directory is nowhere but on the builder's machine.
  private func relocateBuildDirectory() throws {
    let files = try makefiles()
    let directories = try files.compactMap { try Self.buildDirectory(in: tree.read($0)) }
    for path in try files + sysconfigData() {
      try tree.edit(path) { text in
        for directory in directories { text.replace(directory, with: ".") }
      }
    }
  }

  /// What a Makefile of CPython has as `abs_builddir`; nil for one that is moved already, or would move the root.
  static func buildDirectory(in makefile: [UInt8]) -> String? {
    let key = "abs_builddir="
    let line = String(decoding: makefile, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(key) }
    let value = line?.dropFirst(key.count).trimmingPrefix { $0.isWhitespace }
    return value.flatMap { $0.hasPrefix("/") && $0.dropFirst().contains("/") ? String($0) : nil }
  }

  private func makefiles() throws -> [String] {
    try tree.files(below: scheme.standardLibrary).filter { $0.hasSuffix("/Makefile") }
  }

  private func sysconfigData() throws -> [String] {
    try tree.files(below: scheme.standardLibrary).filter {
      $0.hasPrefix("\(scheme.standardLibrary)/_sysconfigdata_") && $0.hasSuffix(".py")
    }
  }

  private func relocateSysconfig() throws {
    for name in try sysconfigData() {
      try tree.edit(name) { text in
        for option in ["-ffile-prefix-map=", "-fdebug-prefix-map=", "-fmacro-prefix-map="] {
          text.removeWords(beginningWith: option)
        }
        text.append(
          contentsOf: SysconfigRelocation.code(installPrefix: installPrefix, isShared: isShared).utf8)
      }
    }
  }

  private func relocatePkgConfig() throws {
    for path in try tree.files(below: "lib/pkgconfig") where path.hasSuffix(".pc") {
      try tree.edit(path) { text in
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("libdir=") {
          text.replace(String(line), with: "libdir=${prefix}/lib")
        }
        text.replace("prefix=\(installPrefix)\n", with: "prefix=${pcfiledir}/../..\n")
        text.removeWords(beginningWith: "-I${includedir}/x86_64-linux-gnu/")
        text.removeWords(beginningWith: "-I${includedir}/aarch64-linux-gnu/")
      }
    }
  }

  private func relocateMakefile() throws {
    for path in try makefiles() {
      try tree.edit(path) { text in
        for option in ["-ffile-prefix-map=", "-fdebug-prefix-map=", "-fmacro-prefix-map="] {
          text.removeWords(beginningWith: option)
        }
        let place = "$(abspath $(dir $(lastword $(MAKEFILE_LIST)))/../../..)"
        for blank in ["\t", " ", ""] {
          text.replace("\nprefix=\(blank)\(installPrefix)\n", with: "\nprefix=\(blank)\(place)\n")
        }
      }
    }
  }

  /// First lines that name the interpreter's old place, and the prefix in `python3.X-config`.
  private func relocateScripts() throws {
    let files =
      try tree.files(below: "bin") + tree.files(below: scheme.standardLibrary).filter { $0.hasSuffix(".py") }
    for path in files {
      try tree.edit(path) { text in
        guard text.starts(with: "#!".utf8) else { return }
        let end = text.firstIndex(of: 10) ?? text.count
        let line = String(decoding: text[..<end], as: UTF8.self)
        if line.contains("\(installPrefix)/bin/python") || line.contains("/local/bin/python") {
          text.replaceSubrange(..<end, with: "#!/usr/bin/env python3".utf8)
        }
        if path.hasSuffix("-config") {
          text.replace(
            "prefix=\"\(installPrefix)\"", with: "prefix=$(dirname \"$(dirname \"$(readlink -f \"$0\")\")\")")
          text.replace("prefix_build=\"\(installPrefix)\"", with: "prefix_build=\"$prefix\"")
        }
      }
    }
  }
}

extension UInt8 {
  /// Whether it may stand before a slash inside a longer path.
  fileprivate var isPathByte: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
      || [0x2E, 0x2D, 0x5F, 0x2F].contains(self)
  }
}
