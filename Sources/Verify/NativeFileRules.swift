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
    let (format, system, words) =
      switch file {
      case .elf: ("an ELF file", "Linux", ["linux"])
      case .machO: ("a Mach-O file", "macOS", ["darwin", "macos", "osx"])
      case .pe: ("a PE file", "Windows", ["win"])
      }
    let isLoaded = EnvironmentLayout(platform: platform).loadsByName(path) && !isDeclared(path, words)
    return Finding(
      isLoaded ? "is \(format), which \(platform) cannot load" : "is \(format) for \(system), of no use here",
      isFatal: isLoaded)
  }

  /// A file of this system for other processors; one whose name says so is there on purpose.
  func wrongMachine(_ machines: [Machine], at path: String, isLoadable: Bool) -> Finding {
    let names = machines.map(\.description).joined(separator: " and ")
    let words = machines.flatMap(Self.words)
    return Finding(
      "is for \(names), not \(machine)", isFatal: isLoadable && !isDeclared(path, words))
  }

  /// Whether a file's name, or a directory's that it is in, says what the file is for, as in
  /// `attach_linux_amd64.so`: packages for several systems keep the others' files at hand so.
  ///
  /// The tag of an extension module (`x.cpython-313-x86_64-linux-gnu.so`) says it too, but there it is a promise.
  private func isDeclared(_ path: String, _ words: [String]) -> Bool {
    let name = path.lowercased()
    if name.contains(".cpython-") || name.contains(".cp3") || name.contains(".abi3.") { return false }
    let package = name.text(behind: "site-packages/").text(behind: ".whl/").replacing("x86_64", with: "amd64")
    return words.contains { package.contains($0) }
  }

  private static func words(_ machine: Machine) -> [String] {
    switch machine {
    case .x64: ["amd64", "x64"]
    case .x86: ["x86", "i386", "i686", "win32"]
    case .aarch64: ["aarch64", "arm64"]
    default: [machine.description]
    }
  }

  var machine: Machine { Machine(platform) }
}

extension StringProtocol where SubSequence == Substring {
  /// What follows the last occurrence of `prefix`; all of it where there is none.
  fileprivate func text(behind prefix: String) -> Substring {
    ranges(of: prefix).last.map { self[$0.upperBound...] } ?? self[...]
  }
}
