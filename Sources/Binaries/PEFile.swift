/// What the Windows loader reads of a PE file:
/// [PE format](https://learn.microsoft.com/windows/win32/debug/pe-format).
package struct PEFile: Hashable, Sendable, Codable {
  package enum Subsystem: String, Sendable, Codable {
    case windows
    case console
    case other
  }

  package let machine: Machine
  package let isDLL: Bool
  package let subsystem: Subsystem
  /// Whether it is .NET code, which says i386 and runs anywhere.
  package let isManaged: Bool
  /// The DLLs that must be there when the file is loaded, in order, as the file spells them.
  package let imports: [String]
  /// The DLLs that are looked for when first called.
  package let delayedImports: [String]

  /// Nil for a file that only begins with `MZ`: a DOS program, or a text.
  init?(_ source: ByteSource) throws(BinaryError) {
    guard source.size >= 64 else { return nil }
    let start = UInt64(try source.fields(at: 0, count: 64, .little).u32(60))
    guard start < source.size, source.size - start >= 24 else { return nil }
    let header = try source.fields(at: start, count: 24, .little)
    guard try header.u32(0) == 0x0000_4550 else { return nil }
    machine = Machine(pe: try header.u16(4))
    isDLL = try header.u16(22) & 0x2000 != 0
    let optionalSize = UInt64(try header.u16(20))
    let optional = try source.fields(at: start + 24, count: optionalSize, .little)
    guard optionalSize >= 2 else { throw .malformed(format: "PE", reason: "no optional header") }
    let directories = try PEDirectories(
      source, optional: optional, sections: start + 24 + optionalSize, sectionCount: try header.u16(6))
    subsystem =
      switch try optional.u16(68) {
      case 2: .windows
      case 3: .console
      default: .other
      }
    isManaged = directories.address(14) != nil
    imports = try directories.imports()
    delayedImports = try directories.delayedImports()
  }
}
