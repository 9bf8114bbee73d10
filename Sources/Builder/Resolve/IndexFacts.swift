import Artifacts
import Model
import PackageIndex
import Wheels

/// Looks up what the indexes have for one Python and platform, as installers would see it.
struct IndexFacts: Sendable {
  let indexes: [PackageIndex]
  let python: PythonVersion
  let tags: SupportedTags
  /// Files that were uploaded after this day or time don't count (RFC 3339).
  let excludeNewer: String?

  /// What there is of the package in the first index that has it.
  func facts(
    on name: PackageName, specifiers: String = "", at position: SourcePosition? = nil
  ) async throws -> PackageFacts {
    let files = try await files(of: name)
    let range = VersionRange(specifiers)
    var wheels: Set<PackageVersion> = []
    var hasSource = false
    for file in files where !file.yanked && isForPython(file) {
      if let wheel = wheel(file) {
        if tags.rank(of: wheel) != nil, let version = PackageVersion(wheel.version) { wheels.insert(version) }
      } else if let version = Self.sourceVersion(file.fileName), range.contains(version) {
        hasSource = true
      }
    }
    return PackageFacts(
      name: name, specifiers: specifiers, position: position, exists: !files.isEmpty, wheels: wheels.sorted(),
      hasSource: hasSource)
  }

  /// Whether a wheel of this file name runs on the platform.
  func canInstall(wheelNamed fileName: String) -> Bool {
    guard let wheel = Self.parsed(fileName) else { return false }
    return tags.rank(of: wheel) != nil
  }

  /// The wheel to install of several of one version; nil when none runs on the platform.
  func best(of wheels: [LockedFile]) -> LockedFile? {
    guard let best = tags.best(of: wheels.compactMap { Self.parsed($0.name) }) else { return nil }
    return wheels.first { $0.name == best.text }
  }

  private func files(of name: PackageName) async throws -> [IndexFile] {
    for index in indexes {
      let files = try await index.files(of: name)
      if !files.isEmpty { return files }
    }
    return []
  }

  private func isForPython(_ file: IndexFile) -> Bool {
    // A day's files count to its end.
    if let limit = excludeNewer, let time = file.uploadTime, time.prefix(limit.count) > limit { return false }
    guard let requirement = file.requiresPython, let version = PackageVersion(python.description) else {
      return true
    }
    return VersionRange(requirement).containsIncludingPrereleases(version)
  }

  private func wheel(_ file: IndexFile) -> WheelFileName? { Self.parsed(file.fileName) }

  private static func parsed(_ fileName: String) -> WheelFileName? {
    do throws(WheelError) { return try WheelFileName(parsing: fileName) } catch { return nil }
  }

  /// The version in a source distribution's name (PEP 625); nil for other files.
  static func sourceVersion(_ fileName: String) -> PackageVersion? {
    guard let suffix = [".tar.gz", ".zip", ".tar.bz2", ".tgz"].first(where: fileName.hasSuffix),
      let hyphen = fileName.dropLast(suffix.count).lastIndex(of: "-")
    else { return nil }
    return PackageVersion(String(fileName.dropLast(suffix.count)[fileName.index(after: hyphen)...]))
  }
}
