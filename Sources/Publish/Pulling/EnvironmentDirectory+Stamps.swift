import Layers
import Model
import SystemPackage

extension EnvironmentDirectory {
  /// Has a file for each tree, named as the tree is.
  var stamps: FilePath { own.appending("stamps") }

  /// The stamps of a tree's files, as they were when it was made.
  ///
  /// - Returns: nil where there are none, or none to be trusted: after a crash a file may have lost its content and kept its times.
  func stamps(of tree: PulledTree) -> TreeStamps? {
    guard let boot = tree.boot, boot == bootIdentity(),
      // Stamps that can't be read are as good as none: the files are hashed.
      let bytes = try? readFile(stamps.appending(tree.name))
    else { return nil }
    return TreeStamps(bytes: bytes)
  }

  /// Keeps the stamps of a tree for the next pull; they are not synced, since no crash leaves any that are used.
  func keep(_ layers: [Digest: PlacedLayer], of tree: PulledTree) throws {
    guard tree.boot != nil else { return }
    let place = stamps.appending(tree.name)
    do {
      let file = try FileDescriptor.open(
        place, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter { _ = try file.writeAll(TreeStamps(layers.mapValues(\.stamps)).bytes) }
    } catch {
      throw FileError(verb: "write", path: place, cause: error)
    }
  }
}
