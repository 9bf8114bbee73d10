import Model

/// A file that begins as a native one and then is not: cut short, or with offsets that lead nowhere.
///
/// The file's name is the caller's to add.
package enum BinaryError: UserFacingError, Equatable {
  /// Offsets and sizes are in bytes, from the start of the file or of the Mach-O slice.
  case truncated(offset: UInt64, count: UInt64, size: UInt64)
  case unterminatedString(offset: UInt64)
  case tooLarge(what: String, size: UInt64)
  /// `format` is `ELF`, `Mach-O` or `PE`; `reason` says what is wrong inside.
  case malformed(format: String, reason: String)
  case unreadable(reason: String)

  package var description: String {
    switch self {
    case .truncated(let offset, let count, let size):
      "file ends at byte \(size), but \(count) bytes are expected at \(offset)"
    case .unterminatedString(let offset): "text at byte \(offset) has no end"
    case .tooLarge(let what, let size): "\(what) of \(size) is too large to be real"
    case .malformed(let format, let reason): "malformed \(format) file: \(reason)"
    case .unreadable(let reason): "cannot read: \(reason)"
    }
  }
}
