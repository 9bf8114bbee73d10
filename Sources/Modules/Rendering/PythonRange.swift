import Model

/// The Python 3 releases that `requires-python` allows, minor version by minor version.
struct PythonRange: Hashable, Sendable {
  /// The minor versions of which some release is allowed.
  let minors: Set<Int>

  private static let known = 0...40

  init(_ specifiers: String) {
    let range = VersionRange(specifiers)
    minors = Set(
      Self.known.filter { minor in
        // The last release of a minor version is in almost every range that has any of it.
        ([99] + Array(0...40)).contains { patch in
          PackageVersion("3.\(minor).\(patch)").map(range.containsIncludingPrereleases) ?? false
        }
      })
  }

  /// As in `3.11`; nil when no Python 3 is allowed.
  var lowest: String? { minors.min().map { "3.\($0)" } }
}
