import Layers
import Model

/// The first look at a wheel: its files' names, sizes and modes, and the texts of its metadata.
struct WheelSurvey {
  struct File {
    let path: String
    /// As the archive declares it.
    let size: Int64
    let isExecutable: Bool
    let isPythonScript: Bool
  }

  let fileName: WheelFileName
  private(set) var files: [File] = []
  /// The metadata files by their paths.
  private(set) var texts: [String: String] = [:]

  private static let metadataNames: Set<Substring> = [
    "WHEEL", "METADATA", "RECORD", "entry_points.txt", "top_level.txt",
  ]

  /// The longest metadata file, in bytes; the RECORD of a wheel with 100,000 files has 15 MB.
  private static let longestText = 64 << 20

  init(
    _ reader: ArchiveReader, fileName: WheelFileName, onWindows: Bool, cancellation: Cancellation
  ) throws {
    self.fileName = fileName
    while let entry = try reader.next() {
      try cancellation.check()
      try add(entry, reader, onWindows: onWindows)
    }
  }

  private mutating func add(_ entry: ArchiveEntry, _ reader: ArchiveReader, onWindows: Bool) throws {
    let isDirectory = entry.kind == .directory
    let path = isDirectory && entry.path.hasSuffix("/") ? String(entry.path.dropLast()) : entry.path
    if let reason = objection(toPath: path, onWindows: onWindows) {
      throw WheelError.unsafePath(wheel: fileName.text, file: path, reason: reason)
    }
    switch entry.kind {
    case .directory: return
    case .symlink: throw WheelError.notAFile(wheel: fileName.text, file: path, kind: "symbolic link")
    case .hardlink: throw WheelError.notAFile(wheel: fileName.text, file: path, kind: "hard link")
    case .file: break
    }
    let parts = path.split(separator: "/")
    if parts.count == 2, parts[0].hasSuffix(".dist-info"), Self.metadataNames.contains(parts[1]) {
      let text = String(decoding: try reader.readAll(limit: Self.longestText), as: UTF8.self)
      guard texts.updateValue(text, forKey: path) == nil else {
        throw WheelError.collision(wheel: fileName.text, file: path, other: path)
      }
    }
    let isScript = parts.count > 2 && parts[0].hasSuffix(".data") && parts[1] == "scripts"
    let isPythonScript = isScript ? try Self.beginsLikeScript(reader) : false
    guard let size = entry.size else {
      throw WheelError.unreadable(wheel: fileName.text, reason: "it does not say how long '\(path)' is")
    }
    files.append(
      File(path: path, size: size, isExecutable: entry.isExecutable, isPythonScript: isPythonScript))
  }

  /// Whether the current entry begins with `#!python`, as scripts do that are to get the environment's Python.
  private static func beginsLikeScript(_ reader: ArchiveReader) throws -> Bool {
    let marker = Array("#!python".utf8)
    var head: [UInt8] = []
    do {
      try reader.read { bytes in
        head += bytes.prefix(marker.count - head.count)
        if head.count == marker.count { throw EnoughRead() }
      }
    } catch is EnoughRead {}
    return head == marker
  }
}

/// Ends the reading of an entry of which the rest is not needed.
private struct EnoughRead: Error {}

extension WheelSurvey {
  /// The files with what RECORD says of them; each must be in both, with the same size, and with a hash.
  ///
  /// RECORD itself and its signatures need not be listed; byte code needs no hash (PEP 376).
  func members(checkedBy record: Record, distInfo: String) throws(WheelError) -> [WheelContents.Member] {
    let wheel = fileName.text
    let exempt = Set(["RECORD", "RECORD.jws", "RECORD.p7s"].map { "\(distInfo)/\($0)" })
    var unseen = Dictionary(record.entries.map { ($0.path, $0) }) { first, _ in first }
    var members: [WheelContents.Member] = []
    for file in files {
      let entry = unseen.removeValue(forKey: file.path)
      if entry == nil, !exempt.contains(file.path) {
        // A second member of this name has lost its entry to the first.
        throw members.contains { $0.path == file.path }
          ? .collision(wheel: wheel, file: file.path, other: file.path)
          : .notRecorded(wheel: wheel, file: file.path)
      }
      if let size = entry?.size, size != file.size {
        throw .wrongSize(wheel: wheel, file: file.path, recorded: size, actual: file.size)
      }
      let isExempt = exempt.contains(file.path) || file.path.hasSuffix(".pyc")
      guard isExempt || entry?.digest != nil else {
        let reason = "'\(file.path)' has no hash"
        throw .malformed(wheel: wheel, file: "\(distInfo)/RECORD", line: nil, reason: reason)
      }
      members.append(
        WheelContents.Member(
          path: file.path, size: file.size, digest: entry?.digest, isExecutable: file.isExecutable,
          isPythonScript: file.isPythonScript))
    }
    if let path = unseen.keys.filter({ !exempt.contains($0) && !$0.hasSuffix("/") }).min() {
      throw .recordedOnly(wheel: wheel, file: path)
    }
    return members
  }
}
