import Model

/// Makes an interpreter bring its own C library, for systems that have an older one.
///
/// The C library and the compilers' run-time go to `lib/glibc`, the program becomes `bin/.python3.13.real`, and
/// `bin/python3.13` a shell script that starts it through its own loader. The script sets no environment
/// variable, so programs that Python starts use the system's libraries, as ever.
struct BundledLibc: Sendable {
  let tree: RuntimeTree
  let pool: RuntimeTree
  let architecture: DebianArchitecture
  let scheme: RuntimeScheme

  static let directory = "lib/glibc"

  /// Those that every C library has; the others come when they are there.
  private static let required = ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6"]
  private static let optional = [
    "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libresolv.so.2", "libanl.so.1",
    "libmvec.so.1",
    "libnss_files.so.2", "libnss_dns.so.2",
  ]

  /// The oldest glibc whose loader can be told the name that a program was started by.
  static let oldest = DebianVersion("2.33")

  func apply() throws {
    for name in [architecture.loader] + Self.required {
      guard pool.exists(name) else { throw RuntimesError.libraryMissing(name, neededBy: "the C library") }
    }
    for name in [architecture.loader] + Self.required + Self.optional where pool.exists(name) {
      try tree.write("\(Self.directory)/\(name)", pool.read(name), executable: true)
    }
    try tree.move(scheme.executable, to: Self.realExecutable(scheme))
    try tree.write(scheme.executable, Array(script.utf8), executable: true)
  }

  /// Where the program is: `bin/.python3.13.real`.
  static func realExecutable(_ scheme: RuntimeScheme) -> String {
    scheme.executable.replacing("bin/", with: "bin/.") + ".real"
  }

  /// What starts the real program in place of the script, for where the script cannot: under an emulator.
  static func arguments(
    loader: String, prefix: String, scheme: RuntimeScheme, _ arguments: [String]
  ) -> [String] {
    [
      "\(prefix)/\(directory)/\(loader)", "--library-path", "\(prefix)/\(directory)", "--argv0",
      "\(prefix)/\(scheme.executable)", "\(prefix)/\(realExecutable(scheme))",
    ] + arguments
  }

  /// Finds the prefix from the name it was started by; only behind a link from elsewhere (a virtual environment)
  /// does it ask `readlink`, and in a copy (`venv --copies`) the environment's configuration.
  private var script: String {
    let real = Self.realExecutable(scheme).replacing("bin/", with: "")
    return """
      #!/bin/sh
      # Starts Python with the C library that came with it, because this system's may be older.
      here=${0%/*}
      [ "$here" != "$0" ] || here=.
      if [ ! -e "$here/\(real)" ]; then
        venv=$here
        self=$(PATH="${PATH:+$PATH:}/usr/bin:/bin" readlink -f "$0") && here=${self%/*}
        if [ ! -e "$here/\(real)" ] && [ -e "$venv/../pyvenv.cfg" ]; then
          while read -r key equals value; do
            [ "$key" != home ] || here=$value
          done <"$venv/../pyvenv.cfg"
        fi
      fi
      case $here in /*) ;; *) here=$PWD/$here ;; esac
      libraries=$here/../\(Self.directory)
      exec "$libraries/\(architecture.loader)" \\
        --library-path "$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" --argv0 "$0" "$here/\(real)" "$@"

      """
  }
}
