import Artifacts
import FoundationEssentials
import Model

/// The files of a PEP 691 page.
func jsonFiles(_ bytes: [UInt8], at url: WebURL) throws(PackageIndexError) -> [IndexFile] {
  let page: ProjectPage
  do {
    page = try JSONDecoder().decode(ProjectPage.self, from: Data(bytes))
  } catch {
    throw .invalidJSON(url: url.description, reason: reason(of: error))
  }
  let version = page.meta.apiVersion
  guard version.prefix(while: { $0 != "." }) == "1" else {
    throw .unsupportedVersion(url: url.description, version: version)
  }
  return page.files.compactMap { IndexFile($0, at: url) }
}

private func reason(of error: any Error) -> String {
  func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return path.isEmpty ? "at its top" : "at \(path.joined(separator: "."))"
  }
  return switch error as? DecodingError {
  case .keyNotFound(let key, let context): "the key '\(key.stringValue)' is missing \(place(context))"
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    "another type is expected \(place(context))"
  default: "it is no JSON"
  }
}

extension IndexFile {
  /// Nil for a file whose URL or name can't be one.
  fileprivate init?(_ file: ProjectPage.File, at page: WebURL) {
    guard let (url, _) = page.file(file.url),
      ["http", "https", "file"].contains(url.scheme), !file.filename.isEmpty,
      !file.filename.utf8.contains(where: { $0 == 0x2F || $0 == 0x5C || $0 == 0 })
    else { return nil }
    fileName = file.filename
    self.url = url.description
    // A digest that is none can't be checked; the file is then as one without.
    digest = file.hashes["sha256"].flatMap { try? Digest(parsing: $0) }
    size = file.size
    requiresPython = file.requiresPython.flatMap { $0.isEmpty ? nil : $0 }
    yanked = file.yanked?.isTrue ?? false
    uploadTime = file.uploadTime
    hasMetadata = (file.coreMetadata ?? file.distInfoMetadata)?.isTrue ?? false
  }
}

/// The page as JSON has it (PEP 691, PEP 700, PEP 714); keys that aren't needed are not read.
private struct ProjectPage: Decodable {
  struct Meta: Decodable {
    let apiVersion: String

    enum CodingKeys: String, CodingKey { case apiVersion = "api-version" }
  }

  struct File: Decodable {
    let filename: String
    let url: String
    let hashes: [String: String]
    let size: Int64?
    let requiresPython: String?
    let yanked: Flag?
    let uploadTime: String?
    let coreMetadata: Flag?
    let distInfoMetadata: Flag?

    enum CodingKeys: String, CodingKey {
      case filename
      case url
      case hashes
      case size
      case requiresPython = "requires-python"
      case yanked
      case uploadTime = "upload-time"
      case coreMetadata = "core-metadata"
      case distInfoMetadata = "dist-info-metadata"
    }
  }

  /// True, false, or something that says more and so means true: a reason, digests.
  struct Flag: Decodable {
    let isTrue: Bool

    init(from decoder: any Decoder) throws {
      // Anything but a plain false is a yes, whatever its shape.
      isTrue = (try? decoder.singleValueContainer().decode(Bool.self)) ?? true
    }
  }

  let meta: Meta
  let files: [File]
}
