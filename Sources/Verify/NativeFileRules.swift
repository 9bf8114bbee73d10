import Binaries
import Model

/// Checks an environment's native files by their headers, without running anything.
struct NativeFileRules {
  /// What is wrong with a file, or worth knowing.
  struct Finding {
    let message: String
    /// The library it is about, if it is about one.
    let library: String?
    let isFatal: Bool

    init(_ message: String, library: String? = nil, isFatal: Bool = true) {
      self.message = message
      self.library = library
      self.isFatal = isFatal
    }
  }

  let platform: Platform
  let floor: PlatformFloor?
  let system: SystemLibraries
  let index: LibraryIndex
  /// The version of the C library that the environment brings along, if it does.
  let bundledGlibc: SymbolVersion?

  init(platform: Platform, floor: PlatformFloor?, python: PythonVersion, inspection: Inspection) {
    self.platform = platform
    self.floor = floor
    let hasInterpreter = EnvironmentLayout(platform: platform).hasInterpreter(among: inspection.paths)
    system = SystemLibraries(platform: platform, python: python, hasInterpreter: hasInterpreter)
    index = LibraryIndex(inspection, platform: platform)
    bundledGlibc =
      inspection.nativeFiles.lazy
      .compactMap { file -> SymbolVersion? in
        guard file.path == EnvironmentLayout.bundledGlibc, case .native(.elf(let library)) = file.content
        else {
          return nil
        }
        return library.highestDefinedVersion("GLIBC")
      }.first
  }

  /// One check for a file that is as it should be, else one for each finding.
  func checks(of file: InspectedFile, distribution: String?) -> [Check] {
    let findings = findings(for: file)
    guard !findings.isEmpty else { return [Check(.nativeFile, file.path, distribution: distribution, .ok)] }
    return findings.map { finding in
      Check(
        .nativeFile, file.path, distribution: distribution, details: finding.library.map { [$0] } ?? [],
        finding.isFatal ? .failed(message: finding.message) : .warned(message: finding.message))
    }
  }

  func findings(for file: InspectedFile) -> [Finding] {
    switch (file.content, platform.operatingSystem) {
    case (.damaged(let reason), _): [Finding(reason)]
    case (.native(.elf(let elf)), .linux): findings(elf, at: file.path)
    case (.native(.machO(let images)), .macosx): findings(images, at: file.path)
    case (.native(.pe(let pe)), .windows): findings(pe, at: file.path)
    case (.native(let native), _): [foreign(native, at: file.path)]
    }
  }

  /// A file of another system: fatal where Python or the loader would take it for one of this system.
  private func foreign(_ file: NativeFile, at path: String) -> Finding {
    let (format, system) =
      switch file {
      case .elf: ("an ELF file", "Linux")
      case .machO: ("a Mach-O file", "macOS")
      case .pe: ("a PE file", "Windows")
      }
    let isLoaded = EnvironmentLayout(platform: platform).loadsByName(path)
    return Finding(
      isLoaded
        ? "is \(format), which \(platform) cannot load" : "is \(format), for \(system), of no use here",
      isFatal: isLoaded)
  }

  var machine: Machine { Machine(platform) }
}
