/// A command that a package brings: its name and the Python function behind it.
struct EntryPoint: Hashable {
  let name: String
  /// A module as `import` takes it, `package.module`.
  let module: String
  /// What to call in the module: `main`, or `Class.method`.
  let function: String
  /// Whether it opens windows instead of using the console; only Windows makes a difference.
  let isGraphical: Bool

  /// What the module must be asked for: `Class` of `Class.method`.
  var importedName: Substring { function.prefix { $0 != "." } }
}

/// The commands of a wheel's `entry_points.txt`; every other group of entry points is passed over.
///
/// Specification: https://packaging.python.org/en/latest/specifications/entry-points/
struct EntryPoints: Equatable {
  /// In the order written; a name that occurs twice is refused.
  let commands: [EntryPoint]

  static let none = EntryPoints(commands: [])

  private init(commands: [EntryPoint]) { self.commands = commands }

  init(parsing text: String, wheel: String, file: String) throws(WheelError) {
    var commands: [EntryPoint] = []
    var group = ""
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    {
      let line = raw.trimmed
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        group = String(line.dropFirst().dropLast()).trimmed
        continue
      }
      guard group == "console_scripts" || group == "gui_scripts" else { continue }
      guard let equals = line.firstIndex(of: "=") else {
        throw .malformed(
          wheel: wheel, file: file, line: index + 1, reason: "'\(line)' is not NAME = MODULE:FUNCTION")
      }
      let point = try EntryPoint(
        name: line[..<equals].trimmed, reference: line[line.index(after: equals)...].trimmed,
        isGraphical: group == "gui_scripts", wheel: wheel)
      guard !commands.contains(where: { $0.name == point.name }) else {
        throw .entryPoint(wheel: wheel, name: point.name, reason: "is there twice")
      }
      commands.append(point)
    }
    self.commands = commands
  }
}

extension EntryPoint {
  /// Reads `module:function [extras]`; the extras are left out, as installers do.
  init(name: String, reference: String, isGraphical: Bool, wheel: String) throws(WheelError) {
    if let reason = Self.objection(to: name) { throw .entryPoint(wheel: wheel, name: name, reason: reason) }
    let target = reference.prefix { $0 != "[" }.trimmed
    let pattern =
      #/((?:[\p{L}_][\p{L}\p{N}_]*\.)*[\p{L}_][\p{L}\p{N}_]*)\s*:\s*((?:[\p{L}_][\p{L}\p{N}_]*\.)*[\p{L}_][\p{L}\p{N}_]*)/#
    guard let match = target.wholeMatch(of: pattern) else {
      throw .entryPoint(
        wheel: wheel, name: name, reason: "names '\(reference)', which is not MODULE:FUNCTION")
    }
    self.init(name: name, module: String(match.1), function: String(match.2), isGraphical: isGraphical)
  }

  /// Why the name cannot be a file's in the scripts directory; nil when it can.
  private static func objection(to name: String) -> String? {
    if name.isEmpty { return "has no name" }
    if name == "." || name == ".." || name.contains("/") || name.contains("\\") {
      return "leaves the scripts directory"
    }
    if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
      return "has control characters in its name"
    }
    return nil
  }
}
