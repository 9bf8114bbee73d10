/// Makes wheels for tests: honest ones by default, with a RECORD that is right.
///
///     let wheel = WheelMaker(name: "demo_pkg", version: "1.0", files: ["demo_pkg/__init__.py": "x = 1\n"])
///     wheel.fileName  // "demo_pkg-1.0-py3-none-any.whl"
package struct WheelMaker {
  /// As in the file name: `demo_pkg`.
  package var name: String
  package var version: String
  package var tag = "py3-none-any"
  /// Paths as in the archive to their content; `demo-1.0.data/scripts/…` may be among them.
  package var files: [String: [UInt8]]
  /// The paths that get the executable bits.
  package var executables: Set<String> = []
  /// `console_scripts` to `demo = demo.main:run` lines; the group's name to its lines.
  package var entryPoints: [String: [String]] = [:]
  /// More lines for METADATA, as `Requires-Dist: numpy`.
  package var metadata: [String] = []
  /// More RECORD lines, or other ones for paths that are there, to make it lie.
  package var recordOverrides: [String: String] = [:]

  package init(name: String, version: String, files: [String: String] = [:]) {
    self.name = name
    self.version = version
    self.files = files.mapValues { Array($0.utf8) }
  }

  package var fileName: String { "\(name)-\(version)-\(tag).whl" }
  package var distInfo: String { "\(name)-\(version).dist-info" }

  /// The wheel's bytes.
  package var bytes: [UInt8] {
    var all = files
    func add(_ file: String, _ lines: [String]) {
      let path = "\(distInfo)/\(file)"
      if all[path] == nil { all[path] = Array((lines.joined(separator: "\n") + "\n").utf8) }
    }
    add("METADATA", ["Metadata-Version: 2.1", "Name: \(name)", "Version: \(version)"] + metadata)
    let isPure = tag.hasSuffix("-none-any")
    add("WHEEL", ["Wheel-Version: 1.0", "Generator: tests", "Root-Is-Purelib: \(isPure)", "Tag: \(tag)"])
    if !entryPoints.isEmpty {
      add("entry_points.txt", entryPoints.sorted { $0.key < $1.key }.flatMap { ["[\($0.key)]"] + $0.value })
    }
    let paths = all.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var record = paths.map { recordOverrides[$0] ?? Self.recordLine($0, all[$0] ?? []) }
    record += recordOverrides.filter { all[$0.key] == nil }.map(\.value).sorted()
    record.append("\(distInfo)/RECORD,,")
    var zip = ZipMaker()
    for path in paths { zip.addFile(path, all[path] ?? [], mode: executables.contains(path) ? 0o755 : 0o644) }
    zip.addFile("\(distInfo)/RECORD", record.joined(separator: "\n") + "\n")
    return zip.bytes
  }

  /// `path,sha256=<URL-safe base64 without padding>,size`, the path quoted where it has to be.
  package static func recordLine(_ path: String, _ content: [UInt8]) -> String {
    let isPlain = !path.contains(where: { ",\"\n".contains($0) })
    let quoted = isPlain ? path : "\"\(path.replacing("\"", with: "\"\""))\""
    return "\(quoted),sha256=\(urlSafeBase64(testSHA256(content))),\(content.count)"
  }

  private static func urlSafeBase64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    let bits = bytes.flatMap { byte in (0..<8).map { Int(byte >> (7 - $0) & 1) } }
    return String(
      stride(from: 0, to: bits.count, by: 6).map { start in
        let six = bits[start..<min(start + 6, bits.count)]
        return alphabet[six.reduce(0) { $0 << 1 | $1 } << (6 - six.count)]
      })
  }
}
