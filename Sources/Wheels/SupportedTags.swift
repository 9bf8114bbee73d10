package import Model

/// The wheel tags that an interpreter on a platform takes, best first, in the order that pip and uv prefer them.
///
/// The order is that of Python's `packaging.tags.sys_tags` (PEP 425, PEP 600), for CPython with the GIL.
package struct SupportedTags: Sendable {
  /// Every tag once, best first.
  package let all: [WheelTag]
  private let ranks: [WheelTag: Int]

  /// The tags for a Python version on a platform; without a floor, on the platform's standard one.
  package init(python: PythonVersion, platform: Platform, floor: PlatformFloor? = nil) {
    let platforms = platformTags(for: platform, floor: floor ?? .standard(for: platform))
    let interpreter = "cp\(python.major)\(python.minor)"
    var tags: [WheelTag] = []
    func add(_ python: String, _ abi: String, _ platforms: [String]) {
      tags += platforms.map { WheelTag(python: python, abi: abi, platform: $0) }
    }
    add(interpreter, interpreter, platforms)
    add(interpreter, "abi3", platforms)
    add(interpreter, "none", platforms)
    // abi3 exists since Python 3.2.
    for minor in stride(from: python.minor - 1, through: 2, by: -1) {
      add("cp\(python.major)\(minor)", "abi3", platforms)
    }
    let generic =
      ["py\(python.major)\(python.minor)", "py\(python.major)"]
      + stride(from: python.minor - 1, through: 0, by: -1).map { "py\(python.major)\($0)" }
    for version in generic { add(version, "none", platforms) }
    add(interpreter, "none", ["any"])
    for version in generic { add(version, "none", ["any"]) }
    all = tags
    ranks = Dictionary(zip(tags, tags.indices), uniquingKeysWith: min)
  }

  /// How good a wheel is, 0 for the best; nil when it does not run here at all.
  package func rank(of wheel: WheelFileName) -> Int? {
    wheel.tags.compactMap { ranks[$0] }.min()
  }

  /// The wheel to take of several of one version: the best tag, then the highest build; nil when none runs here.
  package func best(of wheels: some Sequence<WheelFileName>) -> WheelFileName? {
    wheels.compactMap { wheel in rank(of: wheel).map { (wheel, $0) } }
      .min { ($0.1, $1.0.buildOrder) < ($1.1, $0.0.buildOrder) }?.0
  }
}

/// `<` for a rank and a build tag, the latter already swapped by the caller.
private func < (left: (Int, (Int, String)), right: (Int, (Int, String))) -> Bool {
  left.0 == right.0 ? left.1 < right.1 : left.0 < right.0
}
