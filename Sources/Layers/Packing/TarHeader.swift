/// The header blocks of one tar entry: ustar where it fits, with a pax header before it where it does not.
///
/// Owner and group are 0 and nameless, so that equal content gives equal bytes on every machine.
/// See POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header".
struct TarHeader {
  enum Kind: UInt8 {
    case file = 0x30
    case symlink = 0x32
    case directory = 0x35
  }

  static let blockSize = 512

  let path: String
  let kind: Kind
  /// Of the content behind it, in bytes.
  let contentSize: Int64
  let mode: UInt16
  let target: String
  let modificationTime: Int64

  /// How many bytes it takes: one block or three, or more for very long names.
  var size: Int {
    let count = records.count
    return Self.blockSize + (count == 0 ? 0 : Self.blockSize + count + Self.padding(after: Int64(count)))
  }

  private var isTargetPlain: Bool { target.utf8.count <= 100 && target.utf8.allSatisfy { $0 < 0x80 } }

  /// What ustar can't say, and a pax header says.
  private var records: [UInt8] {
    var records: [UInt8] = []
    if Self.split(path) == nil { records += Self.record("path", path) }
    if !isTargetPlain { records += Self.record("linkpath", target) }
    if contentSize >= 1 << 33 { records += Self.record("size", String(contentSize)) }
    return records
  }

  var bytes: [UInt8] {
    let records = records
    var blocks: [UInt8] = []
    if !records.isEmpty {
      blocks += block(
        name: "PaxHeaders/entry", prefix: "", type: 0x78, size: Int64(records.count), mode: 0o644)
      blocks += records
      blocks += [UInt8](repeating: 0, count: Self.padding(after: Int64(records.count)))
    }
    let (prefix, name) = Self.split(path) ?? ("", path)
    return blocks
      + block(
        name: name, prefix: prefix, type: kind.rawValue, size: contentSize < 1 << 33 ? contentSize : 0,
        mode: mode,
        target: isTargetPlain ? target : "")
  }

  /// When a header says that its entry was written; nil for bytes that say none, or are none.
  static func modificationTime(in bytes: UnsafeRawBufferPointer) -> Int64? {
    guard bytes.count >= blockSize else { return nil }
    var time: Int64 = 0
    for digit in bytes[bytes.count - blockSize + 136..<bytes.count - blockSize + 147] {
      guard (0x30...0x37).contains(digit) else { return nil }
      time = time << 3 | Int64(digit - 0x30)
    }
    return time
  }

  /// How many zeros follow content of this size.
  static func padding(after size: Int64) -> Int { Int((512 - size % 512) % 512) }

  /// The path as ustar's prefix and name, or nil when it does not fit or is not ASCII.
  private static func split(_ path: String) -> (prefix: String, name: String)? {
    let utf8 = path.utf8
    guard utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    if utf8.count <= 100 { return ("", path) }
    guard utf8.count <= 256, let slash = utf8.dropLast().suffix(100).firstIndex(of: 0x2f) else { return nil }
    let (prefix, name) = (path[..<slash], path[utf8.index(after: slash)...])
    return prefix.utf8.count <= 155 && name.utf8.count <= 100 && !prefix.isEmpty
      ? (String(prefix), String(name)) : nil
  }

  /// `LENGTH KEY=VALUE\n`, where the length counts itself.
  private static func record(_ key: String, _ value: String) -> [UInt8] {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count + 1
    while "\(length)".utf8.count + rest.utf8.count != length {
      length = "\(length)".utf8.count + rest.utf8.count
    }
    return Array("\(length)\(rest)".utf8)
  }

  private func block(
    name: String, prefix: String, type: UInt8, size: Int64, mode: UInt16, target: String = ""
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: Self.blockSize)
    func put(_ text: some Sequence<UInt8>, at offset: Int, limit: Int) {
      for (index, byte) in text.prefix(limit).enumerated() { block[offset + index] = byte }
    }
    func putOctal(_ value: Int64, at offset: Int, digits: Int) {
      for place in 0..<digits {
        block[offset + digits - 1 - place] = 0x30 + UInt8(truncatingIfNeeded: value >> (3 * Int64(place)) & 7)
      }
    }
    put(name.utf8, at: 0, limit: 100)
    putOctal(Int64(mode), at: 100, digits: 7)
    putOctal(0, at: 108, digits: 7)
    putOctal(0, at: 116, digits: 7)
    putOctal(size, at: 124, digits: 11)
    putOctal(modificationTime, at: 136, digits: 11)
    put("        ".utf8, at: 148, limit: 8)
    block[156] = type
    put(target.utf8, at: 157, limit: 100)
    put("ustar\u{0}00".utf8, at: 257, limit: 8)
    putOctal(0, at: 329, digits: 7)
    putOctal(0, at: 337, digits: 7)
    put(prefix.utf8, at: 345, limit: 155)
    putOctal(block.reduce(0) { $0 + Int64($1) }, at: 148, digits: 6)
    block[154] = 0
    block[155] = 0x20
    return block
  }
}

extension TarHeader {
  /// As a layer has it before the entry's content.
  init(_ entry: LayerEntry, modificationTime: Int64) {
    switch entry.kind {
    case .file(let size, _, let isExecutable):
      self.init(
        path: entry.path, kind: .file, contentSize: size, mode: isExecutable ? 0o755 : 0o644, target: "",
        modificationTime: modificationTime)
    case .symlink(let target):
      self.init(
        path: entry.path, kind: .symlink, contentSize: 0, mode: 0o777, target: target,
        modificationTime: modificationTime)
    case .directory:
      self.init(
        path: entry.path + "/", kind: .directory, contentSize: 0, mode: 0o755, target: "",
        modificationTime: modificationTime)
    }
  }
}

extension LayerEntry {
  /// Of a file's content, in bytes; 0 for what has none.
  var contentSize: Int64 {
    if case .file(let size, _, _) = kind { size } else { 0 }
  }

  /// What it takes before its content in a tar segment, in bytes.
  var headerSize: Int64 { Int64(TarHeader(self, modificationTime: 0).size) }

  /// What it takes in a tar segment: headers, content and padding.
  var tarSize: Int64 { headerSize + contentSize + Int64(TarHeader.padding(after: contentSize)) }
}
