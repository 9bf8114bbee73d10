/// A thin Mach-O image.
package struct MachOMaker {
  package var cpu = 0x0100_000C
  package var kind = 8
  package var dependencies: [(command: Int, name: String)] = [
    (0xC, "/usr/lib/libSystem.B.dylib"), (0x8000_0018, "@rpath/libweak.dylib"),
  ]
  package var installName: String?
  package var rpaths = ["@loader_path/.dylibs"]
  package var minimum: (platform: Int, version: Int)? = (1, 11 << 16)
  package var legacyMinimum: Int?
  package var isSigned = true

  /// The standard file with changes: `MachOMaker { $0.isSigned = false }`.
  package init(_ change: (inout MachOMaker) -> Void = { _ in }) { change(&self) }

  package func make() -> [UInt8] {
    var commands = ByteBuilder()
    var count = 0
    func named(_ command: Int, _ name: String, headerSize: Int) {
      var body = ByteBuilder()
      body.u32(headerSize)
      body.pad(to: headerSize - 8)
      body.text(name, paddedTo: 8)
      commands.u32(command)
      commands.u32(body.bytes.count + 8)
      commands.bytes += body.bytes
      count += 1
    }
    for (command, name) in dependencies { named(command, name, headerSize: 24) }
    if let installName { named(0xD, installName, headerSize: 24) }
    for rpath in rpaths { named(0x8000_001C, rpath, headerSize: 16) }
    var plain: [[Int]] = []
    if let minimum { plain.append([0x32, 24, minimum.platform, minimum.version, minimum.version, 0]) }
    if let legacyMinimum { plain.append([0x24, 16, legacyMinimum, legacyMinimum]) }
    if isSigned { plain.append([0x1D, 16, 0, 0]) }
    for command in plain {
      for value in command { commands.u32(value) }
      count += 1
    }
    var file = ByteBuilder()
    for value in [0xFEED_FACF, cpu, 0, kind, count, commands.bytes.count, 0, 0] { file.u32(value) }
    return file.bytes + commands.bytes
  }

  package static func fat(_ images: [[UInt8]]) -> [UInt8] {
    var file = ByteBuilder(isBigEndian: true)
    file.u32(0xCAFE_BABE)
    file.u32(images.count)
    var offset = 4096
    for image in images {
      for value in [0, 0, offset, image.count, 12] { file.u32(value) }
      offset += (image.count + 4095) / 4096 * 4096
    }
    for image in images {
      file.pad(to: (file.bytes.count + 4095) / 4096 * 4096)
      file.bytes += image
    }
    return file.bytes
  }
}
