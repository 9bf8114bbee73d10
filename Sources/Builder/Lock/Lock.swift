package import Model
package import Runtimes
package import SystemPackage

/// What a cell is made of, to the byte: `runenvs/<id>/pylock.<platform>.toml` (PEP 751).
///
/// Any installer that knows PEP 751 can read the packages; what only ppp needs is under `[tool.ppp]`.
package struct Lock: Hashable, Sendable {
  package var python: PythonVersion
  package var platform: Platform
  package var floor: PlatformFloor?
  /// What it was resolved from.
  package var inputs: LockInputs
  /// The time before which files had to be uploaded (RFC 3339), when `--exclude-newer` set one.
  package var excludeNewer: String?
  /// Sorted by name, each name once.
  package var packages: [LockedPackage]
  package var runtime: RuntimePin
  /// Sorted by name.
  package var omissions: [LockedOmission]
  /// What packages are built with, sorted by package; those that are not here are built with what is found then.
  package var builds: [LockedBuild]

  package init(
    python: PythonVersion, platform: Platform, floor: PlatformFloor?, inputs: LockInputs,
    excludeNewer: String? = nil, packages: [LockedPackage], runtime: RuntimePin,
    omissions: [LockedOmission] = [], builds: [LockedBuild] = []
  ) {
    self.python = python
    self.platform = platform
    self.floor = floor
    self.inputs = inputs
    self.excludeNewer = excludeNewer
    self.packages = packages.sorted { $0.name < $1.name }
    self.runtime = runtime
    self.omissions = omissions.sorted { $0.name < $1.name }
    self.builds = builds.sorted { $0.package < $1.package }
  }

  /// The names that the configuration asks for; the rest are there because those need them.
  package var requested: Set<PackageName> {
    var names: Set<PackageName> = []
    for text in inputs.fields["dependencies"] ?? [] {
      // A lock that was edited by hand may hold anything there; what isn't a requirement asks for nothing.
      if let requirement = try? Requirement(parsing: text) { names.insert(requirement.name) }
    }
    return names
  }

  /// The files to fetch for the packages, not for the runtime.
  package var files: [LockedFile] { packages.compactMap(\.file) }

  /// What a cell's lock is called, wherever it lies.
  package static func fileName(for platform: Platform) -> String { "pylock.\(platform).toml" }

  /// Where a cell's lock lies, relative to the workspace: in its runenv's folder, or in its module's.
  package static func place(of cell: CellID) -> String {
    let name = fileName(for: cell.platform)
    return cell.module.map { "modules/\($0)/locks/\(cell.base)/\(name)" } ?? "runenvs/\(cell.runenv)/\(name)"
  }

  package static func path(of cell: CellID, in workspace: FilePath) -> FilePath {
    workspace.pushing(FilePath(place(of: cell)))
  }
}

extension Platform {
  /// The environment marker of PEP 508 that is true on this platform.
  var marker: String {
    let system =
      switch operatingSystem {
      case .linux: "linux"
      case .macosx: "darwin"
      case .windows: "win32"
      }
    return "sys_platform == '\(system)' and platform_machine == '\(machine)'"
  }

  /// What `platform.machine()` says there.
  private var machine: String {
    switch (operatingSystem, architecture) {
    case (.windows, .x64): "AMD64"
    case (.windows, .aarch64): "ARM64"
    case (.macosx, .aarch64): "arm64"
    case (_, .x64): "x86_64"
    case (_, .aarch64): "aarch64"
    }
  }
}
