import Model

/// Why a catalogue can't be signed, or isn't trusted.
package enum TrustError: UserFacingError, Equatable {
  /// A key or signature file that isn't one of minisign's.
  case badFile(String, reason: String)

  package var description: String {
    switch self {
    case .badFile(let file, let reason): "'\(file)' is no key or signature: \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .badFile: "get the file again from where it was made"
    }
  }
}
