/// What dyld reads of one processor's part of a Mach-O file: `<mach-o/loader.h>`.
package struct MachOImage: Hashable, Sendable, Codable {
  package enum Kind: String, Sendable, Codable {
    case object
    case executable
    case dynamicLibrary
    /// An extension module or another plug-in (MH_BUNDLE).
    case bundle
    case other
  }

  /// A library that the image loads.
  package struct Dependency: Hashable, Sendable, Codable {
    package let name: String
    /// A weak one may be missing when the image is loaded.
    package let isWeak: Bool
  }

  /// An operating system version, as `11.0.0`.
  package struct SystemVersion: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let patch: Int

    /// From the packed form `xxxx.yy.zz`.
    init(packed: UInt32) {
      (major, minor, patch) = (Int(packed >> 16), Int(packed >> 8 & 0xFF), Int(packed & 0xFF))
    }

    package var description: String { patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)" }

    package static func < (left: Self, right: Self) -> Bool {
      (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
  }

  package let machine: Machine
  package let kind: Kind
  /// The library's own name (LC_ID_DYLIB).
  package private(set) var installName: String?
  /// Plain, weak, re-exported, lazy and upward ones, in order.
  package private(set) var dependencies: [Dependency] = []
  /// LC_RPATH, in order.
  package private(set) var rpaths: [String] = []
  /// `macOS`, `iOS`, …; nil where no command says so.
  package private(set) var platform: String?
  /// The oldest system that the image says it runs on.
  package private(set) var minimumSystem: SystemVersion?
  /// Whether there is a signature, if only an ad-hoc one; arm64 macOS loads nothing without.
  package private(set) var isSigned = false

  init(_ source: ByteSource) throws(BinaryError) {
    let magic = try source.bytes(at: 0, count: 4)
    let order: Fields.ByteOrder = magic[0] == 0xFE ? .big : .little
    let is64Bit = magic.contains(0xCF)
    let headerSize: UInt64 = is64Bit ? 32 : 28
    let header = try source.fields(at: 0, count: headerSize, order)
    machine = Machine(machO: try header.u32(4))
    kind =
      switch try header.u32(12) {
      case 1: .object
      case 2: .executable
      case 6: .dynamicLibrary
      case 8: .bundle
      default: .other
      }
    let commands = try source.fields(at: headerSize, count: UInt64(try header.u32(20)), order)
    var start = 0
    for _ in 0..<(try header.u32(16)) {
      let size = Int(try commands.u32(start + 4))
      guard size >= 8, size <= commands.bytes.count - start else {
        throw .malformed(format: "Mach-O", reason: "load command of \(size) bytes")
      }
      let bytes = Array(commands.bytes[start..<(start + size)])
      try read(try commands.u32(start), Fields(bytes: bytes, order: order))
      start += size
    }
  }

  private mutating func read(_ command: UInt32, _ fields: Fields) throws(BinaryError) {
    switch command {
    case 0xC, 0x20, 0x8000_001F, 0x8000_0023:
      dependencies.append(Dependency(name: try Self.text(fields), isWeak: false))
    case 0x8000_0018: dependencies.append(Dependency(name: try Self.text(fields), isWeak: true))
    case 0xD: installName = try Self.text(fields)
    case 0x8000_001C: rpaths.append(try Self.text(fields))
    case 0x24: setSystem(1, version: try fields.u32(8))
    case 0x25: setSystem(2, version: try fields.u32(8))
    case 0x2F: setSystem(3, version: try fields.u32(8))
    case 0x30: setSystem(4, version: try fields.u32(8))
    case 0x32: setSystem(try fields.u32(8), version: try fields.u32(12))
    case 0x1D: isSigned = true
    default: break
    }
  }

  /// The system of a `PLATFORM_` number; a zippered image names Mac Catalyst beside macOS, which is what counts.
  private mutating func setSystem(_ number: UInt32, version: UInt32) {
    let names: [UInt32: String] = [
      1: "macOS", 2: "iOS", 3: "tvOS", 4: "watchOS", 6: "Mac Catalyst", 7: "iOS Simulator", 10: "DriverKit",
      11: "visionOS",
    ]
    guard platform != "macOS" else { return }
    platform = names[number] ?? "Mach-O platform \(number)"
    minimumSystem = SystemVersion(packed: version)
  }

  /// The text of a command whose third word is the text's offset in it.
  private static func text(_ fields: Fields) throws(BinaryError) -> String {
    let offset = Int(try fields.u32(8))
    guard offset <= fields.bytes.count else {
      throw .malformed(format: "Mach-O", reason: "name at byte \(offset) of its load command")
    }
    return String(decoding: fields.bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
  }
}

extension MachOImage {
  /// The images of a universal file; nil for a Java class, which begins with the same four bytes.
  static func images(ofFat source: ByteSource) throws(BinaryError) -> [MachOImage]? {
    guard source.size >= 8 else { return nil }
    let start = try source.fields(at: 0, count: 8, .big)
    let count = try start.u32(4)
    // A class file has its version here, 45 at least; no universal file has this many processors.
    guard count < 30 else { return nil }
    let is64Bit = try start.u32(0) == 0xCAFE_BABF
    let size: UInt64 = is64Bit ? 32 : 20
    let table = try source.fields(at: 8, count: UInt64(count) * size, .big)
    var images: [MachOImage] = []
    for index in 0..<Int(count) {
      let entry = index * Int(size)
      let part = try source.part(
        at: try table.word(entry + 8, is64Bit: is64Bit),
        count: try table.word(entry + (is64Bit ? 16 : 12), is64Bit: is64Bit))
      // A static library may be universal as well: its parts are archives.
      let magic = try part.bytes(at: 0, count: 4)
      if magic == Array("!<ar".utf8) { return nil }
      guard magic[0] == 0xFE || magic[3] == 0xFE else {
        throw .malformed(format: "Mach-O", reason: "part \(index + 1) of \(count) is no Mach-O image")
      }
      images.append(try MachOImage(part))
    }
    return images
  }
}
