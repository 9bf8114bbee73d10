/// An ELF library without section headers, mapped at an address that is not its offset.
package struct ELFMaker {
  package var machine = 62
  package var is64Bit = true
  package var isBigEndian = false
  package var interpreter: String?
  package var needed = ["libc.so.6", "libm.so.6"]
  package var soname: String? = "libx.so.1"
  package var runpath: String? = "$ORIGIN/../lib:$ORIGIN"
  package var versions = ["GLIBC_2.2.5", "GLIBC_2.17", "GLIBC_PRIVATE"]
  package var weakVersion: String? = "GLIBC_2.99"
  package var definedVersions: [String] = []

  static let base = 0x10000

  /// The standard file with changes: `ELFMaker { $0.machine = 183 }`.
  package init(_ change: (inout ELFMaker) -> Void = { _ in }) { change(&self) }

  package func make() -> [UInt8] {
    var strings = ByteBuilder(bytes: [0])
    func string(_ text: String) -> Int {
      let offset = strings.bytes.count
      strings.text(text)
      return offset
    }
    let headerSize = is64Bit ? 64 : 52
    let (segmentSize, segmentCount) = (is64Bit ? 56 : 32, interpreter == nil ? 2 : 3)
    let needsOffset = headerSize + segmentSize * segmentCount
    let needs = versionNeeds(string)
    let definitions = versionDefinitions(string)
    let definitionsOffset = needsOffset + needs.count
    let dynamicOffset = definitionsOffset + definitions.count
    var dynamic: [(Int, Int)] = needed.map { (1, string($0)) }
    if let soname { dynamic.append((14, string(soname))) }
    if let runpath { dynamic.append((29, string(runpath))) }
    let entryCount = dynamic.count + 6
    let stringOffset = dynamicOffset + entryCount * (is64Bit ? 16 : 8)
    dynamic += [
      (5, Self.base + stringOffset), (0x6FFF_FFFE, Self.base + needsOffset), (0x6FFF_FFFF, 1),
      (0x6FFF_FFFC, Self.base + definitionsOffset), (0x6FFF_FFFD, definedVersions.count), (0, 0),
    ]
    let interpreterOffset = interpreter.map { string($0) + stringOffset }

    var file = ByteBuilder(isBigEndian: isBigEndian)
    header(&file, segmentCount: segmentCount)
    let size = stringOffset + strings.bytes.count
    segment(&file, type: 1, offset: 0, size: size)
    segment(&file, type: 2, offset: dynamicOffset, size: entryCount * (is64Bit ? 16 : 8))
    if let interpreterOffset { segment(&file, type: 3, offset: interpreterOffset, size: 1) }
    file.bytes += needs + definitions
    for (tag, value) in dynamic {
      word(&file, tag)
      word(&file, value)
    }
    return file.bytes + strings.bytes
  }

  private func word(_ file: inout ByteBuilder, _ value: Int) { is64Bit ? file.u64(value) : file.u32(value) }

  private func header(_ file: inout ByteBuilder, segmentCount: Int) {
    file.bytes =
      [0x7F, 0x45, 0x4C, 0x46, is64Bit ? 2 : 1, isBigEndian ? 2 : 1, 1] + Array(repeating: 0, count: 9)
    file.u16(3)
    file.u16(machine)
    file.u32(1)
    word(&file, 0)
    word(&file, is64Bit ? 64 : 52)
    word(&file, 0)
    file.u32(0)
    for value in [is64Bit ? 64 : 52, is64Bit ? 56 : 32, segmentCount, 0, 0, 0] { file.u16(value) }
  }

  private func segment(_ file: inout ByteBuilder, type: Int, offset: Int, size: Int) {
    file.u32(type)
    if is64Bit { file.u32(4) }
    for value in [offset, Self.base + offset, 0, size, size] { word(&file, value) }
    if !is64Bit { file.u32(4) }
    word(&file, 1)
  }

  private func versionDefinitions(_ string: (String) -> Int) -> [UInt8] {
    var table = ByteBuilder(isBigEndian: isBigEndian)
    for (index, name) in definedVersions.enumerated() {
      for value in [1, 0, index + 1, 1] { table.u16(value) }
      for value in [0, 20, index == definedVersions.count - 1 ? 0 : 28, string(name), 0] { table.u32(value) }
    }
    return table.bytes
  }

  private func versionNeeds(_ string: (String) -> Int) -> [UInt8] {
    var table = ByteBuilder(isBigEndian: isBigEndian)
    let all = versions.map { ($0, 0) } + (weakVersion.map { [($0, 2)] } ?? [])
    table.u16(1)
    table.u16(all.count)
    table.u32(string("libc.so.6"))
    table.u32(16)
    table.u32(0)
    for (index, (name, flags)) in all.enumerated() {
      table.u32(0)
      table.u16(flags)
      table.u16(index + 2)
      table.u32(string(name))
      table.u32(index == all.count - 1 ? 0 : 16)
    }
    return table.bytes
  }
}
