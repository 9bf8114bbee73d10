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
  func prune(keeping digests: Set<Digest>) throws(FileError) {
    guard FileStatus(of: directory) != nil else { return }
    let kept = Set(digests.map { "\($0.hex).json" })
    for name in try listDirectory(directory) where !kept.contains(name) {
      try removeTree(directory.appending(name))
    }
  }
}
