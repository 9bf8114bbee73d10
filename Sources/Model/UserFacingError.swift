/// An error that a person will read: what is wrong, where, and what to do about it.
///
/// `description` says what is wrong: lower case, the offending value quoted, no final full stop.
/// `hint` says what to do, as a command where there is one. Nothing may decide by these texts.
package protocol UserFacingError: Error, Sendable, CustomStringConvertible {
  /// The place in a file that has to change, when there is one.
  var position: SourcePosition? { get }
  /// What to do next, when it is known.
  var hint: String? { get }
}

extension UserFacingError {
  package var position: SourcePosition? { nil }
  package var hint: String? { nil }
}
