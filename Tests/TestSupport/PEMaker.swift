/// A PE file with one section that holds its import tables.
package struct PEMaker {
  package var machine = 0x8664
  package var isPE32Plus = true
  package var isDLL = true
  package var imports = ["KERNEL32.dll", "python313.dll"]
  package var delayed = ["USER32.dll"]

  private static let sectionAddress = 0x1000
  private static let sectionOffset = 0x400

  /// The standard file with changes: `PEMaker { $0.isDLL = false }`.
  package init(_ change: (inout PEMaker) -> Void = { _ in }) { change(&self) }

  package func make() -> [UInt8] {
    var section = ByteBuilder()
    let delayedStart = (imports.count + 1) * 20
    var nameStart = delayedStart + (delayed.count + 1) * 32
    var names = ByteBuilder()
    func name(_ text: String) -> Int {
      defer { nameStart += text.utf8.count + 1 }
      names.text(text)
      return Self.sectionAddress + nameStart
    }
    for value in imports { for field in [1, 0, 0, name(value), 1] { section.u32(field) } }
    section.pad(to: delayedStart)
    for value in delayed { for field in [1, name(value), 0, 0, 0, 0, 0, 0] { section.u32(field) } }
    section.pad(to: delayedStart + (delayed.count + 1) * 32)
    section.bytes += names.bytes

    var file = ByteBuilder(bytes: [0x4D, 0x5A])
    file.pad(to: 60)
    file.u32(0x80)
    file.pad(to: 0x80)
    file.bytes += [0x50, 0x45, 0, 0]
    let optionalSize = (isPE32Plus ? 112 : 96) + 128
    file.u16(machine)
    file.u16(1)
    for _ in 0..<3 { file.u32(0) }
    file.u16(optionalSize)
    file.u16(isDLL ? 0x2022 : 0x22)
    optionalHeader(&file, delayedStart: delayedStart)
    file.bytes += Array(".rdata".utf8) + [0, 0]
    let size = section.bytes.count
    for value in [size, Self.sectionAddress, size, Self.sectionOffset, 0, 0, 0, 0] { file.u32(value) }
    file.pad(to: Self.sectionOffset)
    return file.bytes + section.bytes
  }

  private func optionalHeader(_ file: inout ByteBuilder, delayedStart: Int) {
    let start = file.bytes.count
    file.u16(isPE32Plus ? 0x20B : 0x10B)
    file.pad(to: start + 68)
    file.u16(3)
    file.pad(to: start + (isPE32Plus ? 108 : 92))
    file.u32(16)
    for index in 0..<16 {
      let address = [1: Self.sectionAddress, 13: Self.sectionAddress + delayedStart][index] ?? 0
      file.u32(address)
      file.u32(address == 0 ? 0 : 20)
    }
  }
}
