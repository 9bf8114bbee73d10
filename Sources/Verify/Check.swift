/// One thing that was looked at, and how it turned out.
package struct Check: Hashable, Sendable, Codable {
  package enum Kind: String, Sendable, Codable {
    /// The environment could be unpacked, and its interpreter starts and is what it should be.
    case interpreter
    case standardLibrary
    case `import`
    /// A native file's format, machine, system floor and libraries.
    case nativeFile
  }

  package enum Outcome: Hashable, Sendable {
    case ok
    /// Failed, as an allowance says it may.
    case allowed(reason: String)
    /// Worth knowing; the environment works without it.
    case warned(message: String)
    case failed(message: String)

    var isProblem: Bool {
      switch self {
      case .ok, .allowed: false
      case .warned, .failed: true
      }
    }
  }

  package let kind: Kind
  /// The import's name, or the file's path relative to the environment.
  package let subject: String
  /// `numpy 2.2.6`, where the check is a distribution's.
  package let distribution: String?
  /// Other names that an allowance may use for it: the library that is missing.
  package let details: [String]
  package internal(set) var outcome: Outcome

  init(
    _ kind: Kind, _ subject: String, distribution: String? = nil, details: [String] = [], _ outcome: Outcome
  ) {
    self.kind = kind
    self.subject = subject
    self.distribution = distribution
    self.details = details
    self.outcome = outcome
  }
}

extension Check.Outcome: Codable {
  private enum Key: String, CodingKey {
    case result
    case text
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let text = try container.decodeIfPresent(String.self, forKey: .text) ?? ""
    switch try container.decode(String.self, forKey: .result) {
    case "ok": self = .ok
    case "allowed": self = .allowed(reason: text)
    case "warned": self = .warned(message: text)
    case "failed": self = .failed(message: text)
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .result, in: container, debugDescription: "'\(other)' is not an outcome")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .ok: try container.encode("ok", forKey: .result)
    case .allowed(let text): try encode("allowed", text, to: &container)
    case .warned(let text): try encode("warned", text, to: &container)
    case .failed(let text): try encode("failed", text, to: &container)
    }
  }

  private func encode(
    _ result: String, _ text: String, to container: inout KeyedEncodingContainer<Key>
  ) throws {
    try container.encode(result, forKey: .result)
    try container.encode(text, forKey: .text)
  }
}
