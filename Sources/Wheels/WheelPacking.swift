import Artifacts
package import Model
package import SystemPackage

/// Makes a wheel of an unpacked one, with other platform tags: a new `WHEEL`, a new `RECORD`, a new name.
///
/// Equal trees are equal bytes. The members are not compressed: what packs the wheel does that.
package struct WheelPacking: Sendable {
  private let root: FilePath
  private let name: WheelFileName
  private let platformTags: [String]

  package init(root: FilePath, name: WheelFileName, platformTags: [String]) {
    self.root = root
    self.name = name
    self.platformTags = platformTags
  }

  private var tags: [WheelTag] {
    var seen: Set<WheelTag> = []
    return name.tags.flatMap { tag in
      platformTags.map { WheelTag(python: tag.python, abi: tag.abi, platform: $0) }
    }.filter { seen.insert($0).inserted }
  }

  /// The file name with the new tags, as compressed sets: `x-1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`.
  package var fileName: String {
    var parts = name.text.dropLast(4).split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    parts[parts.count - 1] = platformTags.joined(separator: ".")
    return parts.joined(separator: "-") + ".whl"
  }

  /// Writes the wheel into a directory; it blocks.
  ///
  /// - Throws: `WheelError` for a tree that is no wheel's, `FileError`, `CancellationError`.
  package func pack(into directory: FilePath, _ cancellation: Cancellation) throws -> (
    name: String, path: FilePath
  ) {
    var paths = try files(below: root, "").sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let folders = Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
      .filter { $0.hasSuffix(".dist-info") }.sorted()
    guard folders.count == 1, let distInfo = folders.first else {
      throw WheelError.distInfoCount(wheel: name.text, found: folders)
    }
    let recordPath = "\(distInfo)/RECORD"
    // Signatures of the list that is replaced here mean nothing any more.
    paths.removeAll { [recordPath, "\(recordPath).jws", "\(recordPath).p7s"].contains($0) }
    var zip = StoredZip()
    var record: [RecordEntry] = []
    for path in paths {
      try cancellation.check()
      let file = root.pushing(FilePath(path))
      let bytes = path == "\(distInfo)/WHEEL" ? try description(file, path) : try readFile(file)
      zip.add(path, bytes, mode: (FileStatus(of: file)?.isExecutable ?? false) ? 0o755 : 0o644)
      record.append(RecordEntry(path: path, digest: .sha256(of: bytes), size: Int64(bytes.count)))
    }
    record.append(RecordEntry(path: recordPath, digest: nil, size: nil))
    zip.add(recordPath, Array(Record(record).description.utf8), mode: 0o644)
    let place = directory.appending(fileName)
    try writeAtomically(zip.bytes, to: place)
    return (fileName, place)
  }

  /// The text of `WHEEL` with the new tags in place of its own.
  private func description(_ file: FilePath, _ path: String) throws -> [UInt8] {
    let text = String(decoding: try readFile(file), as: UTF8.self)
    _ = try WheelDescription(parsing: text, wheel: name.text, file: path)
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.lowercased().hasPrefix("tag:") }
    return Array((lines.map(String.init) + tags.map { "Tag: \($0)" }).map { $0 + "\n" }.joined().utf8)
  }

  private func files(below directory: FilePath, _ prefix: String) throws -> [String] {
    try listDirectory(directory).flatMap { name -> [String] in
      let path = directory.appending(name)
      return FileStatus(of: path, followingLinks: false)?.kind == .directory
        ? try files(below: path, "\(prefix)\(name)/") : ["\(prefix)\(name)"]
    }
  }
}
