/// The scripts in `bin` that start a package's commands, on Linux and macOS alike.
///
/// Each is a shell script and a Python script in one. The shell part finds the Python that lies beside it, wherever
/// the environment was unpacked, whatever is in its path, and through symbolic links. Where none lies there
/// (packages for an interpreter that the user brings) it takes `$PPP_PYTHON`, or else `python3.X` from PATH, and
/// the environment's own site-packages are put on `sys.path`.
struct POSIXLauncher {
  /// As interpreters are called, `3.13`.
  let pythonMinorVersion: String

  /// The script of a console or a graphical command; POSIX makes no difference.
  ///
  /// To Python the shell part is a string.
  func script(for point: EntryPoint) -> [UInt8] {
    let text = """
      #!/bin/sh
      ''':'
      # Starts the Python that lies beside this file; where none does, $PPP_PYTHON or python\(pythonMinorVersion).
      \(findingPython.joined(separator: "\n"))
      exec "$python" "$0" "$@"
      ' '''
      import sys
      if __name__ == "__main__":
          import os
          prefix = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
          \(addingSitePackages.joined(separator: "\n    "))
          from \(point.module) import \(point.importedName)
          sys.exit(\(point.function)())

      """
    return Array(text.utf8)
  }

  /// A package's own Python script, which came with a `#!python` line; `body` is what follows that line.
  ///
  /// It may begin with its documentation and `from __future__`, before which Python takes nothing but comments. So
  /// the shell part is one line that begins with a form feed and `#`: a comment to Python, which passes over form
  /// feeds, but to the shell, where only blanks separate words, an unknown command and then others. A comment
  /// that the body begins with stays before it, as it may name the encoding.
  func script(wrapping body: ArraySlice<UInt8>) -> [UInt8] {
    let program =
      [
        "import os, runpy, sys", "del sys.argv[0]",
        "scripts = os.path.dirname(os.path.realpath(sys.argv[0]))",
        "if sys.path[0] == \"\": sys.path[0] = scripts", "prefix = os.path.dirname(scripts)",
      ] + addingSitePackages + ["runpy.run_path(sys.argv[0], run_name=\"__main__\")"]
    let quoted = program.joined(separator: "\\n").replacing("\"", with: "\\\"")
    let line =
      (["\u{c}# 2>/dev/null"] + findingPython + ["exec \"$python\" -c 'exec(\"\(quoted)\")' \"$0\" \"$@\""])
      .joined(separator: "; ")
    let comment = body.first == UInt8(ascii: "#") ? body.prefix { $0 != UInt8(ascii: "\n") } : []
    let rest = comment.isEmpty ? body : body.dropFirst(comment.count + 1)
    return Array("#!/bin/sh\n".utf8) + comment + (comment.isEmpty ? [] : [UInt8(ascii: "\n")])
      + Array(line.utf8) + [UInt8(ascii: "\n")] + rest
  }

  /// Shell commands that replace the shell by the Python beside the script, or leave another one's name in `python`.
  ///
  /// Each stands for itself, on a line of its own or before a semicolon.
  private var findingPython: [String] {
    [
      "self=$0",
      "case $self in */*) ;; *) self=./$self ;; esac",
      #"while [ -L "$self" ]; do link=$(readlink "$self"); "#
        + #"case $link in /*) self=$link ;; *) self=${self%/*}/$link ;; esac; done"#,
      #"bin=$(CDPATH= cd -P -- "${self%/*}" && pwd -P)"#,
      #"for python in "$bin/python\#(pythonMinorVersion)" "$bin/python3"; do "#
        + #"if [ -f "$python" ] && [ -x "$python" ]; then exec "$python" "$0" "$@"; fi; done"#,
      #"python=${PPP_PYTHON:-python\#(pythonMinorVersion)}"#,
      #"if ! command -v "$python" >/dev/null 2>&1; then echo "${0##*/}: there is no Python beside it "#
        + #"and no '$python' to run; set PPP_PYTHON to one" >&2; exit 127; fi"#,
    ]
  }

  /// Lines of Python that put the environment's site-packages on `sys.path`, before other ones, if it isn't there.
  ///
  /// They use the names `os`, `sys` and `prefix`, and no single quotes or backslashes: they also stand in shell strings.
  private var addingSitePackages: [String] {
    let version = pythonMinorVersion.replacing(".", with: ", ")
    return """
      packages = os.path.join(prefix, "lib", "python\(pythonMinorVersion)", "site-packages")
      if packages not in map(os.path.realpath, sys.path):
          if sys.version_info[:2] != (\(version)):
              sys.exit("this needs Python \(pythonMinorVersion), which " + sys.executable + " is not; set PPP_PYTHON to one")
          import site
          known = list(sys.path)
          site.addsitedir(packages)
          added = [path for path in sys.path if path not in known]
          sites = [i for i, path in enumerate(known) if path.endswith(("site-packages", "dist-packages"))]
          place = min(sites, default=len(known))
          sys.path[:] = known[:place] + added + known[place:]
      """.split(separator: "\n").map(String.init)
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
