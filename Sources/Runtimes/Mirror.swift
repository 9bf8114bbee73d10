import Artifacts

/// Where a provider's files are: the address that locks name, and a nearer one that only this machine uses.
struct Mirror: Sendable, Hashable {
  /// The configured or usual address, without a slash at the end.
  let address: String
  /// The address that the environment asks for instead.
  let override: String?

  init(configured: String?, standard: String, override: String?) {
    address = Self.trimmed(configured ?? standard)
    self.override = override.flatMap { $0.isEmpty ? nil : Self.trimmed($0) }
  }

  private init(address: String, override: String?) {
    self.address = address
    self.override = override
  }

  /// What is asked in fact.
  var nearest: String { override ?? address }

  func appending(_ suffix: String) -> Mirror {
    Mirror(address: address + suffix, override: override.map { $0 + suffix })
  }

  /// Where to look for a file that a lock names by `address`: the nearer place first.
  func places(of urls: [String]) -> [String] {
    guard let override else { return urls }
    return urls.flatMap { url -> [String] in
      guard url.hasPrefix(address) else { return [url] }
      return [override + url.dropFirst(address.count), url]
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.hasSuffix("/"), !text.hasSuffix("://") { text.removeLast() }
    return text
  }
}
