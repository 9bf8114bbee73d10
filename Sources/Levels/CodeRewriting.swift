import Artifacts
import Layers
import Model
import Wheels

/// Writes a package's layer again, with other files in the place of Python code and a RECORD that fits.
struct CodeRewriting: Sendable {
  let entries: [LayerEntry]
  /// By the path of the file that they are made of.
  let products: [String: CodeProduct]
  let keepsSources: Bool
  let cacheTag: String
  /// What names of extension modules end in; nil where there are none.
  let suffix: String?
  /// The files whose byte code can take their place.
  let movable: Set<String>
  let scheme: InstallScheme

  func write(
    _ reader: ArchiveReader, into writer: LayerWriter, package: String, _ cancellation: Cancellation
  ) throws {
    let stale = staleByteCode
    let known = Dictionary(entries.map { ($0.path, $0.kind) }) { $1 }
    var record: [RecordEntry] = []
    var recordPath: String?
    func note(_ path: String, _ digest: Digest, _ size: Int64) {
      record.append(RecordEntry(path: scheme.recordPath(of: path), digest: digest, size: size))
    }
    func add(_ path: String, _ bytes: [UInt8], isExecutable: Bool = false) throws {
      note(path, try writer.addFile(path, bytes: bytes, executable: isExecutable), Int64(bytes.count))
    }
    while let entry = try reader.next() {
      try cancellation.check()
      guard let path = try entry.relativePath(), !stale.contains(path) else { continue }
      if isRecord(path) {
        recordPath = path
        continue
      }
      let product = products[path]
      if let source = product?.source {
        if isKept(path) { try add(path, source, isExecutable: entry.isExecutable) }
      } else if isKept(path) {
        try writer.add(entry, at: path, from: reader)
        if case .file(let size, let digest, _) = known[path] { note(path, digest, size) }
      }
      if let native = product?.native, let suffix {
        try add(Self.nativePath(of: path, suffix: suffix), native, isExecutable: true)
      } else if let code = product?.byteCode {
        try add(byteCodePath(of: path), code)
      }
    }
    if let recordPath {
      let own = RecordEntry(path: scheme.recordPath(of: recordPath), digest: nil, size: nil)
      try writer.addFile(recordPath, bytes: Array(Record(record + [own]).description.utf8))
    }
  }

  private func isRecord(_ path: String) -> Bool {
    path.hasPrefix(scheme.sitePackages + "/") && path.hasSuffix(".dist-info/RECORD")
      && scheme.recordPath(of: path).split(separator: "/").count == 2
  }

  /// Whether the file stays; only code in its place lets it go.
  private func isKept(_ path: String) -> Bool {
    keepsSources || !movable.contains(path)
      || (products[path]?.byteCode == nil && products[path]?.native == nil)
  }

  /// In `__pycache__` beside a source that stays, else in its place, where Python looks without one.
  private func byteCodePath(of path: String) -> String {
    isKept(path) ? Self.cachePath(of: path, tag: cacheTag) : "\(path)c"
  }

  static func nativePath(of path: String, suffix: String) -> String { path.dropLast(3) + suffix }

  static func cachePath(of path: String, tag: String) -> String {
    let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    return "\(path[..<start])__pycache__/\(path[start...].dropLast(3)).\(tag).pyc"
  }

  /// Byte code that the wheel brought along of files that have newer now, or have gone.
  private var staleByteCode: Set<String> {
    var stale: Set<String> = []
    var goneStems: Set<String> = []
    for (path, product) in products where product.byteCode != nil {
      if let suffix, product.native != nil { stale.insert(Self.nativePath(of: path, suffix: suffix)) }
      if isKept(path) {
        stale.insert(Self.cachePath(of: path, tag: cacheTag))
      } else {
        stale.insert("\(path)c")
        goneStems.insert(String(Self.cachePath(of: path, tag: "").dropLast(4)))
      }
    }
    for entry in entries where entry.path.hasSuffix(".pyc") && entry.path.contains("/__pycache__/") {
      guard let slash = entry.path.lastIndex(of: "/"), let dot = entry.path[slash...].firstIndex(of: ".")
      else { continue }
      if goneStems.contains(String(entry.path[...dot])) { stale.insert(entry.path) }
    }
    return stale
  }
}
