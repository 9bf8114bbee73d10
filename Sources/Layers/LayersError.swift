package import Model
package import SystemPackage

/// Why an archive could not be read, or a layer or bundle not be made.
package enum LayersError: UserFacingError, Equatable {
  /// The file is not an archive, is damaged, or ends early; `reason` is libarchive's.
  case unreadableArchive(FilePath, entry: String?, code: Int, reason: String)
  /// An entry's name, or a path given by a caller, that could leave its directory or exists on no file system.
  case unsafePath(String, reason: String)
  case unsafeLink(String, target: String, reason: String)
  /// The archive unpacks to more than any honest one does.
  case exceedsLimit(FilePath, what: String, limit: Int64)
  /// A device, a pipe, or another entry that environments do not have.
  case unsupportedEntry(FilePath, entry: String)
  case duplicatePath(String, other: String)
  case wrongSize(String, expected: Int64, actual: Int64)
  /// Two layers of one bundle both hold the path, or names that one file system takes for the same.
  case collision(path: String, layer: String, otherPath: String, otherLayer: String)
  /// Layers in the store whose bytes are not what they were; they have been removed and can be made again.
  case corruptLayer([Digest], names: [String])
  case malformedBundle(FilePath, reason: String)
  /// Bytes that have the right digest and are no layer all the same: its maker is to blame.
  case malformedLayer(Digest, reason: String)
  case malformedPatch(FilePath, reason: String)
  /// The patch was made for another bundle.
  case wrongBase(patch: FilePath, sequence: Int, expected: Digest, actual: Digest)
  /// What came of applying a patch is not the bundle that it was made for.
  case wrongTarget(patch: FilePath, expected: Digest, actual: Digest, madeWith: String, here: String)
  case compression(code: Int, reason: String)

  package var description: String {
    switch self {
    case .unreadableArchive(let path, let entry?, _, let reason):
      "cannot read '\(entry)' in the archive '\(path)': \(reason)"
    case .unreadableArchive(let path, nil, _, let reason): "cannot read the archive '\(path)': \(reason)"
    case .unsafePath(let path, let reason): "the path '\(path)' is refused: \(reason)"
    case .unsafeLink(let path, let target, let reason):
      "the symbolic link '\(path)' to '\(target)' is refused: \(reason)"
    case .exceedsLimit(let path, let what, let limit): "the archive '\(path)' has more than \(limit) \(what)"
    case .unsupportedEntry(let path, let entry):
      "'\(entry)' in the archive '\(path)' is neither file, directory nor link"
    case .duplicatePath(let path, let other) where path == other: "'\(path)' occurs twice"
    case .duplicatePath(let path, let other): "'\(path)' and '\(other)' cannot both exist"
    case .wrongSize(let path, let expected, let actual):
      "'\(path)' should have \(expected) bytes and has \(actual)"
    case .collision(let path, let layer, let otherPath, let otherLayer):
      "'\(path)' of \(layer) and '\(otherPath)' of \(otherLayer) cannot both exist"
    case .corruptLayer(_, let names): "damaged in the cache: \(names.joined(separator: ", "))"
    case .malformedBundle(let path, let reason): "'\(path)' is not a bundle: \(reason)"
    case .malformedLayer(let digest, let reason): "\(digest) is not a layer: \(reason)"
    case .malformedPatch(let path, let reason): "'\(path)' is not a patch that can be applied: \(reason)"
    case .wrongBase(let patch, let sequence, let expected, let actual):
      "patch \(sequence), '\(patch)', is for the bundle \(expected); this one is \(actual)"
    case .wrongTarget(let patch, let expected, let actual, let madeWith, let here):
      "'\(patch)' should give \(expected) and gives \(actual); "
        + "it was made with libzstd \(madeWith), here is \(here)"
    case .compression(_, let reason): "cannot compress: \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .corruptLayer: "run the same command again: what was damaged is made anew"
    case .wrongBase: "apply the patches one after the other, or get the whole bundle"
    case .wrongTarget: "get a patch that was made with --portable, or the whole bundle"
    case .collision: "skip one of the two packages, or overwrite the file with packages.copyFiles"
    default: nil
    }
  }
}
