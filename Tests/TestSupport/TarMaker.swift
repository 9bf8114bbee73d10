/// Makes plain ustar archives, honest and hostile; names have at most 100 bytes, nothing else is checked.
package struct TarMaker {
  private var body: [UInt8] = []

  package init() {}

  package mutating func addFile(_ path: String, _ content: String, mode: UInt16 = 0o644) {
    addFile(path, Array(content.utf8), mode: mode)
  }

  package mutating func addFile(_ path: String, _ content: [UInt8], mode: UInt16 = 0o644) {
    add(path, type: "0", content: content, mode: mode)
  }

  package mutating func addDirectory(_ path: String) { add(path + "/", type: "5", mode: 0o755) }

  package mutating func addSymlink(_ path: String, target: String) {
    add(path, type: "2", target: target, mode: 0o777)
  }

  package mutating func addHardlink(_ path: String, target: String) {
    add(path, type: "1", target: target, mode: 0o644)
  }

  /// Adds any entry; `declaredSize` is what the header says instead of the content's size.
  package mutating func add(
    _ path: String, type: Character, target: String = "", content: [UInt8] = [], mode: UInt16,
    declaredSize: Int64? = nil
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.prefix(100).enumerated() { header[offset + index] = byte }
    }
    func octal(_ value: Int64, digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(path, at: 0)
    put(octal(Int64(mode), digits: 7), at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(declaredSize ?? Int64(content.count), digits: 11), at: 124)
    put("00000000000", at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put(target, at: 157)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(header.reduce(0) { $0 + Int64($1) }, digits: 6) + "\u{0} ", at: 148)
    body += header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// The whole archive, with its end.
  package var bytes: [UInt8] { body + [UInt8](repeating: 0, count: 1024) }

  /// A Debian package whose data are this archive.
  package var debianPackage: [UInt8] {
    func member(_ name: String, _ content: [UInt8]) -> [UInt8] {
      func field(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: width - text.count)
      }
      let header =
        field(name, 16) + field("0", 12) + field("0", 6) + field("0", 6) + field("100644", 8)
        + field("\(content.count)", 10) + "`\n"
      return Array(header.utf8) + content + (content.count % 2 == 0 ? [] : [0x0a])
    }
    return Array("!<arch>\n".utf8) + member("debian-binary", Array("2.0\n".utf8))
      + member("control.tar", TarMaker().bytes) + member("data.tar", bytes)
  }
}
