package import Model

/// A SHA-256 digest of bytes that come in pieces.
///
/// It belongs to one thread at a time. `finish()` may be called once, after which nothing may be added.
package final class SHA256 {
  private let state = HashState(.sha256)

  package init() {}

  package func update(_ bytes: UnsafeRawBufferPointer) { state.update(bytes) }

  package func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { state.update($0) } }

  package func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { state.update($0) } }

  package func finish() -> Digest { Digest(bytes: state.finish()) }
}
