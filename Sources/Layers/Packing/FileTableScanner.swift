import Model

/// Reads a file table in exactly the form in which `FileTable` writes it, many times faster than a JSON decoder does.
///
/// Any other form, such as white space or an escape in a name, is left to the decoder.
struct FileTableScanner {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  /// The table's entries, checked as the decoder's are; nil when it has another form, or lists what no layer may have.
  static func entries(in bytes: UnsafeRawBufferPointer, version: Int) -> [LayerEntry]? {
    var scanner = FileTableScanner(bytes: bytes)
    guard scanner.skip("{\"version\":"), scanner.number() == Int64(version), scanner.skip(",\"entries\":[")
    else {
      return nil
    }
    var entries: [LayerEntry] = []
    while !scanner.skip("]}") {
      guard entries.isEmpty || scanner.skip(","), let entry = scanner.entry() else { return nil }
      entries.append(entry)
    }
    return scanner.place == bytes.count ? entries : nil
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func entry() -> LayerEntry? {
    let kind: LayerEntry.Kind
    let path: String
    if skip("{\"type\":\"reg\",\"name\":") {
      guard let name = string(), skip(",\"size\":"), let size = number(), skip(",\"digest\":\"sha256:"),
        let digest = digest(), skip("\",\"mode\":"), let mode = number()
      else { return nil }
      (path, kind) = (name, .file(size: size, digest: digest, isExecutable: mode & 0o100 != 0))
    } else if skip("{\"type\":\"symlink\",\"name\":") {
      guard let name = string(), skip(",\"linkName\":"), let target = string(), skip(",\"mode\":"),
        number() != nil
      else { return nil }
      (path, kind) = (name, .symlink(target: target))
    } else {
      guard skip("{\"type\":\"dir\",\"name\":"), let name = string(), skip(",\"mode\":"), number() != nil
      else { return nil }
      (path, kind) = (name, .directory)
    }
    guard skip("}") else { return nil }
    do {
      try LayerPath.check(path)
      if case .symlink(let target) = kind { try LayerPath.check(target: target, of: path) }
    } catch {
      return nil
    }
    return LayerEntry(path: path, kind: kind)
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - place >= count,
      bytes[place..<place + count].elementsEqual(UnsafeRawBufferPointer(start: text.utf8Start, count: count))
    else { return false }
    place += count
    return true
  }

  /// Digits, no more than fit.
  private mutating func number() -> Int64? {
    var value: Int64 = 0
    let start = place
    while place < bytes.count, (0x30...0x39).contains(bytes[place]), place - start < 18 {
      value = value * 10 + Int64(bytes[place] - 0x30)
      place += 1
    }
    return place > start ? value : nil
  }

  /// A string in quotes without escapes.
  private mutating func string() -> String? {
    guard skip("\""), let end = bytes[place...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    let content = bytes[place..<end]
    place = end + 1
    guard !content.contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) else { return nil }
    return String(validating: content, as: UTF8.self)
  }

  private mutating func digest() -> Digest? {
    guard bytes.count - place >= 64 else { return nil }
    let text = String(decoding: bytes[place..<place + 64], as: UTF8.self)
    place += 64
    return try? Digest(parsing: text)
  }
}
