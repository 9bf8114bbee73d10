/// The dynamic segment of an ELF file: found through the program headers, since section headers may be stripped.
struct ELFDynamicSection {
  enum Tag: UInt64 {
    case needed = 1
    case stringTable = 5
    case soname = 14
    case rpath = 15
    case runpath = 29
    case versionDefinitions = 0x6FFF_FFFC
    case versionDefinitionCount = 0x6FFF_FFFD
    case versionNeeds = 0x6FFF_FFFE
    case versionNeedCount = 0x6FFF_FFFF
  }

  /// More names or versions than any real file has; hostile ones stop here.
  private static let mostEntries = 4096

  private let source: ByteSource
  private let segments: [ELFSegment]
  private let order: Fields.ByteOrder
  private var values: [Tag: [UInt64]] = [:]
  private var stringTable: UInt64?

  /// Empty for a file without a dynamic segment: a static program, an object file.
  init(_ source: ByteSource, header: ELFHeader, segments: [ELFSegment]) throws(BinaryError) {
    self.source = source
    self.segments = segments
    order = header.order
    // A separate debug file keeps the program header, but not the segment.
    let segment = segments.first { $0.type == ELFSegment.dynamic && $0.fileSize > 0 }
    guard let segment else { return }
    let width = header.is64Bit ? 8 : 4
    let fields = try source.fields(at: segment.offset, count: segment.fileSize, order)
    for entry in 0..<(fields.bytes.count / (2 * width)) {
      let tag = try fields.word(entry * 2 * width, is64Bit: header.is64Bit)
      if tag == 0 { break }
      guard let known = Tag(rawValue: tag) else { continue }
      values[known, default: []].append(
        try fields.word(entry * 2 * width + width, is64Bit: header.is64Bit))
    }
    if let address = values[.stringTable]?.first {
      stringTable = try segments.offset(ofAddress: address)
    }
  }

  /// The texts of every entry with that tag.
  func strings(_ tag: Tag) throws(BinaryError) -> [String] {
    let offsets = values[tag] ?? []
    guard offsets.count <= Self.mostEntries else {
      throw .tooLarge(what: "list of names", size: UInt64(offsets.count))
    }
    return try offsets.map { offset throws(BinaryError) in try string(offset) }
  }

  /// `Elf64_Verneed` and its `Elf64_Vernaux`, which are the same in 32-bit files.
  func versionNeeds() throws(BinaryError) -> [ELFFile.VersionNeed] {
    var needs: [ELFFile.VersionNeed] = []
    var budget = Self.mostEntries
    try walk(.versionNeeds, count: .versionNeedCount, size: 16, next: 12) {
      (entry, offset) throws(BinaryError) in
      var versions: [String] = []
      var position = offset + UInt64(try entry.u32(8))
      for _ in 0..<(try entry.u16(2)) {
        guard budget > 0 else { throw .tooLarge(what: "version list", size: UInt64(Self.mostEntries)) }
        budget -= 1
        let need = try source.fields(at: position, count: 16, order)
        let isWeak = try need.u16(4) & 2 != 0
        if !isWeak { versions.append(try string(UInt64(try need.u32(8)))) }
        let next = try need.u32(12)
        if next == 0 { break }
        position += UInt64(next)
      }
      let library = try string(UInt64(try entry.u32(4)))
      needs.append(ELFFile.VersionNeed(library: library, versions: versions))
    }
    return needs
  }

  /// The names of the `Elf64_Verdef`, without the one that names the library itself (VER_FLG_BASE).
  func definedVersions() throws(BinaryError) -> [String] {
    var versions: [String] = []
    try walk(.versionDefinitions, count: .versionDefinitionCount, size: 20, next: 16) {
      (entry, offset) throws(BinaryError) in
      guard try entry.u16(2) & 1 == 0 else { return }
      let name = try source.fields(at: offset + UInt64(try entry.u32(12)), count: 8, order)
      versions.append(try string(UInt64(try name.u32(0))))
    }
    return versions
  }

  /// Goes along a chain of entries of `size` bytes, each with the distance to the next at `next`; the chain's
  /// declared length bounds it, so that one which leads into itself ends as well.
  private func walk(
    _ start: Tag, count: Tag, size: UInt64, next: Int,
    _ visit: (Fields, _ offset: UInt64) throws(BinaryError) -> Void
  ) throws(BinaryError) {
    guard let address = values[start]?.first, let count = values[count]?.first else { return }
    guard count <= Self.mostEntries else { throw .tooLarge(what: "version list", size: count) }
    var offset = try segments.offset(ofAddress: address)
    for _ in 0..<count {
      let entry = try source.fields(at: offset, count: size, order)
      try visit(entry, offset)
      let distance = try entry.u32(next)
      if distance == 0 { return }
      offset += UInt64(distance)
    }
  }

  private func string(_ offset: UInt64) throws(BinaryError) -> String {
    guard let stringTable else { throw .malformed(format: "ELF", reason: "no string table") }
    let (position, overflow) = stringTable.addingReportingOverflow(offset)
    guard !overflow else { throw .malformed(format: "ELF", reason: "text at \(offset)") }
    return try source.string(at: position)
  }
}
