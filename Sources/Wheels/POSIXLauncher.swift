/// The scripts in `bin` that start a package's commands, on Linux and macOS alike.
///
/// Each is a shell script and a Python script in one: the shell part is a string to Python. It finds the Python
/// that lies beside it, wherever the environment was unpacked, whatever is in its path, and through symbolic
/// links. Where none lies there (packages for an interpreter that the user brings) it takes `$PPP_PYTHON`, or
/// else `python3.X` from PATH, and puts the environment's own site-packages on `sys.path`.
struct POSIXLauncher {
  /// As interpreters are called, `3.13`.
  let pythonMinorVersion: String

  /// The script of a console or a graphical command; POSIX makes no difference.
  func script(for point: EntryPoint) -> [UInt8] {
    let source = """
      import sys
      if __name__ == "__main__":
          import os
          prefix = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
      \(sitePackagesSource(indent: "    "))
          from \(point.module) import \(point.importedName)
          sys.exit(\(point.function)())

      """
    return Array((header(fallback: #"exec "$python" "$0" "$@""#) + source).utf8)
  }

  /// A package's own Python script, which came with a `#!python` line; `body` is what follows that line.
  ///
  /// It may begin with `from __future__`, before which there can be no code of ours: without an interpreter beside
  /// it, a small program sets `sys.path` and runs it.
  func script(wrapping body: some Sequence<UInt8>) -> [UInt8] {
    let fallback = """
      exec "$python" -c '
      import os, runpy, sys
      del sys.argv[0]
      scripts = os.path.dirname(os.path.realpath(sys.argv[0]))
      prefix = os.path.dirname(scripts)
      if sys.path[0] == "": sys.path[0] = scripts
      \(sitePackagesSource(indent: ""))
      runpy.run_path(sys.argv[0], run_name="__main__")
      ' "$0" "$@"
      """
    return Array(header(fallback: fallback).utf8) + body
  }

  private func header(fallback: String) -> String {
    """
    #!/bin/sh
    ''':'
    # Starts the Python that lies beside this file; where none does, $PPP_PYTHON or python\(pythonMinorVersion).
    self=$0
    case $self in */*) ;; *) self=./$self ;; esac
    while [ -L "$self" ]; do
      link=$(readlink "$self")
      case $link in /*) self=$link ;; *) self=${self%/*}/$link ;; esac
    done
    bin=$(CDPATH= cd -P -- "${self%/*}" && pwd -P)
    for python in "$bin/python\(pythonMinorVersion)" "$bin/python3"; do
      if [ -f "$python" ] && [ -x "$python" ]; then exec "$python" "$0" "$@"; fi
    done
    python=${PPP_PYTHON:-python\(pythonMinorVersion)}
    if ! command -v "$python" >/dev/null 2>&1; then
      echo "${0##*/}: there is no Python beside it and no '$python' to run; set PPP_PYTHON to one" >&2
      exit 127
    fi
    \(fallback)
    ' '''

    """
  }

  /// Python source that puts the environment's site-packages on `sys.path`, before other ones, if it isn't there.
  ///
  /// It uses the names `os`, `sys` and `prefix`, and has no single quotes: it also stands in shell strings.
  private func sitePackagesSource(indent: String) -> String {
    """
    packages = os.path.join(prefix, "lib", "python\(pythonMinorVersion)", "site-packages")
    if packages not in map(os.path.realpath, sys.path):
        if sys.version_info[:2] != (\(pythonMinorVersion.replacing(".", with: ", "))):
            sys.exit("this needs Python \(pythonMinorVersion), which " + sys.executable + " is not; set PPP_PYTHON to one")
        import site
        known = list(sys.path)
        site.addsitedir(packages)
        added = [path for path in sys.path if path not in known]
        sites = [i for i, path in enumerate(known) if path.endswith(("site-packages", "dist-packages"))]
        place = min(sites, default=len(known))
        sys.path[:] = known[:place] + added + known[place:]
    """.split(separator: "\n").map { indent + $0 }.joined(separator: "\n")
  }
}

/// The Python source that runs an entry point, where Python's own site-packages is the environment's.
func pythonSource(for point: EntryPoint) -> String {
  """
  import sys
  if __name__ == "__main__":
      if sys.argv[0].lower().endswith(".exe"):
          sys.argv[0] = sys.argv[0][:-4]
      from \(point.module) import \(point.importedName)
      sys.exit(\(point.function)())

  """
}
