import Artifacts
package import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// What uv takes for a Python interpreter: a shell script that answers the one question uv asks of it.
///
/// uv wants an interpreter even where it only compares versions and reads metadata. It runs
/// `PYTHON -I -B -c …` and reads one line of JSON; its form is uv's own and goes with the pinned uv (0.13).
/// Nothing can be built with a stub. The script uses nothing but the shell.
package struct StubInterpreter: Hashable, Sendable {
  package let python: PythonVersion

  package init(python: PythonVersion) { self.python = python }

  private static let script =
    "#!/bin/sh\nwhile IFS= read -r line; do printf '%s\\n' \"$line\"; done <\"$0.json\"\n"

  /// The interpreter's path in the cache, made there unless it is; the path is stable, so that uv asks once.
  package func make(in cache: FilePath) async throws -> FilePath {
    let digest = Digest.sha256(of: Self.script + json(at: cache))
    let place = cache.appending("uv-stubs").appending("\(python)-\(digest.hex.prefix(12))")
    let path = place.appending("python3")
    if access(path.string, X_OK) == 0 { return path }
    try makeDirectory(place.removingLastComponent())
    try await withTemporaryDirectory(in: cache.appending("tmp")) { directory in
      let draft = directory.appending("stub")
      try makeDirectory(draft)
      try writeAtomically(
        Array(Self.script.utf8), to: draft.appending("python3"),
        permissions: [.ownerReadWriteExecute, .groupReadExecute, .otherReadExecute])
      try writeAtomically(Array((json(at: path) + "\n").utf8), to: draft.appending("python3.json"))
      // Another task or process may have been first, with the same files.
      if rename(draft.string, place.string) != 0, access(path.string, X_OK) != 0 {
        throw FileError(verb: "make", path: place, cause: Errno(rawValue: errno))
      }
    }
    return path
  }

  /// What the script says when it lies at `path`: a CPython on x86-64 Linux whose prefix is the script's directory.
  ///
  /// The platform doesn't matter, as `--python-platform` replaces it.
  package func json(at path: FilePath) -> String {
    let text = CanonicalJSON.string
    let prefix = path.removingLastComponent().string
    let site = "lib/python\(python.minorVersion)/site-packages"
    func strings(_ members: [(String, String)]) -> String {
      CanonicalJSON.object(members.map { ($0, text($1)) })
    }
    return CanonicalJSON.object([
      ("result", text("success")),
      ("markers", strings(markers)),
      ("sys_base_prefix", text(prefix)), ("sys_base_exec_prefix", text(prefix)), ("sys_prefix", text(prefix)),
      ("sys_base_executable", text(path.string)), ("sys_executable", text(path.string)),
      ("sys_path", "[]"), ("site_packages", "[]"),
      ("stdlib", text("\(prefix)/lib/python\(python.minorVersion)")),
      ("extension_suffixes", "[]"), ("standalone", "false"),
      (
        "scheme",
        strings([
          ("platlib", "\(prefix)/\(site)"), ("purelib", "\(prefix)/\(site)"),
          ("include", "\(prefix)/include"),
          ("scripts", "\(prefix)/bin"), ("data", prefix),
        ])
      ),
      (
        "virtualenv",
        strings([
          ("platlib", site), ("purelib", site), ("include", "include/site/python\(python.minorVersion)"),
          ("scripts", "bin"), ("data", ""),
        ])
      ),
      ("os", #"{"name":"manylinux","major":2,"minor":28}"#), ("arch", text("x86_64")),
      ("cpu_info", #"{"detected":{"kind":"flags","flags":""}}"#), ("manylinux_compatible", "true"),
      ("gil_disabled", "false"), ("debug_enabled", "false"), ("pointer_size", text("64")),
    ])
  }

  private var markers: [(String, String)] {
    [
      ("implementation_name", "cpython"), ("implementation_version", python.description),
      ("os_name", "posix"),
      ("platform_machine", "x86_64"), ("platform_python_implementation", "CPython"), ("platform_release", ""),
      ("platform_system", "Linux"), ("platform_version", ""), ("python_full_version", python.description),
      ("python_version", python.minorVersion), ("sys_platform", "linux"),
    ]
  }
}
