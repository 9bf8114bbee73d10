import Model
package import SystemPackage

/// What a native file asks of the system that loads it, read from its headers without running it.
///
/// ```swift
/// if case .elf(let file) = try NativeFile.inspect("/bin/ls") { print(file.needed, file.highestVersion("GLIBC")) }
/// ```
package enum NativeFile: Hashable, Sendable, Codable {
  case elf(ELFFile)
  /// One image for each processor, in the file's order; a thin file has one.
  case machO([MachOImage])
  case pe(PEFile)

  /// Reads a file's headers; nil for what is no ELF, Mach-O or PE file, be it a directory or a device.
  ///
  /// Only headers are read, a few kilobytes whatever the size.
  /// - Throws: `BinaryError` for a file that begins as a native one and is not; `FileError` if it cannot be read.
  package static func inspect(_ path: FilePath) throws -> NativeFile? {
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
      return try file.closeAfter { try inspect(file) }
    } catch let error as Errno {
      throw FileError(verb: "read", path: path, cause: error)
    }
  }

  /// The same for an open file, which stays open.
  package static func inspect(_ file: FileDescriptor) throws -> NativeFile? {
    try inspect(ByteSource(file))
  }

  /// The same for a file's bytes.
  package static func inspect(bytes: [UInt8]) throws(BinaryError) -> NativeFile? {
    try inspect(ByteSource(bytes))
  }

  /// Whether a file that begins with these bytes may be a native one; four bytes suffice.
  package static func mayBegin(with bytes: some Sequence<UInt8>) -> Bool {
    magic(of: Array(bytes.prefix(4))) != nil
  }

  private enum Magic {
    case elf
    case machO
    case fat
    case pe
  }

  private static func magic(of start: [UInt8]) -> Magic? {
    if start.starts(with: [0x4D, 0x5A]) { return .pe }
    switch start {
    case [0x7F, 0x45, 0x4C, 0x46]: return .elf
    case [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE],
      [0xCF, 0xFA, 0xED, 0xFE]:
      return .machO
    case [0xCA, 0xFE, 0xBA, 0xBE], [0xCA, 0xFE, 0xBA, 0xBF]: return .fat
    default: return nil
    }
  }

  private static func inspect(_ source: ByteSource) throws(BinaryError) -> NativeFile? {
    guard source.size >= 4 else { return nil }
    switch magic(of: try source.bytes(at: 0, count: 4)) {
    case .elf: return .elf(try ELFFile(source))
    case .machO: return .machO([try MachOImage(source)])
    case .fat: return try MachOImage.images(ofFat: source).map { .machO($0) }
    case .pe: return try PEFile(source).map { .pe($0) }
    case nil: return nil
    }
  }
}
