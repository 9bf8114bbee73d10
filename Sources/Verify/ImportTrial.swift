import Model
import Processes

/// One import, tried in an interpreter of its own.
struct ImportTrial: Sendable {
  let kind: Check.Kind
  let name: String
  let distribution: String?

  /// Reports on a copy of standard output made before the import, which modules may replace or write to.
  static let code = """
    import os, sys
    report, name = os.dup(1), sys.argv.pop()
    try:
        import importlib
        importlib.import_module(name)
        text = "imported"
    except BaseException as error:
        import traceback
        kind = type(error).__name__
        lines = [line.strip() for line in
                 "".join(traceback.format_exception_only(type(error), error)).splitlines() if line.strip()]
        main = next((line for line in lines if line.split(":")[0].split(".")[-1] == kind), kind)
        text = main if main == lines[-1] else main + " ... " + lines[-1]
    os.write(report, ("\\nppp-verify " + text[:2000] + "\\n").encode("utf-8", "backslashreplace"))
    """

  /// The check that the end of the interpreter amounts to.
  func check(_ result: ProcessResult, timeout: Duration) -> Check {
    Check(kind, name, distribution: distribution, outcome(result, timeout: timeout))
  }

  private func outcome(_ result: ProcessResult, timeout: Duration) -> Check.Outcome {
    let marker = "ppp-verify "
    let report = result.text.split(whereSeparator: \.isNewline).last { $0.hasPrefix(marker) }
    let text = report?.dropFirst(marker.count)
    switch (text, result.status) {
    case _ where result.timedOut:
      return .failed(message: "did not end within \(timeout.components.seconds) s")
    case ("imported", .exited(0)): return .ok
    case ("imported", .exited(let code)):
      return .failed(message: "was imported, but the interpreter then ended with status \(code)")
    case ("imported", .signalled(let signal)):
      return .failed(message: "was imported, but the interpreter was then ended by signal \(signal)")
    case (let text?, _): return .failed(message: String(text))
    case (nil, .exited(let code)):
      return .failed(message: "ended the interpreter with status \(code)" + tail(result))
    case (nil, .signalled(let signal)):
      return .failed(message: "the interpreter was ended by signal \(signal)" + tail(result))
    }
  }

  private func tail(_ result: ProcessResult) -> String {
    let line = result.tail(lines: 1)
    return line.isEmpty ? "" : ": \(line)"
  }
}
