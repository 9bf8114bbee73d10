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
  let size: Int64
  let mode: UInt16
  let target: String
  let modificationTime: Int64

  /// One or three blocks, or more for very long names.
  var bytes: [UInt8] {
    var records: [UInt8] = []
    let split = Self.split(path)
    let isTargetPlain = target.utf8.count <= 100 && target.utf8.allSatisfy { $0 < 0x80 }
    if split == nil { records += Self.record("path", path) }
    if !isTargetPlain { records += Self.record("linkpath", target) }
    if size >= 1 << 33 { records += Self.record("size", String(size)) }
    var blocks: [UInt8] = []
    if !records.isEmpty {
      blocks += block(
        name: "PaxHeaders/entry", prefix: "", type: 0x78, size: Int64(records.count), mode: 0o644)
      blocks += records
      blocks += [UInt8](repeating: 0, count: Self.padding(after: Int64(records.count)))
    }
    let (prefix, name) = split ?? ("", path)
    return blocks
      + block(
        name: name, prefix: prefix, type: kind.rawValue, size: size < 1 << 33 ? size : 0, mode: mode,
        target: isTargetPlain ? target : "")
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
      let text = String(value, radix: 8)
      put(
        (String(repeating: "0", count: max(0, digits - text.utf8.count)) + text).utf8, at: offset,
        limit: digits)
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
