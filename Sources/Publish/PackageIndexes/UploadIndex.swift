package import Artifacts
package import Model
import PackageIndex
package import SystemPackage
import Wheels

/// A package index that takes uploads: PyPI, and the servers that speak as it does.
///
/// Specification: https://docs.pypi.org/api/upload/
package struct UploadIndex: Sendable {
  private let url: WebURL
  /// The pages that tell what is there; nil where nobody said.
  private let pages: PackageIndex?
  private let fetcher: Fetcher
  private let shelf: WheelShelf
  private let scratch: FilePath
  private let events: EventSink

  /// Names an index by its address for uploads; `?simple=URL` in it is the address of its pages.
  ///
  /// PyPI's own pages are known. Forms are put together in `scratch`.
  package init(
    _ destination: WebURL, fetcher: Fetcher, shelf: WheelShelf, scratch: FilePath,
    events: @escaping EventSink = { _ in }
  ) {
    var url = destination
    var fields = (url.query ?? "").split(separator: "&").map { String($0) }
    var simple = fields.first { $0.hasPrefix("simple=") }.flatMap { decodingPercent($0.dropFirst(7)) }
    fields.removeAll { $0.hasPrefix("simple=") }
    url.query = fields.isEmpty ? nil : fields.joined(separator: "&")
    switch url.host {
    case "upload.pypi.org": simple = simple ?? "https://pypi.org/simple"
    case "test.pypi.org": simple = simple ?? "https://test.pypi.org/simple"
    default: break
    }
    self.url = url
    pages = simple.map { PackageIndex(url: $0, fetcher: fetcher) }
    self.fetcher = fetcher
    self.shelf = shelf
    self.scratch = scratch
    self.events = events
  }

  /// As people know it.
  package var place: String { redacting(url.description) }

  /// What would be sent; without the index's pages that is everything.
  ///
  /// - Throws: `PackageIndexesError.conflict` when a file is there with other bytes: indexes replace nothing.
  package func plan(_ wheels: [CatalogueWheel]) async throws -> [WheelUpload] {
    guard let pages else { return wheels.map { WheelUpload(wheel: $0, change: .added) } }
    return try await wheels.concurrentMap(width: 4) { wheel in
      let files = try await pages.files(of: wheel.fileName.name)
      guard let file = files.first(where: { $0.fileName == wheel.fileName.text }) else {
        return WheelUpload(wheel: wheel, change: .added)
      }
      if let digest = file.digest, digest != wheel.digest {
        throw PackageIndexesError.conflict(
          wheel.fileName.text, place: place, old: digest, new: wheel.digest)
      }
      return WheelUpload(wheel: wheel, change: .unchanged)
    }
  }

  /// Uploads what is not there, one file after the other, as indexes like it.
  package func publish(_ wheels: [CatalogueWheel]) async throws -> [WheelUpload] {
    var uploads: [WheelUpload] = []
    for upload in try await plan(wheels) {
      let step = Step(.publish, upload.wheel.fileName.text)
      events(.started(step))
      guard upload.change != .unchanged else {
        events(.finished(step, .reused("it is there")))
        uploads.append(upload)
        continue
      }
      do {
        let isNew = try await send(upload.wheel)
        events(.finished(step, isNew ? .done(nil) : .reused("a file of this name is there")))
        uploads.append(WheelUpload(wheel: upload.wheel, change: isNew ? .added : .unchanged))
      } catch {
        if !(error is CancellationError) { events(.finished(step, .failed(Diagnostic(error)))) }
        throw error
      }
    }
    return uploads
  }

  /// Uploads a wheel; false when the index says that it has a file of this name.
  private func send(_ wheel: CatalogueWheel) async throws -> Bool {
    let artifact = try await shelf.artifact(of: wheel)
    let metadata = try await WheelMetadata.reading(artifact, fileName: wheel.fileName)
    let form = UploadForm(wheel: wheel, metadata: metadata)
    let response = try await withTemporaryDirectory(in: scratch) { directory in
      let file = directory.appending("form")
      let length = try await blocking { try form.write(artifact, to: file, $0) }
      return try await fetcher.send(
        HTTPRequest(
          .post, url.description, headers: [("Content-Type", form.contentType)],
          body: .file(file, offset: 0, length: length), answerLimit: 1 << 20))
    }
    switch response.status {
    case 200..<300: return true
    case 409 where pages == nil: return false
    case 401, 403: throw PackageIndexesError.unauthorized(place)
    default:
      throw PackageIndexesError.refused(
        wheel.fileName.text, place: place, status: response.status, reason: reason(of: response))
    }
  }

  /// The first line of an answer that is meant to be read, in short.
  private func reason(of response: HTTPResponse) -> String? {
    guard response.headers["content-type"]?.hasPrefix("text/plain") ?? false else { return nil }
    let line = String(decoding: response.body, as: UTF8.self).prefix { !$0.isNewline }
    let plain = line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    return plain.isEmpty ? nil : redacting(String(String.UnicodeScalarView(plain)).prefix(200).description)
  }
}
