/// The executables that Windows launchers begin with: distlib's `t64.exe` and `w64.exe`.
///
/// Such a launcher is the executable, a `#!` line and a zip file with `__main__.py`, one after the other. It runs the
/// interpreter of the line with itself as the script, and Python runs the zip file. `<launcher_dir>\` in the line stands
/// for the launcher's own directory: python.exe is one above it.
/// https://github.com/pypa/distlib; the source is https://bitbucket.org/vinay.sajip/simple_launcher
package struct WindowsLaunchers: Sendable, Hashable {
  /// `t64.exe`, for commands that use the console.
  package let console: [UInt8]
  /// `w64.exe`, for commands that open windows.
  package let graphical: [UInt8]

  package init(console: [UInt8], graphical: [UInt8]) {
    self.console = console
    self.graphical = graphical
  }

  /// A whole `.exe` that runs this Python source.
  func executable(running source: [UInt8], isGraphical: Bool) -> [UInt8] {
    let interpreter = isGraphical ? "pythonw.exe" : "python.exe"
    return (isGraphical ? graphical : console) + Array("#!\"<launcher_dir>\\..\\\(interpreter)\"\r\n".utf8)
      + storedZip(name: "__main__.py", bytes: source)
  }
}
