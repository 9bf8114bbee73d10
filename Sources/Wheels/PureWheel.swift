import Artifacts
package import Model

/// A wheel of pure Python to be made of files at hand: `NAME-VERSION-py3-none-any.whl`.
///
/// Equal values are equal bytes. The members are not compressed: what packs the wheel does that.
package struct PureWheel: Sendable {
  package let name: PackageName
  package let version: PackageVersion
  package let summary: String?
  /// Version specifiers (PEP 440).
  package let requiresPython: String?
  /// Each a requirement (PEP 508).
  package let requirements: [String]
  /// `NAME = MODULE:FUNCTION` lines of the console scripts.
  package let scripts: [String]
  package let files: [PackageFile]

  package init(
    name: PackageName, version: PackageVersion, summary: String? = nil, requiresPython: String? = nil,
    requirements: [String] = [], scripts: [String] = [], files: [PackageFile]
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.requiresPython = requiresPython
    self.requirements = requirements
    self.scripts = scripts
    self.files = files
  }

  private var stem: String { "\(name.fileNameForm)-\(version)" }

  package var fileName: String { "\(stem)-py3-none-any.whl" }

  /// The files of the `.dist-info` directory but for RECORD, by their names: what of it is not in `files`.
  package var metadata: [(name: String, text: String)] {
    var files = [("METADATA", coreMetadata)]
    files.append(
      ("WHEEL", "Wheel-Version: 1.0\nGenerator: ppp\nRoot-Is-Purelib: true\nTag: py3-none-any\n"))
    if !scripts.isEmpty {
      files.append(("entry_points.txt", "[console_scripts]\n" + scripts.map { "\($0)\n" }.joined()))
    }
    return files
  }

  private var coreMetadata: String {
    var lines = ["Metadata-Version: 2.1", "Name: \(name)", "Version: \(version)"]
    if let summary {
      lines.append("Summary: \(summary.split(whereSeparator: \.isNewline).joined(separator: " "))")
    }
    if let requiresPython { lines.append("Requires-Python: \(requiresPython)") }
    lines += requirements.map { "Requires-Dist: \($0)" }
    return lines.map { "\($0)\n" }.joined()
  }

  /// The whole wheel.
  package var bytes: [UInt8] {
    var zip = StoredZip()
    var record: [RecordEntry] = []
    for file in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      zip.add(file.path, file.bytes, mode: file.isExecutable ? 0o755 : 0o644)
      record.append(RecordEntry(path: file.path, digest: file.digest, size: Int64(file.bytes.count)))
    }
    for (name, text) in metadata {
      let path = "\(stem).dist-info/\(name)"
      let bytes = Array(text.utf8)
      zip.add(path, bytes, mode: 0o644)
      record.append(RecordEntry(path: path, digest: .sha256(of: bytes), size: Int64(bytes.count)))
    }
    let path = "\(stem).dist-info/RECORD"
    record.append(RecordEntry(path: path, digest: nil, size: nil))
    zip.add(path, Array(Record(record).description.utf8), mode: 0o644)
    return zip.bytes
  }
}
