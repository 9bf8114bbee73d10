import FoundationEssentials
import Model
import SystemPackage

/// The build keys of a workspace's bundles, by digest under `.ppp/keys/`: the answer to "why is this done again".
struct KeyShelf: Sendable {
  private let directory: FilePath

  init(workspace: FilePath) { directory = workspace.appending(".ppp").appending("keys") }

  private func path(of digest: Digest) -> FilePath { directory.appending("\(digest.hex).json") }

  /// The key of that digest, or nil when it isn't there or can't be read: then "why" has no answer, no more.
  func key(of digest: Digest) -> BuildKey? {
    guard let bytes = try? readFile(path(of: digest)),
      let fields = try? JSONDecoder().decode([String: [String]].self, from: Data(bytes))
    else { return nil }
    return BuildKey(LockInputs(fields))
  }

  func add(_ key: BuildKey) throws(FileError) {
    try makeDirectory(directory)
    try writeAtomically(key.inputs.canonicalJSON.utf8, to: path(of: key.digest))
  }

  /// Removes the keys that no bundle has any more.
  ///
  /// Another build of this workspace may be adding keys at the same time: what it is writing is let alone, and
  /// `digests` is asked for only once it is known what may go, for a key comes after its bundle's record.
  func prune(keeping digests: () async throws -> Set<Digest>) async throws {
    guard FileStatus(of: directory) != nil else { return }
    let names = try listDirectory(directory).filter { !$0.hasPrefix(".") }
    let kept = Set(try await digests().map { "\($0.hex).json" })
    for name in names where !kept.contains(name) { try removeTree(directory.appending(name)) }
  }
}
