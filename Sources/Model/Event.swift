/// Something that happened, told to whoever watches; libraries never print.
package enum Event: Sendable {
  case started(Step)
  /// Bytes or items done so far, of how many where that is known.
  case progressed(Step, completed: Int64, total: Int64?)
  case finished(Step, Outcome)
  /// Something a person should know that stops nothing.
  case diagnosed(Diagnostic)
}

/// A piece of work that is worth a line: who it is for and what is done.
package struct Step: Hashable, Sendable {
  package enum Verb: String, Sendable, Codable {
    case resolve
    case fetch
    case assembleRuntime
    case probe
    case buildFromSource
    case layer
    case bundle
    case verify
    case record
    case install
    case test
    case deploy
    case publish
    case pull
  }

  package let verb: Verb
  /// A cell where the work is a cell's, else the thing worked on: a file name, a tool.
  package let subject: String
  /// What exactly, where the subject does not say it all: `numpy 2.2.6`.
  package let detail: String?

  package init(_ verb: Verb, _ subject: String, detail: String? = nil) {
    self.verb = verb
    self.subject = subject
    self.detail = detail
  }
}

/// How a step ended.
package enum Outcome: Sendable {
  /// It was done now; the text says what came of it: `4.1 MB, 212 files`.
  case done(String?)
  /// It was there already.
  case reused(String?)
  case failed(Diagnostic)
}

/// Where events go; it is called from any task, and must be quick.
package typealias EventSink = @Sendable (Event) -> Void
