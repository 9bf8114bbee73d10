import Artifacts
import Model
import SystemPackage
import Wheels

/// The form that uploads a wheel: its metadata field by field, its digest, and the file.
struct UploadForm {
  private let fields: [(name: String, value: String)]
  private let fileName: String
  private let boundary: String

  /// Metadata fields whose form fields are called otherwise than in lower case with underscores.
  private static let renamed = [
    "classifier": "classifiers", "project-url": "project_urls", "license-file": "license_files",
    "platform": "platform", "supported-platform": "supported_platform",
  ]

  init(wheel: CatalogueWheel, metadata: WheelMetadata) {
    var fields: [(name: String, value: String)] = [
      (":action", "file_upload"), ("protocol_version", "1"), ("filetype", "bdist_wheel"),
      ("pyversion", Self.pythonTag(of: wheel.fileName)), ("sha256_digest", wheel.digest.hex),
    ]
    for field in metadata.fields {
      let name = Self.renamed[field.name] ?? field.name.replacing("-", with: "_")
      // Names of metadata fields are letters and hyphens; others could end the form's header.
      guard name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x5F }) else { continue }
      fields.append((name, field.value))
    }
    if !metadata.body.isEmpty, !fields.contains(where: { $0.name == "description" }) {
      fields.append(("description", metadata.body))
    }
    self.fields = fields
    fileName = wheel.fileName.text
    // No file holds its own digest.
    boundary = "ppp-\(wheel.digest.hex)"
  }

  var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  /// `cp313` or `py2.py3`: the first part of the wheel's tag, as it is written.
  private static func pythonTag(of name: WheelFileName) -> String {
    let parts = name.text.dropLast(4).split(separator: "-")
    return parts.count >= 3 ? String(parts[parts.count - 3]) : "py3"
  }

  private var head: String {
    let parts = fields.map {
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\($0.name)\"\r\n\r\n\($0.value)\r\n"
    }
    return parts.joined()
      + "--\(boundary)\r\nContent-Disposition: form-data; name=\"content\"; filename=\"\(fileName)\"\r\n"
      + "Content-Type: application/octet-stream\r\n\r\n"
  }

  /// Writes the form with the file in it; it blocks.
  ///
  /// - Returns: its length in bytes.
  /// - Throws: `FileError`, and `PublishError.changedBytes` when the wheel is another by now.
  func write(_ wheel: StoredArtifact, to path: FilePath, _ cancellation: Cancellation) throws -> Int64 {
    let draft = try ObjectDraft(in: path.removingLastComponent(), prefix: ".")
    let (head, tail) = (Array(head.utf8), Array("\r\n--\(boundary)--\r\n".utf8))
    try draft.write(head)
    guard try draft.copy(wheel.path, from: 0, size: wheel.size, cancellation) == wheel.digest else {
      throw PublishError.changedBytes(fileName)
    }
    try draft.write(tail)
    try draft.settle(at: path)
    return Int64(head.count) + wheel.size + Int64(tail.count)
  }
}
