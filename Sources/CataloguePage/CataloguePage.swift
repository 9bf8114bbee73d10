package import Catalogue
import FoundationEssentials
package import Model

/// The catalogue as a page: one HTML file that needs no network, no server and no other file.
///
/// Its bytes depend on nothing but the bundles it was given and their order. Facts are in it as JSON that no
/// browser takes for markup, and a content security policy lets only the page's own script and style run.
package struct CataloguePage: Sendable {
  private let content: PageContent
  private let sha256: @Sendable ([UInt8]) -> Digest

  init(_ content: PageContent, sha256: @escaping @Sendable ([UInt8]) -> Digest) {
    self.content = content
    self.sha256 = sha256
  }

  /// The page of a published catalogue: bundles with their versions, which are pulled from where the page lies.
  ///
  /// They come in the order of their cells; of a cell, the current one first. `publishedAt` counts seconds since 1970.
  package init(
    publishing bundles: some Sequence<(bundle: NumberedBundle, version: String, publishedAt: Int64?)>,
    sha256: @escaping @Sendable ([UInt8]) -> Digest
  ) {
    self.init(
      bundles.reduce(into: PageContent()) {
        $0.add($1.bundle, version: $1.version, publishedAt: $1.publishedAt)
      }, sha256: sha256)
  }

  /// The file.
  package func html() throws(PageError) -> [UInt8] {
    let (style, script) = (PageParts.style, PageParts.script)
    let policy = """
      default-src 'none'; script-src '\(source(of: script))'; style-src '\(source(of: style))'; \
      img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'
      """
    return PageParts.document([
      "policy": Array(policy.utf8), "style": style, "script": script, "data": try json(),
    ])
  }

  /// The facts, without any character that could end or open an element.
  ///
  /// In JSON, `<` is found in strings only, where `\u003c` means the same.
  private func json() throws(PageError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let bytes = try encoder.encode(content.data)
      var escaped: [UInt8] = []
      escaped.reserveCapacity(bytes.count + 1_024)
      for byte in bytes {
        if byte == UInt8(ascii: "<") { escaped += "\\u003c".utf8 } else { escaped.append(byte) }
      }
      return escaped
    } catch {
      throw .unwritable(reason: String(describing: error))
    }
  }

  /// A hash source of the content security policy (CSP 3, section 2.3.1).
  private func source(of bytes: [UInt8]) -> String {
    let hex = Array(sha256(bytes).hex)
    let digest = stride(from: 0, to: hex.count, by: 2).compactMap {
      UInt8(String(hex[$0...$0 + 1]), radix: 16)
    }
    return "sha256-\(Data(digest).base64EncodedString())"
  }
}

extension Catalogue {
  /// The page of every bundle on record.
  ///
  /// `sha256` makes the digest of bytes: the page's security policy names its script by it.
  package func page(sha256: @escaping @Sendable ([UInt8]) -> Digest) throws -> [UInt8] {
    let content = try reduce(into: PageContent()) { $0.add($1) }
    return try CataloguePage(content, sha256: sha256).html()
  }
}
