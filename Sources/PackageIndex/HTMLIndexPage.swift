import Artifacts
import Model

/// The files of a PEP 503 page: one for each anchor with an `href`.
///
/// A link that is no file (the page's own parent, another scheme) is passed over.
func htmlFiles(_ bytes: [UInt8], at url: WebURL) -> [IndexFile] {
  var base = url
  var files: [IndexFile] = []
  bytes.withUnsafeBytes { bytes in
    var reader = HTMLReader(bytes)
    while let tag = reader.next() {
      guard let href = tag["href"] else { continue }
      if tag.name == "base" {
        base = url.resolving(href) ?? base
      } else if let file = IndexFile(anchor: tag, href: href, base: base) {
        files.append(file)
      }
    }
  }
  return files
}

extension IndexFile {
  fileprivate init?(anchor: HTMLTag, href: String, base: WebURL) {
    guard let (url, fragment) = base.file(href), ["http", "https", "file"].contains(url.scheme),
      let name = url.fileName
    else { return nil }
    fileName = name
    self.url = url.description
    digest = fragment.flatMap(digestInFragment)
    size = nil
    requiresPython = anchor["data-requires-python"].flatMap { $0.isEmpty ? nil : $0 }
    yanked = anchor["data-yanked"] != nil
    uploadTime = anchor["data-upload-time"]
    let metadata = anchor["data-core-metadata"] ?? anchor["data-dist-info-metadata"]
    hasMetadata = metadata.map { $0 != "false" } ?? false
  }
}

/// The digest in `sha256=…`, alone or among other fields; nil when there is none that can be one.
private func digestInFragment(_ fragment: String) -> Digest? {
  for field in fragment.split(separator: "&") where field.hasPrefix("sha256=") {
    // A digest of the wrong length says nothing that could be checked.
    return try? Digest(parsing: String(field.dropFirst(7)))
  }
  return nil
}

extension WebURL {
  /// The decoded last part of the path; nil for a directory, and for a name that could lead elsewhere.
  var fileName: String? {
    let last = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    guard let name = last.decodingPercents, !name.isEmpty, name != ".", name != "..",
      !name.utf8.contains(where: { $0 == 0x2F || $0 == 0x5C || $0 == 0 })
    else { return nil }
    return name
  }
}

extension Substring {
  /// With `%XX` decoded; nil when the result is not UTF-8.
  fileprivate var decodingPercents: String? {
    guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(Substring(rest.prefix(2))), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
