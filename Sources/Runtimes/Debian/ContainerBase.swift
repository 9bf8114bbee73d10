import Artifacts
import Layers
import Model
import SystemPackage

/// What an environment needs below it in a container that holds nothing else: Debian's C library and compiler run-time, zlib,
/// the certificates of public authorities, and a shell with the usual small programs (busybox).
///
/// The environment lies at the root, so `bin` and `lib` are directories here and no links into `usr`, as they are in images of
/// whole systems, which would be hidden by the environment's own.
struct ContainerBase: Sendable {
  static let packages = ["busybox-static", "ca-certificates", "libc6", "libgcc-s1", "libstdc++6", "zlib1g"]

  /// What busybox is called by: what start scripts use, and who looks around in a container.
  private static let commands = [
    "[", "awk", "basename", "cat", "chmod", "cp", "cut", "date", "df", "dirname", "du", "echo", "env", "expr",
    "false", "find", "free", "grep", "gunzip", "gzip", "head", "hostname", "id", "kill", "less", "ln", "ls",
    "mkdir",
    "mktemp", "more", "mv", "nproc", "printf", "ps", "pwd", "readlink", "realpath", "rm", "rmdir", "sed",
    "seq",
    "sh", "sleep", "sort", "stat", "tail", "tar", "tee", "test", "timeout", "top", "touch", "tr", "true",
    "uname", "uniq", "vi", "wc", "which", "whoami", "xargs", "yes",
  ]

  private static let texts = [
    ("etc/group", "root:x:0:\nnogroup:x:65534:\n"),
    ("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
    ("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n"),
  ]

  let architecture: DebianArchitecture

  /// The first Debian whose C library is not older than the floor.
  static func suite(for floor: PlatformFloor?) -> String {
    guard let floor, floor > PlatformFloor(2, 36) else { return "bookworm" }
    return "trixie"
  }

  func key(_ files: [StoredArtifact], level: Int) -> LayerKey {
    LayerKey(
      kind: "container-base", version: 1,
      fields: [
        ("architecture", architecture.name),
        ("files", files.map(\.digest.hex).sorted().joined(separator: " ")),
        ("level", "\(level)"),
      ])
  }

  /// Packs the wanted files of the packages; it blocks.
  func pack(_ packages: [StoredArtifact], into writer: LayerWriter, _ cancellation: Cancellation) throws {
    var certificates: [String: [UInt8]] = [:]
    for package in packages {
      let reader = try ArchiveReader(package)
      while let entry = try reader.next() {
        try cancellation.check()
        guard let path = try entry.relativePath() else { continue }
        if path.hasPrefix("usr/share/ca-certificates/mozilla/"), entry.kind == .file {
          certificates[path] = try reader.readAll(limit: 1 << 20)
        } else if let place = place(of: path) {
          try add(entry, from: reader, at: place, to: writer)
        }
      }
    }
    let bundle = certificates.sorted { $0.key < $1.key }.map { $0.value + [0x0A] }
    try writer.addFile("etc/ssl/certs/ca-certificates.crt", bytes: Array(bundle.joined()))
    try writer.addSymlink("etc/ssl/cert.pem", target: "certs/ca-certificates.crt")
    for command in Self.commands { try writer.addSymlink("bin/\(command)", target: "busybox") }
    for (path, text) in Self.texts { try writer.addFile(path, bytes: Array(text.utf8)) }
    for directory in ["dev", "proc", "root", "sys", "tmp", "var/tmp"] { try writer.addDirectory(directory) }
    let link = architecture.name == "amd64" ? "lib64" : "lib"
    let up = link == "lib" ? "" : "../lib/"
    try writer.addSymlink(
      "\(link)/\(architecture.loader)", target: "\(up)\(architecture.triplet)/\(architecture.loader)")
  }

  private func add(
    _ entry: ArchiveEntry, from reader: ArchiveReader, at place: String, to writer: LayerWriter
  ) throws {
    switch entry.kind {
    case .file:
      try writer.addFile(place, bytes: reader.readAll(limit: 64 << 20), executable: entry.isExecutable)
    case .symlink(let target) where !target.contains("/"): try writer.addSymlink(place, target: target)
    case .symlink, .directory, .hardlink: break
    }
  }

  /// Where a package's file belongs; nil for what is not wanted.
  ///
  /// Debian's libraries are in `lib` or in `usr/lib`, by its release.
  private func place(of path: String) -> String? {
    for root in ["usr/lib/\(architecture.triplet)/", "lib/\(architecture.triplet)/"] {
      guard let name = path.tail(after: root) else { continue }
      return name.contains("/") || !name.contains(".so") ? nil : "lib/\(architecture.triplet)/\(name)"
    }
    if path == "bin/busybox" || path == "usr/bin/busybox" { return "bin/busybox" }
    if let name = path.tail(after: "usr/share/doc/"), name.hasSuffix("/copyright") { return path }
    return nil
  }
}

extension DebianProvider {
  /// The packages of a container's base, as the suite and its security updates have them now.
  func containerBase(suite: String, architecture: DebianArchitecture) async throws -> [StoredArtifact] {
    let mirror = Mirror(configured: nil, standard: DebianArchive.standardMirror, override: mirrorOverride)
    let archive = DebianArchive(
      mirror: mirror, fetcher: fetcher, verifySignature: verifySignature, events: events)
    let index = try await reading.withSlot {
      try await archive.packages(suite: suite, architecture: architecture)
    }
    return try await ContainerBase.packages.concurrentMap(width: 4) { name in
      guard let package = index[name] else { throw RuntimesError.packageMissing(name, suite: suite) }
      let file = PinnedFile(
        name: package.fileName, version: package.version.description,
        urls: ["\(package.archive)/\(package.path)"], digest: package.digest, size: package.size)
      let security = mirror.appending("-security")
      let places = (package.archive == security.address ? security : mirror).places(of: file.urls)
      return try await fetcher.artifact(
        RemoteFile(urls: places, digest: file.digest, size: file.size, name: file.name))
    }
  }
}
