/// Makes zip archives, honest and hostile, with stored members only.
///
/// Nothing is checked: names are written as given, absolute, twice or not UTF-8.
package struct ZipMaker {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  /// A zip with these files, in this order.
  package static func zip(_ files: [(path: String, content: [UInt8])]) -> [UInt8] {
    var maker = ZipMaker()
    for file in files { maker.addFile(file.path, file.content) }
    return maker.bytes
  }

  package mutating func addFile(_ path: String, _ content: [UInt8], mode: UInt16 = 0o644) {
    add(name: Array(path.utf8), content: content, mode: 0o100000 | mode)
  }

  package mutating func addFile(_ path: String, _ content: String, mode: UInt16 = 0o644) {
    addFile(path, Array(content.utf8), mode: mode)
  }

  package mutating func addDirectory(_ path: String) {
    add(name: Array((path + "/").utf8), content: [], mode: 0o40755)
  }

  package mutating func addSymlink(_ path: String, target: String) {
    add(name: Array(path.utf8), content: Array(target.utf8), mode: 0o120777)
  }

  /// Adds any member: `mode` is with the file type, as stat(2) has it; `declaredSize` and `checksum` are what the
  /// headers say instead of the truth.
  package mutating func add(
    name: [UInt8], content: [UInt8], mode: UInt16, declaredSize: UInt32? = nil, checksum: UInt32? = nil
  ) {
    let offset = UInt32(body.count)
    var common: [UInt8] = []
    // The version needed 2.0, the flag for UTF-8 names, stored, 1980-01-01 00:00.
    for value: UInt16 in [20, 0x0800, 0, 0, 0x21] { common.append(littleEndian: value) }
    common.append(littleEndian: checksum ?? CRC32.checksum(content))
    common.append(littleEndian: declaredSize ?? UInt32(content.count))
    common.append(littleEndian: declaredSize ?? UInt32(content.count))
    common.append(littleEndian: UInt16(name.count))
    common.append(littleEndian: UInt16(0))
    body += [0x50, 0x4b, 0x03, 0x04] + common + name + content
    // Made by Unix, so that the upper half of the attributes is the mode.
    directory += [0x50, 0x4b, 0x01, 0x02, 20, 3] + common
    for value: UInt16 in [0, 0, 0] { directory.append(littleEndian: value) }
    directory.append(littleEndian: UInt32(mode) << 16)
    directory.append(littleEndian: offset)
    directory += name
    count += 1
  }

  /// The whole archive.
  package var bytes: [UInt8] {
    var end: [UInt8] = [0x50, 0x4b, 0x05, 0x06, 0, 0, 0, 0]
    end.append(littleEndian: UInt16(count))
    end.append(littleEndian: UInt16(count))
    end.append(littleEndian: UInt32(directory.count))
    end.append(littleEndian: UInt32(body.count))
    end += [0, 0]
    return body + directory + end
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
