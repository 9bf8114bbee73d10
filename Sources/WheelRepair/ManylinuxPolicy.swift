import Binaries
package import Model

/// What systems with a C library of some version have: auditwheel's policies (PEP 600).
///
/// The numbers are those of auditwheel 6.8.2, `src/auditwheel/policy/manylinux-policy.json` (MIT), as the highest
/// version of each family; where its lists differ between processors, the lower one stands here.
package struct ManylinuxPolicy: Sendable, Hashable {
  /// The C library, and with it the policy's name: `manylinux_2_28`.
  package let glibc: PlatformFloor
  /// The name it had before PEP 600.
  let alias: String?
  /// The highest version of each family of symbols.
  private let limits: [String: SymbolVersion]

  private init(
    _ minor: Int, alias: String? = nil, cxx: SymbolVersion, cxxABI: SymbolVersion, gcc: SymbolVersion,
    zlib: SymbolVersion = SymbolVersion(1, 2, 9)
  ) {
    glibc = PlatformFloor(2, minor)
    self.alias = alias
    limits = [
      "GLIBC": SymbolVersion(2, minor), "GLIBCXX": cxx, "CXXABI": cxxABI, "GCC": gcc, "ZLIB": zlib,
    ]
  }

  /// Oldest first.
  package static let all: [ManylinuxPolicy] = [
    ManylinuxPolicy(
      5, alias: "manylinux1", cxx: .init(3, 4, 8), cxxABI: .init(1, 3, 1), gcc: .init(4, 2, 0),
      zlib: .init(1, 1)),
    ManylinuxPolicy(
      12, alias: "manylinux2010", cxx: .init(3, 4, 13), cxxABI: .init(1, 3, 3), gcc: .init(4, 3, 0),
      zlib: .init(1, 2, 2, 4)),
    ManylinuxPolicy(
      17, alias: "manylinux2014", cxx: .init(3, 4, 19), cxxABI: .init(1, 3, 7), gcc: .init(4, 7, 0),
      zlib: .init(1, 2, 5, 2)),
    ManylinuxPolicy(
      24, cxx: .init(3, 4, 22), cxxABI: .init(1, 3, 10), gcc: .init(4, 7, 0), zlib: .init(1, 2, 5, 2)),
    ManylinuxPolicy(
      26, cxx: .init(3, 4, 22), cxxABI: .init(1, 3, 10), gcc: .init(4, 8, 0), zlib: .init(1, 2, 5, 2)),
    ManylinuxPolicy(27, cxx: .init(3, 4, 24), cxxABI: .init(1, 3, 11), gcc: .init(7, 0, 0)),
    ManylinuxPolicy(28, cxx: .init(3, 4, 24), cxxABI: .init(1, 3, 11), gcc: .init(7, 0, 0)),
    ManylinuxPolicy(31, cxx: .init(3, 4, 28), cxxABI: .init(1, 3, 12), gcc: .init(7, 0, 0)),
    ManylinuxPolicy(34, cxx: .init(3, 4, 29), cxxABI: .init(1, 3, 13), gcc: .init(11, 0)),
    ManylinuxPolicy(35, cxx: .init(3, 4, 30), cxxABI: .init(1, 3, 13), gcc: .init(11, 0)),
    ManylinuxPolicy(36, cxx: .init(3, 4, 30), cxxABI: .init(1, 3, 13), gcc: .init(11, 0)),
    ManylinuxPolicy(
      37, cxx: .init(3, 4, 30), cxxABI: .init(1, 3, 13), gcc: .init(11, 0), zlib: .init(1, 2, 12)),
    ManylinuxPolicy(
      38, cxx: .init(3, 4, 30), cxxABI: .init(1, 3, 13), gcc: .init(11, 0), zlib: .init(1, 2, 12)),
    ManylinuxPolicy(
      39, cxx: .init(3, 4, 33), cxxABI: .init(1, 3, 15), gcc: .init(14, 0, 0), zlib: .init(1, 2, 12)),
    ManylinuxPolicy(
      40, cxx: .init(3, 4, 33), cxxABI: .init(1, 3, 15), gcc: .init(14, 0, 0), zlib: .init(1, 2, 12)),
    ManylinuxPolicy(
      41, cxx: .init(3, 4, 33), cxxABI: .init(1, 3, 15), gcc: .init(14, 0, 0), zlib: .init(1, 2, 12)),
  ]

  /// The libraries that every system has under every policy.
  static let libraries: Set<String> = [
    "libatomic.so.1", "libgcc_s.so.1", "libstdc++.so.6", "libm.so.6", "libanl.so.1", "libdl.so.2",
    "librt.so.1", "libc.so.6", "libnsl.so.1", "libutil.so.1", "libpthread.so.0", "libX11.so.6",
    "libXext.so.6", "libXrender.so.1", "libICE.so.6", "libSM.so.6", "libGL.so.1", "libgobject-2.0.so.0",
    "libgthread-2.0.so.0", "libglib-2.0.so.0", "libresolv.so.2", "libz.so.1", "ld-linux-x86-64.so.2",
    "ld-linux-aarch64.so.1",
  ]

  /// The wheel's platform tags: `manylinux_2_17_x86_64`, `manylinux2014_x86_64`.
  func tags(_ machine: String) -> [String] {
    ["manylinux_\(glibc.major)_\(glibc.minor)_\(machine)"] + (alias.map { ["\($0)_\(machine)"] } ?? [])
  }

  /// The first symbol version of a file that systems of this policy may not have; nil when it runs there.
  func objection(to file: ELFFile) -> String? {
    for need in file.versionNeeds where Self.libraries.contains(need.library) {
      for name in need.versions {
        for (family, limit) in limits.sorted(by: { $0.key < $1.key }) {
          if let version = SymbolVersion(name, of: family), version > limit { return name }
        }
      }
    }
    return nil
  }

  /// The oldest policy that all files fit, for a processor; nil when none does.
  static func oldest(for files: [ELFFile], architecture: Platform.Architecture) -> ManylinuxPolicy? {
    all.first { policy in
      (architecture == .x64 || policy.glibc.minor >= 17)
        && files.allSatisfy { policy.objection(to: $0) == nil }
    }
  }
}
