import Artifacts
import Layers
import Model
import SystemPackage

/// An interpreter that comes as one archive of a finished tree.
struct ArchivedTree: Sendable {
  let tree: RuntimeTree
  let spec: RuntimeSpec
  private let scheme: RuntimeScheme

  init(tree: RuntimeTree, spec: RuntimeSpec) {
    self.tree = tree
    self.spec = spec
    scheme = RuntimeScheme(python: spec.python, platform: spec.platform)
  }

  /// Unpacks the archive, strips it, and takes the paths of python-build-standalone's builders out.
  ///
  /// Messages call the archive by the name. Throws what `unpack` throws, and `FileError`.
  func assemble(_ artifacts: [StoredArtifact], name: String) async throws {
    try await blocking { cancellation in
      for artifact in artifacts { try unpack(artifact, name: name, cancellation) }
      try Stripping(scheme: scheme, keep: spec.keep).apply(to: tree)
      let paths = BuildPaths.standalone
      try BuildPaths(
        tree: tree, scheme: scheme, installPrefix: paths.prefix, isShared: false,
        buildDirectories: paths.builds
      ).apply()
    }
  }

  /// Unpacks the archive and makes its root the prefix; it blocks.
  ///
  /// The root is where the program is: the archive itself, `python/`, or the one directory that it holds.
  ///
  /// - Throws: `RuntimesError.noInterpreter` when there is none, `LayersError` for a hostile archive.
  private func unpack(_ artifact: StoredArtifact, name: String, _ cancellation: Cancellation) throws {
    try ArchiveExtractor().extract(artifact, into: tree.root, cancellation: cancellation)
    let top = try listDirectory(tree.root)
    let roots = [""] + (top.contains("python") ? ["python/"] : []) + (top.count == 1 ? ["\(top[0])/"] : [])
    guard let root = roots.first(where: { tree.exists($0 + scheme.executable) }) else {
      throw RuntimesError.noInterpreter(name, expected: ["", "python/"].map { $0 + scheme.executable })
    }
    if !root.isEmpty { try lift(String(root.dropLast())) }
    guard scheme.platform.operatingSystem != .windows else { return }
    for link in ["bin/python3", "bin/python"] where !tree.exists(link) {
      try tree.link(link, to: scheme.executable.replacing("bin/", with: ""))
    }
  }

  /// Makes a directory's content the tree's; what is beside it goes.
  private func lift(_ directory: String) throws {
    for name in try listDirectory(tree.root) where name != directory { try tree.remove(name) }
    let aside = ".ppp-root"
    try tree.move(directory, to: aside)
    for name in try listDirectory(tree.path(aside)) { try tree.move("\(aside)/\(name)", to: name) }
    try tree.remove(aside)
  }
}
