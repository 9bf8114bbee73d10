/// What the dynamic linker reads of an ELF file: `elf(5)`, and the symbol versions of the
/// [LSB](https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html).
package struct ELFFile: Hashable, Sendable, Codable {
  package enum Kind: String, Sendable, Codable {
    case relocatable
    case executable
    /// A shared library, an extension module, or a position-independent executable.
    case shared
    case other
  }

  /// The versions that a file needs of one library, as `libc.so.6` and `["GLIBC_2.17"]`.
  package struct VersionNeed: Hashable, Sendable, Codable {
    package let library: String
    package let versions: [String]
  }

  package let machine: Machine
  package let is64Bit: Bool
  package let isLittleEndian: Bool
  package let kind: Kind
  /// The dynamic linker that the kernel starts (PT_INTERP); nil for libraries and static programs.
  package let interpreter: String?
  /// The library's own name (DT_SONAME).
  package let soname: String?
  /// DT_NEEDED, in order.
  package let needed: [String]
  /// DT_RPATH, split at the colons; not used by the linker where there is a runpath.
  package let rpath: [String]
  /// DT_RUNPATH, split at the colons.
  package let runpath: [String]
  /// Without those that are marked weak: the linker does not insist on them.
  package let versionNeeds: [VersionNeed]
  /// The versions that the library offers, without its own name.
  package let definedVersions: [String]

  init(_ source: ByteSource) throws(BinaryError) {
    let header = try ELFHeader(source)
    let segments = try header.segments(in: source)
    let dynamic = try ELFDynamicSection(source, header: header, segments: segments)
    machine = Machine(elf: header.machine)
    is64Bit = header.is64Bit
    isLittleEndian = header.order == .little
    kind = header.kind
    interpreter = try segments.first { $0.type == ELFSegment.interpreter }
      .map { segment throws(BinaryError) in try source.string(at: segment.offset) }
    soname = try dynamic.strings(.soname).first
    needed = try dynamic.strings(.needed)
    rpath = try dynamic.strings(.rpath).flatMap(Self.directories)
    runpath = try dynamic.strings(.runpath).flatMap(Self.directories)
    versionNeeds = try dynamic.versionNeeds()
    definedVersions = try dynamic.definedVersions()
  }

  private static func directories(_ list: String) -> [String] {
    list.split(separator: ":").map { String($0) }
  }
}

extension ELFFile {
  /// The highest version of one family that the file needs: `highestVersion("GLIBC")` is `2.17` for `GLIBC_2.17`.
  package func highestVersion(_ family: String) -> SymbolVersion? {
    versionNeeds.flatMap(\.versions).compactMap { SymbolVersion($0, of: family) }.max()
  }

  /// The highest version of one family that the library offers.
  package func highestDefinedVersion(_ family: String) -> SymbolVersion? {
    definedVersions.compactMap { SymbolVersion($0, of: family) }.max()
  }

  /// Where the linker looks for what the file needs before it looks in the system's places.
  package var searchPath: [String] { runpath.isEmpty ? rpath : runpath }
}
