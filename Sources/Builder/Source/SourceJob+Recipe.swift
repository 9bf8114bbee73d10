import Artifacts
import ConfigMerge
import Layers
import Model
import SystemPackage

extension SourceJob {
  /// The source as it is built: with what the recipe adds, then patched.
  func completed(_ tree: SourceTree) async throws -> SourceTree {
    for addition in settings.additions { try await add(addition, to: tree.root) }
    for patch in settings.patches { try await apply(patch, to: tree.root) }
    guard !settings.additions.isEmpty || !settings.patches.isEmpty else { return tree }
    return try tree.readAgain(for: package)
  }

  /// Puts a file into the source, or unpacks an archive there, whose digest is known.
  private func add(_ addition: BuildRecipe.Addition, to root: FilePath) async throws {
    let file = RemoteFile(urls: [addition.url], digest: addition.sha256)
    let artifact = try await bench.fetcher.artifact(file)
    let target = root.pushing(FilePath(addition.to))
    let store = bench.artifacts
    try await blocking { cancellation in
      let isArchive = addition.to.hasSuffix("/")
      let folder = isArchive ? target : target.removingLastComponent()
      try makeDirectory(folder)
      // No link of an unpacked source leads out of it.
      if isArchive {
        try ArchiveExtractor().extract(
          artifact, into: target, strippingComponents: 1, cancellation: cancellation)
      } else {
        try writeAtomically(readFile(store.path(of: artifact.digest)), to: target)
      }
    }
  }
}
