import Model

/// The packages that a CPython is assembled from.
struct DebianSelection: Sendable {
  /// Sorted by name.
  let packages: [DebianPackage]
  let python: DebianVersion
  /// The oldest C library that the packages work with, by their own statement.
  let minimumLibc: DebianVersion
  /// Whether the C library is among them, because the platform's floor is below `minimumLibc`.
  let bundlesLibc: Bool

  /// Chooses the packages for a Python and all that it loads.
  ///
  /// - Throws: `RuntimesError.pythonNotInSuite` naming the versions that there are, `.packageMissing`.
  init(
    spec: RuntimeSpec, floor: PlatformFloor, suite: String, from index: DebianPackageIndex
  ) throws(RuntimesError) {
    let series = spec.python.minorVersion
    guard let python = index["python\(series)-minimal"]?.version, python.isPython(spec.python) else {
      let available = index.pythons.values.sorted().map(\.upstream)
      throw .pythonNotInSuite(spec.python, suite: suite, available: available, elsewhere: [])
    }
    var closure = Closure(
      index: index, suite: suite, series: series, unwanted: Self.unwanted(keeping: spec.keep))
    for name in Self.roots(series: series, minor: spec.python.minor) { try closure.add(name) }
    let minimum = closure.chosen.values.compactMap(\.minimumLibc).max() ?? DebianVersion("0")
    bundlesLibc = minimum > DebianVersion(floor.description)
    if bundlesLibc {
      for name in ["libc6", "libgcc-s1", "libstdc++6"] { try closure.add(name, alone: true) }
    }
    packages = closure.chosen.values.sorted { $0.name < $1.name }
    self.python = python
    minimumLibc = minimum
  }

  private static func roots(series: String, minor: Int) -> [String] {
    let packages = ["python\(series)", "libpython\(series)-dev", "python\(series)-venv"]
    return packages + (minor <= 11 ? ["python3-distutils", "python3-lib2to3"] : [])
  }

  /// Libraries of modules that are left out: nis (gone upstream), and by their licences `_dbm` and `readline`.
  private static func unwanted(keeping keep: [String]) -> [String] {
    var unwanted = ["libnsl", "libtirpc", "libgssapi-krb5"]
    for module in LicensedModule.all where !module.isKept(by: keep) { unwanted.append(module.libraryPackage) }
    return unwanted
  }
}

extension DebianVersion {
  /// Whether this packages that CPython: `3.13.0~rc1-1` packages 3.13.0rc1.
  func isPython(_ version: PythonVersion) -> Bool { upstream.replacing("~", with: "") == version.description }
}

/// The packages chosen so far.
private struct Closure {
  let index: DebianPackageIndex
  let suite: String
  let series: String
  let unwanted: [String]
  private(set) var chosen: [String: DebianPackage] = [:]

  init(index: DebianPackageIndex, suite: String, series: String, unwanted: [String]) {
    self.index = index
    self.suite = suite
    self.series = series
    self.unwanted = unwanted
  }

  /// Adds a package and, unless `alone`, what it needs.
  mutating func add(_ name: String, alone: Bool = false) throws(RuntimesError) {
    guard chosen[name] == nil else { return }
    guard let package = index[name] else { throw .packageMissing(name, suite: suite) }
    chosen[name] = package
    guard !alone, !name.hasPrefix("python3-") else { return }
    for choices in package.dependencies {
      let names = choices.map(\.name)
      guard names.contains(where: isFollowed), !names.contains(where: { chosen[$0] != nil }) else { continue }
      if let name = names.first(where: { index[$0] != nil }) {
        try add(name)
      } else if !isProvided(names), let name = names.first {
        throw .packageMissing(name, suite: suite)
      }
    }
  }

  /// Whether a dependency is a library, or a part of this Python; the others are data and tools (media types,
  /// time zones, certificates) that the system has or does without.
  private func isFollowed(_ name: String) -> Bool {
    if name.hasPrefix("python\(series)") || name.hasPrefix("libpython\(series)") || name.hasSuffix("-whl") {
      return true
    }
    if ["libc6", "libgcc-s1", "libstdc++6"].contains(name) || name.hasSuffix("-dev") { return false }
    return (name.hasPrefix("lib") || name == "zlib1g") && !unwanted.contains(where: name.hasPrefix)
  }

  /// `python3.11-distutils` is provided by `python3-distutils`, which nothing else names.
  private func isProvided(_ names: [String]) -> Bool {
    let candidates = ["python3-distutils", "python3-lib2to3"].compactMap { index[$0] } + Array(chosen.values)
    return candidates.contains { !names.filter($0.provides.contains).isEmpty }
  }
}
