/// What starts a package's commands under one install scheme.
struct Launchers {
  let scheme: InstallScheme
  let windows: WindowsLaunchers?

  /// - Throws: `WheelError` when the name is impossible on Windows, or there are no Windows launchers.
  func launcher(for point: EntryPoint, wheel: String) throws(WheelError) -> InstallPlan.Addition {
    let name = scheme.isWindows ? "\(point.name).exe" : point.name
    if let reason = objection(toPath: name, onWindows: scheme.isWindows) {
      throw .entryPoint(wheel: wheel, name: point.name, reason: "is no file name: \(reason)")
    }
    let bytes =
      scheme.isWindows
      ? try executables(for: wheel).executable(
        running: Array(pythonSource(for: point).utf8), isGraphical: point.isGraphical)
      : POSIXLauncher(pythonMinorVersion: scheme.pythonMinorVersion).script(for: point)
    return InstallPlan.Addition(path: "\(scheme.scripts)/\(name)", bytes: bytes, isExecutable: true)
  }

  /// A script of the package's own, which begins with a `#!python` or `#!pythonw` line, as it is installed.
  func launcher(forScript source: [UInt8], wheel: String) throws(WheelError) -> [UInt8] {
    let line = source.prefix { $0 != UInt8(ascii: "\n") }
    let body = source.dropFirst(line.count + 1)
    guard scheme.isWindows else {
      return POSIXLauncher(pythonMinorVersion: scheme.pythonMinorVersion).script(wrapping: body)
    }
    return try executables(for: wheel).executable(
      running: Array(body), isGraphical: line.starts(with: "#!pythonw".utf8))
  }

  /// What such a script is called: as it is, on Windows with `.exe` instead of `.py`.
  func fileName(ofScript name: String) -> String {
    guard scheme.isWindows else { return name }
    for suffix in [".py", ".pyw"] where name.lowercased().hasSuffix(suffix) {
      return name.dropLast(suffix.count) + ".exe"
    }
    return name + ".exe"
  }

  private func executables(for wheel: String) throws(WheelError) -> WindowsLaunchers {
    guard let windows else { throw .launchersMissing(wheel: wheel) }
    return windows
  }
}
