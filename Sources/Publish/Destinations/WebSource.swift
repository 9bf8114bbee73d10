package import Artifacts
import Model
package import SystemPackage

/// A folder that a web server serves.
package struct WebSource: ObjectSource {
  private let base: WebURL
  private let fetcher: Fetcher

  /// The URL may have user info, which goes to its own server only.
  package init(_ base: WebURL, fetcher: Fetcher) {
    fetcher.keepCredentials(of: [base.description])
    self.fetcher = fetcher
    var base = base
    base.userInfo = nil
    self.base = base
  }

  package var place: String { base.description }

  package func read(_ name: String, range: Range<Int64>?, limit: Int64) async throws -> NamedBytes? {
    var request = HTTPRequest(.get, url(of: name), answerLimit: Int(clamping: limit))
    if let range {
      guard !range.isEmpty else { return NamedBytes(bytes: [], tag: nil) }
      request.headers = [("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")]
    }
    let response = try await fetcher.send(request)
    if response.status == 404 || response.status == 410 { return nil }
    if response.status == 416 { return NamedBytes(bytes: [], tag: nil) }
    guard response.isSuccess else { throw response.error }
    return NamedBytes(bytes: response.part(range), tag: response.headers["etag"])
  }

  @discardableResult
  package func download(
    _ object: ObjectReference, in name: String, at offset: Int64?, to path: FilePath,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void
  ) async throws -> SavedFile {
    let saved = SavedBytes(digest: object.digest, size: object.size, offset: offset)
    let (response, file) = try await fetcher.save(
      HTTPRequest(.get, url(of: name)), saved, to: path, report: report)
    if response.status == 404 || response.status == 410 {
      throw PublishError.missingObject(name, place: place)
    }
    guard let file else { throw response.error }
    return file
  }

  package func has(_ object: ObjectReference) async throws -> Bool {
    let response = try await fetcher.send(HTTPRequest(.head, url(of: object.name)))
    if response.status == 404 || response.status == 410 { return false }
    guard response.isSuccess else { throw response.error }
    return response.headers["content-length"].flatMap { Int64($0) } ?? object.size == object.size
  }

  private func url(of name: String) -> String { "\(base)/\(encodingPercent(name))" }
}

extension HTTPResponse {
  /// The body, or what a server that sent the whole was asked for of it.
  func part(_ range: Range<Int64>?) -> [UInt8] {
    guard let range, status != 206 else { return body }
    return Array(
      body[
        Int(clamping: range.lowerBound).clamped(to: body)..<Int(clamping: range.upperBound).clamped(to: body)]
    )
  }
}

extension Int {
  fileprivate func clamped(to bytes: [UInt8]) -> Int { Swift.min(self, bytes.count) }
}
