package import Artifacts
import Binaries
import Layers
package import Model
import Processes
package import SystemPackage
package import Wheels

/// Makes a wheel that was built for some machine into one for every system of a platform from a floor on.
///
/// Linux: libraries that not every system has come along (`Vendoring`), run paths become relative, symbols that only
/// debuggers need go, and the tag is that of the oldest policy that all files fit (`ManylinuxPolicy`). macOS and
/// Windows: the files are for the platform, and the tag says the newest macOS that one of them needs. A wheel without
/// native code stays as it is; one that needs a library which is neither in it nor a part of the system is refused. Equal wheels are equal bytes: members are sorted, stored, and without times.
package struct WheelRepair: Sendable {
  let platform: Platform
  let floor: PlatformFloor?
  let libraries: HostLibraries
  let patchelf: @Sendable () async throws -> FilePath
  /// The program that takes symbols out, if there is one for this kind of file.
  let strip: FilePath?
  /// The directory that the wheel was built in, which it is not to name.
  let place: FilePath?

  package init(
    platform: Platform, floor: PlatformFloor?, libraries: HostLibraries, strip: FilePath?,
    place: FilePath? = nil,
    patchelf: @escaping @Sendable () async throws -> FilePath
  ) {
    self.platform = platform
    self.floor = floor
    self.libraries = libraries
    self.strip = strip
    self.place = place
    self.patchelf = patchelf
  }

  /// Repairs a wheel; what is made lies in `scratch`.
  ///
  /// - Throws: `RepairError`, `WheelError`, `BinaryError`, and what getting patchelf throws.
  package func repair(_ wheel: StoredArtifact, named name: WheelFileName, in scratch: FilePath) async throws
    -> RepairedWheel
  {
    let tree = WheelTree(root: scratch.appending("wheel"), fileName: name.text)
    let natives = try await blocking { cancellation in
      try ArchiveExtractor().extract(wheel, into: tree.root, cancellation: cancellation)
      if let place { try tree.hidePlace(place) }
      return try tree.nativeFiles()
    }
    let isPure = name.tags.allSatisfy { $0.platform == "any" }
    if let native = natives.first, isPure {
      throw RepairError.nativeInPure(wheel: name.text, file: native.path)
    }
    for native in natives { try check(native.path, native.file, in: name) }
    try ForeignLibraries(platform: platform, wheel: name).check(natives)
    var vendored: [String] = []
    var tags = isPure ? ["any"] : [tag(nil)]
    var oldest: PlatformFloor?
    switch platform.operatingSystem {
    case .linux where !isPure:
      vendored = try await link(natives, in: tree, named: name)
      let policy = try await blocking { _ in try self.policy(of: tree.nativeFiles(), in: name) }
      tags = policy.tags(platform.architecture == .x64 ? "x86_64" : "aarch64")
      oldest = natives.isEmpty ? nil : policy.glibc
    case .macosx where !isPure:
      oldest = try macFloor(of: natives, in: name)
      tags = [tag(oldest)]
    default: break
    }
    let final = tags
    let file = try await blocking { cancellation in
      try WheelPacking(root: tree.root, name: name, platformTags: final).pack(into: scratch, cancellation)
    }
    return RepairedWheel(fileName: file.name, path: file.path, vendored: vendored, floor: oldest)
  }

  private func check(_ path: String, _ file: NativeFile, in wheel: WheelFileName) throws {
    let machine = Machine(platform)
    let found: (system: Platform.OperatingSystem, machines: [Machine])
    switch file {
    case .elf(let file): found = (.linux, [file.machine])
    case .machO(let images): found = (.macosx, images.map(\.machine))
    case .pe(let file): found = (.windows, [file.machine])
    }
    let isForeign =
      found.system != platform.operatingSystem
      || !found.machines.contains { $0 == machine || $0.isAccelerator }
    guard !isForeign else {
      let names = found.machines.map(\.description).joined(separator: ", ")
      throw RepairError.foreign(
        wheel: wheel.text, file: path, found: "\(found.system.rawValue) \(names)", platform: platform)
    }
  }

  /// Vendors, strips and relinks; gives the libraries that came along.
  private func link(
    _ natives: [(path: String, file: NativeFile)], in tree: WheelTree, named name: WheelFileName
  ) async throws -> [String] {
    let files = natives.compactMap { native -> (path: String, file: ELFFile)? in
      guard case .elf(let file) = native.file, !file.machine.isAccelerator else { return nil }
      return (native.path, file)
    }
    let own = files.map { tree.path($0.path).string }
    if let strip, !own.isEmpty {
      _ = try await run(checked: Command(strip, ["--strip-unneeded"] + own, timeout: .seconds(120)))
    }
    let stem = String(name.text.prefix { $0 != "-" })
    let (edits, vendored) = try await blocking { _ in
      var vendoring = Vendoring(tree: tree, stem: stem, libraries: libraries) {
        $0.wholeMatch(of: #/libpython3(\.[0-9]+)?t?\.so(\.1\.0)?/#) != nil
      }
      return try vendoring.plan(files)
    }
    guard !edits.isEmpty else { return vendored }
    let patchelf = try await patchelf()
    for (path, words) in edits.sorted(by: { $0.key < $1.key }) {
      let command = Command(patchelf, words + [tree.path(path).string], timeout: .seconds(120))
      _ = try await run(checked: command)
    }
    return vendored
  }

  private func policy(
    of natives: [(path: String, file: NativeFile)], in wheel: WheelFileName
  ) throws -> ManylinuxPolicy {
    let files = natives.compactMap { native -> (path: String, file: ELFFile)? in
      guard case .elf(let file) = native.file else { return nil }
      return (native.path, file)
    }
    let oldest = ManylinuxPolicy.oldest(for: files.map(\.file), architecture: platform.architecture)
    let limit = floor ?? .standard(for: platform) ?? PlatformFloor(2, 28)
    if let oldest, oldest.glibc <= limit { return oldest }
    let allowed = ManylinuxPolicy.all.last { $0.glibc <= limit } ?? ManylinuxPolicy.all[0]
    for (path, file) in files {
      guard let symbol = allowed.objection(to: file) else { continue }
      throw RepairError.tooNew(wheel: wheel.text, file: path, symbol: symbol, floor: limit)
    }
    return allowed
  }

  private func macFloor(
    of natives: [(path: String, file: NativeFile)], in wheel: WheelFileName
  ) throws -> PlatformFloor {
    let lowest = platform.architecture == .aarch64 ? PlatformFloor(11, 0) : PlatformFloor(10, 13)
    let limit = floor ?? .standard(for: platform) ?? lowest
    var highest = lowest
    for (path, file) in natives {
      guard case .machO(let images) = file else { continue }
      for image in images where image.machine == Machine(platform) {
        guard let minimum = image.minimumSystem else { continue }
        // From macOS 11 on tags name the major version only.
        let needed = PlatformFloor(minimum.major, minimum.major >= 11 ? 0 : minimum.minor)
        guard needed <= limit else {
          throw RepairError.systemTooNew(
            wheel: wheel.text, file: path, needs: "macOS \(minimum)", floor: limit)
        }
        highest = max(highest, needed)
      }
    }
    return highest
  }

  /// The platform tag of a wheel that needs no more than that system.
  private func tag(_ system: PlatformFloor?) -> String {
    switch (platform.operatingSystem, platform.architecture) {
    case (.windows, .x64): "win_amd64"
    case (.windows, .aarch64): "win_arm64"
    case (.macosx, let architecture):
      "macosx_\(system?.major ?? 11)_\(system?.minor ?? 0)_\(architecture == .x64 ? "x86_64" : "arm64")"
    case (.linux, let architecture): "linux_\(architecture == .x64 ? "x86_64" : "aarch64")"
    }
  }
}
