/// A file of a Python package, and its content.
package struct PackageFile: Hashable, Sendable {
  /// Relative to site-packages, parts separated by `/`.
  package let path: String
  package let bytes: [UInt8]
  package let digest: Digest
  package let isExecutable: Bool

  package init(path: String, bytes: [UInt8], digest: Digest, isExecutable: Bool) {
    self.path = path
    self.bytes = bytes
    self.digest = digest
    self.isExecutable = isExecutable
  }
}
