/// The data directories of a PE file, and the sections that hold them.
struct PEDirectories {
  private struct Section {
    let address: UInt32
    let size: UInt32
    let offset: UInt32
  }

  /// More DLLs than any real file imports; hostile ones stop here.
  private static let mostImports = 4096

  private let source: ByteSource
  private let sections: [Section]
  private let addresses: [UInt32]
  private let imageBase: UInt64

  init(
    _ source: ByteSource, optional: Fields, sections start: UInt64, sectionCount: UInt16
  ) throws(BinaryError) {
    self.source = source
    let isPE32Plus: Bool
    switch try optional.u16(0) {
    case 0x10B: isPE32Plus = false
    case 0x20B: isPE32Plus = true
    case let magic: throw .malformed(format: "PE", reason: "optional header of kind \(magic)")
    }
    imageBase = isPE32Plus ? try optional.u64(24) : UInt64(try optional.u32(28))
    let first = isPE32Plus ? 112 : 96
    let count = min(16, Int(try optional.u32(first - 4)))
    addresses = try (0..<count).map { index throws(BinaryError) in try optional.u32(first + index * 8) }
    let table = try source.fields(at: start, count: UInt64(sectionCount) * 40, .little)
    sections = try (0..<Int(sectionCount)).map { index throws(BinaryError) in
      Section(
        address: try table.u32(index * 40 + 12), size: try table.u32(index * 40 + 16),
        offset: try table.u32(index * 40 + 20))
    }
  }

  /// The relative virtual address of a directory; nil where the file has none.
  func address(_ directory: Int) -> UInt32? {
    guard addresses.indices.contains(directory), addresses[directory] != 0 else { return nil }
    return addresses[directory]
  }

  /// `IMAGE_IMPORT_DESCRIPTOR`, up to the one that is all zero.
  func imports() throws(BinaryError) -> [String] {
    try names(directory: 1, size: 20) { entry throws(BinaryError) in try entry.u32(12) }
  }

  /// `IMAGE_DELAYLOAD_DESCRIPTOR`; the oldest form has absolute addresses.
  func delayedImports() throws(BinaryError) -> [String] {
    try names(directory: 13, size: 32) { entry throws(BinaryError) in
      let name = try entry.u32(4)
      let isRelative = try entry.u32(0) & 1 == 1
      if isRelative || name == 0 { return name }
      guard UInt64(name) > imageBase else { throw .malformed(format: "PE", reason: "delayed import") }
      return name - UInt32(truncatingIfNeeded: imageBase)
    }
  }

  private func names(
    directory: Int, size: UInt64, _ name: (Fields) throws(BinaryError) -> UInt32
  ) throws(BinaryError) -> [String] {
    guard let address = address(directory) else { return [] }
    var names: [String] = []
    var offset = try self.offset(of: address)
    while names.count < Self.mostImports {
      let address = try name(try source.fields(at: offset, count: size, .little))
      if address == 0 { return names }
      names.append(try source.string(at: try self.offset(of: address)))
      offset += size
    }
    throw .tooLarge(what: "import list", size: UInt64(names.count))
  }

  private func offset(of address: UInt32) throws(BinaryError) -> UInt64 {
    for section in sections where address >= section.address && address - section.address < section.size {
      return UInt64(section.offset) + UInt64(address - section.address)
    }
    throw .malformed(format: "PE", reason: "no section holds address \(address)")
  }
}
