package import Model

/// What an interpreter is made of, to the byte: what the lock stores and a layer is made from.
package struct RuntimePin: Sendable, Codable, Hashable {
  package var provider: RuntimeSpec.Provider
  /// The Python version.
  package var version: PythonVersion
  /// Facts of the provider that decide how the files are put together, or that a reader wants to know:
  /// `suite`, `release`, `libc` (`bundled` where the C library comes along).
  package var attributes: [String: String]
  /// In the order in which they are used; none for `external`.
  package var files: [PinnedFile]

  package init(
    provider: RuntimeSpec.Provider, version: PythonVersion, attributes: [String: String] = [:],
    files: [PinnedFile] = []
  ) {
    self.provider = provider
    self.version = version
    self.attributes = attributes
    self.files = files
  }
}

/// A file that a pin names.
package struct PinnedFile: Sendable, Codable, Hashable {
  package var name: String
  /// The version of a Debian package; nil for others.
  package var version: String?
  /// Tried in order.
  package var urls: [String]
  package var digest: Digest
  package var size: Int64?
  /// 40 hexadecimal digits: the name under which Debian's snapshot archive keeps the file for ever.
  package var sha1: String?

  package init(
    name: String, version: String? = nil, urls: [String], digest: Digest, size: Int64?, sha1: String? = nil
  ) {
    self.name = name
    self.version = version
    self.urls = urls
    self.digest = digest
    self.size = size
    self.sha1 = sha1
  }
}
