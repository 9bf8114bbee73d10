import Artifacts
import Model
import SystemPackage

/// Where an interpreter comes from: knows what it is made of, and how to put it together.
protocol RuntimeProvider: Sendable {
  /// Decides on the files, to the byte.
  func pin(_ spec: RuntimeSpec) async throws -> RuntimePin

  /// Where to look for a pinned file.
  func places(of file: PinnedFile, spec: RuntimeSpec) -> [String]

  /// Puts the interpreter together from the pin's files, in their order, in an empty tree.
  ///
  /// What is needed on the way goes to `scratch`, which its caller removes.
  ///
  /// - Throws: `RuntimesError` for files that are not what is expected of the provider.
  func assemble(
    _ pin: RuntimePin, spec: RuntimeSpec, from artifacts: [StoredArtifact], in tree: RuntimeTree,
    scratch: FilePath
  ) async throws
}
