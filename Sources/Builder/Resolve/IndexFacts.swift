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
  /// The parts of `tags`, to pass over most of an index's thousands of files without parsing their names.
  private let pythonTags: Set<Substring>
  private let platformTags: Set<Substring>

  init(indexes: [PackageIndex], python: PythonVersion, tags: SupportedTags, excludeNewer: String?) {
    self.indexes = indexes
    self.python = python
    self.tags = tags
    self.excludeNewer = excludeNewer
    pythonTags = Set(tags.all.map { $0.python[...] })
    platformTags = Set(tags.all.map { $0.platform[...] })
  }

  /// What there is of the package in the first index that has it.
  func facts(
    on name: PackageName, specifiers: String = "", at position: SourcePosition? = nil
  ) async throws -> PackageFacts {
    facts(on: name, specifiers: specifiers, at: position, among: try await files(of: name))
  }

  /// What there is of the package among the files that an index has of it.
  func facts(
    on name: PackageName, specifiers: String = "", at position: SourcePosition? = nil,
    among files: [IndexFile]
  ) -> PackageFacts {
    let range = VersionRange(specifiers)
    var wheels: Set<PackageVersion> = []
    var hasSource = false
    for file in files where !file.yanked {
      if file.fileName.hasSuffix(".whl") {
        guard let wheel = installable(file), let version = PackageVersion(wheel.version) else { continue }
        wheels.insert(version)
      } else if !hasSource, isForPython(file), let version = Self.sourceVersion(file.fileName),
        range.contains(version)
      {
        hasSource = true
      }
    }
    return PackageFacts(
      name: name, specifiers: specifiers, position: position, exists: !files.isEmpty, wheels: wheels.sorted(),
      hasSource: hasSource)
  }

  /// The wheel to install of several of one version; nil when none runs on the platform.
  func best(of wheels: [LockedFile]) -> LockedFile? {
    guard let best = tags.best(of: wheels.compactMap { Self.parsed($0.name) }) else { return nil }
    return wheels.first { $0.name == best.text }
  }

  /// The files of the first index that has the package.
  func files(of name: PackageName) async throws -> [IndexFile] {
    for index in indexes {
      let files = try await index.files(of: name)
      if !files.isEmpty { return files }
    }
    return []
  }

  /// The name of a file that is a wheel for the Python and the platform; nil for any other.
  func installable(_ file: IndexFile) -> WheelFileName? {
    guard file.fileName.hasSuffix(".whl"), mayRun(file.fileName), isForPython(file),
      let wheel = Self.parsed(file.fileName), tags.rank(of: wheel) != nil
    else { return nil }
    return wheel
  }

  private func isForPython(_ file: IndexFile) -> Bool {
    // A day's files count to its end.
    if let limit = excludeNewer, let time = file.uploadTime, time.prefix(limit.count) > limit { return false }
    guard let requirement = file.requiresPython, let version = PackageVersion(python.description) else {
      return true
    }
    return VersionRange(requirement).containsIncludingPrereleases(version)
  }

  /// Whether the tags at the end of a wheel's name are among the platform's, each for itself.
  private func mayRun(_ fileName: String) -> Bool {
    let parts = fileName.dropLast(4).lowercased().split(separator: "-")
    guard parts.count >= 5 else { return false }
    return parts[parts.count - 1].split(separator: ".").contains(where: platformTags.contains)
      && parts[parts.count - 3].split(separator: ".").contains(where: pythonTags.contains)
  }

  static func parsed(_ fileName: String) -> WheelFileName? {
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
