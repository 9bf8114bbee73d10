import Model
package import SystemPackage

extension Toolchain {
  /// The toolchain together with a Rust, whose linker is the toolchain's C compiler.
  ///
  /// cargo finds all that it needs in what it is given: it asks no server, and takes neither the user's settings nor
  /// another compiler that the package names. Paths below `scratch` don't get into what is compiled. Of `own`, the C
  /// compiler of this machine, cargo makes what runs while it builds. `home` is cargo's, with the crates; the files are
  /// written to `directory`.
  ///
  /// `python` is the one that answers for another platform; `flags` are for rustc, nil to leave them to the package.
  package func compilingRust(
    with rust: Rust, own: Toolchain, python: CrossPython?, flags: [String]?, scratch: FilePath,
    home: FilePath, in directory: FilePath
  ) throws -> Toolchain {
    let programs = directory.appending("bin")
    try makeDirectory(programs)
    func script(_ name: String, _ text: String) throws -> String {
      let path = programs.appending(name)
      try writeAtomically(
        Array("#!/bin/sh\n\(text)".utf8), to: path, permissions: FilePermissions(rawValue: 0o755))
      return path.string
    }
    for (name, program) in [("cargo", rust.cargo), ("rustc", rust.rustc)] {
      _ = try script(name, "exec \(Self.quoted(program.string)) \"$@\"\n")
    }
    var crossed = self
    crossed.searchPath.insert(programs, at: 0)
    let target = platform.rustTarget ?? rust.host
    let remapping = Self.quoted("--remap-path-prefix=\(scratch)=/build")
    var variables = [
      "CARGO": rust.cargo.string, "RUSTC": rust.rustc.string,
      "RUSTC_WRAPPER": try script("rustc-wrapper", "exec \"$@\" \(remapping)\n"),
      "RUSTC_WORKSPACE_WRAPPER": "", "CARGO_HOME": home.string,
      "CARGO_NET_OFFLINE": "true", "CARGO_TERM_COLOR": "never", "CARGO_INCREMENTAL": "0",
      Self.linkerVariable(of: rust.host): try script("cc-own", own.linkerScript),
    ]
    variables[Self.linkerVariable(of: target)] = try script("cc-target", linkerScript)
    variables["CARGO_ENCODED_RUSTFLAGS"] = flags?.joined(separator: "\u{1f}")
    if let python {
      variables.merge(crossVariables(to: target, own: own)) { $1 }
      variables["PYO3_CROSS_LIB_DIR"] = try python.writePyO3Data(in: directory.appending("python")).string
      variables["PYO3_CROSS_PYTHON_VERSION"] = python.version.minorVersion
    }
    crossed.environment.merge(variables) { $1 }
    return crossed
  }

  /// What tells cargo of the target, and the crates that compile C (`cc`) how to do so for this machine.
  private func crossVariables(to target: String, own: Toolchain) -> [String: String] {
    var variables = ["CARGO_BUILD_TARGET": target]
    for (name, standard) in [("CC", "cc"), ("CXX", "c++"), ("AR", "ar"), ("CFLAGS", ""), ("CXXFLAGS", "")] {
      variables["HOST_\(name)"] = own.environment[name] ?? standard
    }
    return variables
  }

  private static func linkerVariable(of target: String) -> String {
    "CARGO_TARGET_\(target.uppercased().replacing("-", with: "_"))_LINKER"
  }

  /// Options of rustc's to its linker that zig refuses; it finds unwinding in a library of its own.
  private static let dropped = [
    "-Wl,--no-undefined-version", "-Wl,-znostart-stop-gc", "-Wl,--fix-cortex-a53-843419", "-Wl,-O1",
  ]

  private var linkerScript: String {
    let compiler = environment["CC"] ?? "cc"
    guard isZig else { return "exec \(compiler) \"$@\"\n" }
    return """
      for word; do
        shift
        case "$word" in
          \(Self.dropped.joined(separator: "|"))) ;;
          -lgcc_s) set -- "$@" -lunwind ;;
          *) set -- "$@" "$word" ;;
        esac
      done
      exec \(Self.quoted(compiler)) "$@" -Wl,-s

      """
  }

  static func quoted(_ word: String) -> String { "'\(word.replacing("'", with: "'\\''"))'" }
}

extension CrossPython {
  /// What PyO3 and maturin read of a Python that they can't start: the variables of its `sysconfig`, as a file.
  ///
  /// Its name is the one that the build's Python is told, too: they look for that.
  /// - Returns: the directory that it is in.
  fileprivate func writePyO3Data(in directory: FilePath) throws -> FilePath {
    let texts = [
      "ABIFLAGS": "", "EXT_SUFFIX": extensionSuffix, "LDVERSION": version.minorVersion,
      "MULTIARCH": multiarch,
      "SHLIB_SUFFIX": ".so", "SOABI": soabi, "VERSION": version.minorVersion,
    ]
    let numbers = ["Py_DEBUG": 0, "Py_ENABLE_SHARED": 0, "Py_GIL_DISABLED": 0, "SIZEOF_VOID_P": 8]
    let fields =
      texts.map { "'\($0.key)': '\($0.value)'" } + numbers.map { "'\($0.key)': \($0.value)" }
    try makeDirectory(directory)
    let text = "build_time_vars = {\(fields.sorted().joined(separator: ", "))}\n"
    try writeAtomically(Array(text.utf8), to: directory.appending("\(CrossFiles.moduleName).py"))
    return directory
  }
}
