package import Artifacts
import Layers
package import Model
import PackageIndex
import Synchronization
package import SystemPackage

/// The programs that ppp uses on the host, fetched as wheels from the package index when first needed.
///
/// They are pinned by digest in the source, so every ppp of one version uses the same bytes; nothing of the host is
/// used, neither its PATH nor a Python. `<cache>/tools/<name>-<version>-<digest>/` holds what was unpacked, with a
/// stamp of sizes and digests that is checked once in a process; what differs is unpacked anew.
package struct Toolbox: Sendable {
  /// Where wheels come from when the configuration names no index.
  package static let standardIndex = "https://pypi.org/simple"

  private let fetcher: Fetcher
  let directory: FilePath
  private let index: String
  private let host: Platform?
  let checked = Checked()

  /// What all copies of one toolbox share.
  final class Checked: Sendable {
    let directories = Mutex<Set<FilePath>>([])
    let flights = SingleFlight<FilePath, FilePath>()
  }

  /// A toolbox that fetches from the index with this URL what this cache does not have.
  package init(
    fetcher: Fetcher, cache: FilePath, index: String = Self.standardIndex, host: Platform? = Platform.host
  ) {
    self.fetcher = fetcher
    self.index = index
    self.host = host
    directory = cache.appending("tools")
  }

  /// The version of uv, part of what resolving and building from source depend on.
  package static var uvVersion: String { PinnedTool.uv.version }

  /// The version of patchelf, part of what a Debian interpreter's layer depends on.
  package static var patchelfVersion: String { PinnedTool.patchelf.version }

  /// The uv program.
  ///
  /// - Throws: `ToolError`, and what fetching throws.
  package func uv() async throws -> FilePath { try await program(.uv) }

  package func patchelf() async throws -> FilePath { try await program(.patchelf) }

  /// The version of zig, part of what a wheel that it compiled depends on.
  package static var zigVersion: String { PinnedTool.zig.version }

  /// The zig program, among the files that it needs.
  package func zig() async throws -> FilePath {
    let host = try supportedHost(for: .zig)
    return try await unpackedWhole(.zig, host: host).appending("ziglang").appending("zig")
  }

  /// The programs that Windows scripts begin with: for a console, and for windows only.
  package func windowsLaunchers() async throws -> (console: [UInt8], gui: [UInt8]) {
    let host = try supportedHost(for: .distlib)
    let place = try await unpacked(.distlib, host: host, members: PinnedTool.distlib.members)
    return try await blocking { _ in
      (try readFile(place.appending("t64.exe")), try readFile(place.appending("w64.exe")))
    }
  }

  /// The version of python-minifier, part of what minified code depends on.
  package static var minifierVersion: String { PinnedTool.pythonMinifier.version }

  /// The version of Cython, part of what native code depends on.
  package static var cythonVersion: String { PinnedTool.cython.version }

  /// The wheel of python-minifier, from which Python can import it as it is.
  package func pythonMinifier() async throws -> StoredArtifact { try await wheel(of: .pythonMinifier) }

  /// The wheel of Cython, without native code of its own.
  package func cython() async throws -> StoredArtifact { try await wheel(of: .cython) }

  private func wheel(of tool: PinnedTool) async throws -> StoredArtifact {
    let host = try supportedHost(for: tool)
    guard let wheel = tool.wheels[host] else {
      throw ToolError.noWheel(tool: tool.name, host: host.description)
    }
    return try await fetch(tool, wheel)
  }

  private func program(_ tool: PinnedTool) async throws -> FilePath {
    let host = try supportedHost(for: tool)
    let member = tool.program(on: host)
    return try await unpacked(tool, host: host, members: [member]).appending(member.name)
  }

  private func supportedHost(for tool: PinnedTool) throws(ToolError) -> Platform {
    guard let host, tool.wheels[host] != nil else {
      throw .noWheel(tool: tool.name, host: host?.description ?? "this kind of machine")
    }
    return host
  }

  func unpacked(_ tool: PinnedTool, host: Platform, members: [PinnedTool.Member]) async throws -> FilePath {
    guard let wheel = tool.wheels[host] else {
      throw ToolError.noWheel(tool: tool.name, host: host.description)
    }
    let place = directory.appending("\(tool.name)-\(tool.version)-\(wheel.sha256.prefix(16))")
    return try await checked.flights.run(place) {
      if checked.directories.withLock({ $0.contains(place) }) { return place }
      try await put(members, of: tool, wheel, at: place)
      checked.directories.withLock { _ = $0.insert(place) }
      return place
    }
  }

  /// Unpacks the tool unless it is there, whole.
  private func put(
    _ members: [PinnedTool.Member], of tool: PinnedTool, _ wheel: PinnedTool.Wheel, at place: FilePath
  ) async throws {
    let isWhole = try await blocking { _ in ToolStamp.isValid(in: place, members: members.map(\.name)) }
    if isWhole { return }
    let artifact = try await fetch(tool, wheel)
    try await unpack(artifact, wheel: wheel, members: members, to: place)
  }

  func fetch(_ tool: PinnedTool, _ wheel: PinnedTool.Wheel) async throws -> StoredArtifact {
    let digest = try Digest(parsing: wheel.sha256)
    if let stored = try await fetcher.store.find(digest) { return stored }
    let packages = PackageIndex(url: index, fetcher: fetcher)
    let files = try await packages.files(of: PackageName(parsing: tool.name))
    guard let file = files.first(where: { $0.fileName == wheel.fileName }) else {
      throw ToolError.notOnIndex(fileName: wheel.fileName, index: packages.url)
    }
    if let found = file.digest, found != digest {
      throw ToolError.otherFile(fileName: wheel.fileName, index: packages.url, expected: digest, found: found)
    }
    return try await fetcher.artifact(
      RemoteFile(urls: [file.url], digest: digest, size: file.size, name: wheel.fileName))
  }

  /// Unpacks beside the place and renames, so that the place never holds half of it.
  private func unpack(
    _ artifact: StoredArtifact, wheel: PinnedTool.Wheel, members: [PinnedTool.Member], to place: FilePath
  ) async throws {
    try await withTemporaryDirectory(in: directory, prefix: ".draft-") { draft in
      try await blocking { cancellation in
        let content = draft.appending("content")
        try makeDirectory(content)
        var missing = members
        let reader = try ArchiveReader(artifact)
        while let entry = try reader.next() {
          try cancellation.check()
          guard let index = missing.firstIndex(where: { $0.path == entry.path }) else { continue }
          let member = missing.remove(at: index)
          try writeAtomically(
            reader.readAll(limit: 512 << 20), to: content.appending(member.name),
            permissions: FilePermissions(rawValue: member.isExecutable ? 0o755 : 0o644))
        }
        if let member = missing.first {
          throw ToolError.memberMissing(member.path, fileName: wheel.fileName)
        }
        let names = members.map(\.name)
        try ToolStamp.write(in: content, members: names)
        try replaceDirectory(place, with: content) { ToolStamp.isValid(in: place, members: names) }
      }
    }
  }
}
