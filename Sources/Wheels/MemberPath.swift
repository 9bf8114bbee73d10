/// Why a path cannot be installed; nil when it can.
///
/// Refused everywhere: what is absolute, leaves its directory, or is written in a way that another system reads
/// differently. Refused for Windows: the names and characters that Windows keeps to itself.
func objection(toPath path: String, onWindows: Bool) -> String? {
  let bytes = path.utf8
  guard let first = bytes.first else { return "it has no name" }
  if first == UInt8(ascii: "/") { return "the path is absolute" }
  for byte in bytes {
    if byte == UInt8(ascii: "\\") { return "the path has a backslash" }
    if byte < 0x20 || byte == 0x7f { return "the path has control characters" }
  }
  let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
  if isLetter, bytes.dropFirst().first == UInt8(ascii: ":") { return "the path has a drive letter" }
  for part in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
    if part.isEmpty || part.elementsEqual(".".utf8) { return "the path has an empty part" }
    if part.elementsEqual("..".utf8) { return "the path leaves the environment" }
    if part.count > 255 { return "the name is longer than 255 bytes" }
    if onWindows, let reason = objection(toWindowsName: part) { return reason }
  }
  return nil
}

/// Why Windows does not take a name; nil when it does.
///
/// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
private func objection(toWindowsName name: Substring.UTF8View) -> String? {
  if name.contains(where: { refusedOnWindows.contains($0) }) {
    return "Windows does not take '\(Substring(name))' as a name"
  }
  if name.last == UInt8(ascii: ".") || name.last == UInt8(ascii: " ") {
    return "Windows names do not end in a full stop or a space"
  }
  let stem = name.prefix { $0 != UInt8(ascii: ".") }
  // The longest device name, CONOUT$, has seven letters, and a space may follow; COM¹ has five bytes.
  guard stem.count < 12, windowsDevices.contains(Substring(stem).trimmed.uppercased()) else { return nil }
  return "'\(Substring(name))' is a device on Windows"
}

private let refusedOnWindows = Array("<>:\"|?*".utf8)

private let windowsDevices = Set(
  ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
    + "0123456789¹²³".flatMap { ["COM\($0)", "LPT\($0)"] })
