/// Why a path cannot be installed; nil when it can.
///
/// Refused everywhere: what is absolute, leaves its directory, or is written in a way that another system reads
/// differently. Refused for Windows: the names and characters that Windows keeps to itself.
func objection(toPath path: String, onWindows: Bool) -> String? {
  if path.isEmpty { return "it has no name" }
  if path.hasPrefix("/") { return "the path is absolute" }
  if path.contains("\\") { return "the path has a backslash" }
  if path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
    return "the path has control characters"
  }
  if path.wholeMatch(of: #/[A-Za-z]:.*/#) != nil { return "the path has a drive letter" }
  for part in path.split(separator: "/", omittingEmptySubsequences: false) {
    if part.isEmpty || part == "." { return "the path has an empty part" }
    if part == ".." { return "the path leaves the environment" }
    if part.utf8.count > 255 { return "the name is longer than 255 bytes" }
    if onWindows, let reason = objection(toWindowsName: part) { return reason }
  }
  return nil
}

/// Why Windows does not take a name; nil when it does.
///
/// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
private func objection(toWindowsName name: Substring) -> String? {
  if name.contains(where: { "<>:\"|?*".contains($0) }) { return "Windows does not take '\(name)' as a name" }
  if name.hasSuffix(".") || name.hasSuffix(" ") {
    return "Windows names do not end in a full stop or a space"
  }
  let stem = name.prefix { $0 != "." }.trimmed.uppercased()
  let isDevice = stem.wholeMatch(of: #/CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]/#) != nil
  return isDevice ? "'\(name)' is a device on Windows" : nil
}
