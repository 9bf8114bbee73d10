/// What a wheel's `WHEEL` file says about the wheel's own format.
struct WheelDescription: Equatable {
  /// As written, `1.0`.
  let formatVersion: String
  let isPureLibrary: Bool

  /// - Throws: `WheelError.formatVersion` for anything but version 1.x, which may be laid out in another way.
  init(parsing text: String, wheel: String, file: String) throws(WheelError) {
    let fields = HeaderFields(parsing: text)
    guard let version = fields.first("Wheel-Version") else {
      throw .malformed(wheel: wheel, file: file, line: nil, reason: "there is no Wheel-Version")
    }
    guard version.wholeMatch(of: #/1(\.[0-9]+)?/#) != nil else {
      throw .formatVersion(wheel: wheel, version: version)
    }
    formatVersion = version
    isPureLibrary = fields.first("Root-Is-Purelib")?.lowercased() == "true"
  }
}
