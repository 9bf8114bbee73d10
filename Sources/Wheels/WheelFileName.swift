package import Model

/// The parts of a wheel's file name, `NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl`.
///
/// Tags are in lower case, and compressed tag sets (`py2.py3-none-any`) are expanded, in the order written.
/// Specification: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
package struct WheelFileName: Hashable, Sendable {
  /// The file name as given, with its `.whl`.
  package let text: String
  package let name: PackageName
  /// As the file name writes it; escapes are not undone.
  package let version: String
  /// Digits, then whatever: `1`, `2local`; of two equally good wheels the higher build wins.
  package let build: String?
  package let tags: [WheelTag]

  /// - Throws: `WheelError` that names the part that is wrong.
  package init(parsing text: String) throws(WheelError) {
    guard text.hasSuffix(".whl"), text.utf8.count <= Self.longest else { throw .notAWheelName(text) }
    let parts = text.dropLast(4).split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5 || parts.count == 6 else { throw .partCount(wheel: text, count: parts.count) }
    self.text = text
    do {
      name = try PackageName(parsing: parts[0])
    } catch {
      throw .namePart(wheel: text, part: "name", value: parts[0])
    }
    version = parts[1]
    guard version.wholeMatch(of: #/[0-9A-Za-z_.!+]+/#) != nil,
      version.first?.isNumber == true || version.first == "v"
    else { throw .namePart(wheel: text, part: "version", value: version) }
    build = parts.count == 6 ? parts[2] : nil
    if let build, build.wholeMatch(of: #/[0-9][0-9A-Za-z_.]*/#) == nil {
      throw .namePart(wheel: text, part: "build tag", value: build)
    }
    tags = try Self.expand(parts.suffix(3), of: text)
  }

  /// The longest name that file systems take, in bytes; it also bounds how many tags a name can expand to.
  private static let longest = 255

  private static func expand(_ parts: ArraySlice<String>, of wheel: String) throws(WheelError) -> [WheelTag] {
    var sets: [[String]] = []
    for (part, label) in zip(parts, ["Python tag", "ABI tag", "platform tag"]) {
      let set = part.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard set.allSatisfy({ $0.wholeMatch(of: #/[0-9a-z_]+/#) != nil }) else {
        throw .namePart(wheel: wheel, part: label, value: part)
      }
      sets.append(set)
    }
    return sets[0].flatMap { python in
      sets[1].flatMap { abi in sets[2].map { WheelTag(python: python, abi: abi, platform: $0) } }
    }
  }
}

extension WheelFileName: CustomStringConvertible {
  package var description: String { text }
}

extension WheelFileName {
  /// The build tag as it is compared: its number, then the rest; a wheel without one comes first.
  var buildOrder: (Int, String) {
    guard let build else { return (-1, "") }
    let digits = build.prefix { $0.isNumber }
    return (Int(digits) ?? .max, String(build.dropFirst(digits.count)))
  }

  /// Whether `stem`, as of `NAME-VERSION.dist-info`, is this wheel's: names by PEP 503, versions by PEP 440 spelling.
  func matches(stem: some StringProtocol) -> Bool {
    guard let hyphen = stem.lastIndex(of: "-"),
      let stemName = try? PackageName(parsing: String(stem[..<hyphen]))
    else { return false }
    return stemName == name && matches(version: String(stem[stem.index(after: hyphen)...]))
  }

  /// Whether `other` is this wheel's version in some spelling, as metadata and directory names have it.
  func matches(version other: String) -> Bool {
    if other == version { return true }
    guard let left = Self.parsed(version), let right = Self.parsed(other) else { return false }
    return left == right
  }

  /// Old tools wrote `1.0_cu126` for `1.0+cu126`.
  private static func parsed(_ version: String) -> PackageVersion? {
    if let parsed = try? PackageVersion(parsing: version) { return parsed }
    return try? PackageVersion(parsing: version.replacing("_", with: "+", maxReplacements: 1))
  }
}
