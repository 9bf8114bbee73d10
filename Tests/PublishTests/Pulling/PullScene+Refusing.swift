import Model
import Publish
import SystemPackage
import Testing

extension PullScene {
  /// The file that differs between versions.
  static let changing = "lib/python3.13/site-packages/beta/data"

  /// Gives the body a scene in which version 1 is pulled, version 2 is published, and nothing of it is in the cache.
  static func withUpdate(retries: Int = 0, _ body: (PullScene) async throws -> Void) async throws {
    try await with(retries: retries) { scene in
      try await scene.publish(upTo: 1)
      try await scene.pull(from: "file://\(scene.published)")
      try await scene.publish(upTo: 2)
      try await body(scene)
    }
  }

  /// Expects that pulling is an error, and that the environment is still that of version 1, with nothing beside it.
  ///
  /// - Returns: the error.
  @discardableResult
  func refused(
    from place: String, now: Int64 = 2_000, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> (any Error)? {
    let error = await #expect(throws: (any Error).self, comment, sourceLocation: sourceLocation) {
      try await puller(from: place, now: now).pull(
        PullReference(parsing: Self.runenv), platform: .linuxX64, remembering: place)
    }
    #expect(try current(Self.changing) == Self.beta(1), comment, sourceLocation: sourceLocation)
    #expect(try environment.state().trees.count == 1, comment, sourceLocation: sourceLocation)
    #expect(try listDirectory(environment.trees).count == 1, comment, sourceLocation: sourceLocation)
    return error
  }
}
