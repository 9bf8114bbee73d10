package import Model

/// What a wheel's `METADATA` file says about the package.
///
/// Specification: https://packaging.python.org/en/latest/specifications/core-metadata/
package struct CoreMetadata: Hashable, Sendable {
  /// As the project writes it: `PyYAML`.
  package let displayName: String
  package let name: PackageName
  package let version: String
  package let summary: String?
  /// The SPDX expression where there is one, else the first line of `License` where that names a
  /// licence, else the classifiers', else that line.
  package let license: String?
  /// Each a PEP 508 requirement, as written.
  package let requiresDist: [String]
  /// A PEP 440 specifier set: `>=3.9`.
  package let requiresPython: String?

  /// - Throws: `WheelError.malformed` without a name or a version; everything else may be missing.
  package init(parsing text: String, wheel: String, file: String) throws(WheelError) {
    let fields = HeaderFields(parsing: text)
    guard let displayName = fields.first("Name"), let name = try? PackageName(parsing: displayName) else {
      throw .malformed(wheel: wheel, file: file, line: nil, reason: "there is no valid Name")
    }
    guard let version = fields.first("Version") else {
      throw .malformed(wheel: wheel, file: file, line: nil, reason: "there is no Version")
    }
    self.displayName = displayName
    self.name = name
    self.version = version
    summary = fields.first("Summary")
    license = fields.license
    requiresDist = fields.all("Requires-Dist")
    requiresPython = fields.first("Requires-Python")
  }
}

extension HeaderFields {
  fileprivate var license: String? {
    if let expression = first("License-Expression") { return expression }
    let line = first("License")?.split(whereSeparator: \.isNewline).first.map(String.init)
    if let line, LicenceExpression(stated: line) != nil { return line }
    let classifiers = all("Classifier").filter { $0.hasPrefix("License ::") }
    let names = classifiers.compactMap { $0.split(separator: " :: ").last.map(String.init) }
    return names.isEmpty ? line : names.joined(separator: ", ")
  }
}
