import Artifacts
import Layers
import Model

/// Writes a wheel's files into a layer, checks them as they pass, and keeps the list for RECORD.
struct WheelInstaller {
  let wheel: String
  let scheme: InstallScheme
  let launchers: Launchers
  let writer: LayerWriter
  private var record: [RecordEntry] = []

  init(wheel: String, scheme: InstallScheme, launchers: Launchers, writer: LayerWriter) {
    self.wheel = wheel
    self.scheme = scheme
    self.launchers = launchers
    self.writer = writer
  }

  /// Copies the reader's current entry.
  ///
  /// - Throws: `WheelError.wrongDigest` or `.wrongSize` when the content is not what RECORD says.
  mutating func copy(_ copy: InstallPlan.Copy, from reader: ArchiveReader) throws {
    let member = copy.member
    guard !copy.isScript else { return try install(script: copy, from: reader) }
    var size: Int64 = 0
    let digest = try writer.addFile(copy.path, size: member.size, executable: copy.isExecutable) { write in
      try reader.read { bytes in
        size += Int64(bytes.count)
        if size > member.size { throw wrongSize(member, actual: size) }
        try write(bytes)
      }
      if size < member.size { throw wrongSize(member, actual: size) }
    }
    try check(digest, of: member)
    note(copy.path, digest, size)
  }

  private mutating func install(script copy: InstallPlan.Copy, from reader: ArchiveReader) throws {
    let source = try reader.readAll(limit: 64 << 20)
    guard source.count == copy.member.size else { throw wrongSize(copy.member, actual: Int64(source.count)) }
    try check(.sha256(of: source), of: copy.member)
    try add(
      InstallPlan.Addition(
        path: copy.path, bytes: launchers.launcher(forScript: source, wheel: wheel), isExecutable: true))
  }

  mutating func add(_ file: InstallPlan.Addition) throws {
    let digest = try writer.addFile(file.path, bytes: file.bytes, executable: file.isExecutable)
    note(file.path, digest, Int64(file.bytes.count))
  }

  /// Writes the installed distribution's own RECORD: paths from site-packages, sorted, itself without a hash.
  func writeRecord(at path: String) throws {
    let own = RecordEntry(path: scheme.recordPath(of: path), digest: nil, size: nil)
    try writer.addFile(path, bytes: Array(Record(record + [own]).description.utf8))
  }

  private mutating func note(_ path: String, _ digest: Digest, _ size: Int64) {
    record.append(RecordEntry(path: scheme.recordPath(of: path), digest: digest, size: size))
  }

  private func check(_ digest: Digest, of member: WheelContents.Member) throws {
    guard let recorded = member.digest, recorded != digest else { return }
    throw WheelError.wrongDigest(wheel: wheel, file: member.path, recorded: recorded, actual: digest)
  }

  private func wrongSize(_ member: WheelContents.Member, actual: Int64) -> WheelError {
    .wrongSize(wheel: wheel, file: member.path, recorded: member.size, actual: actual)
  }
}
