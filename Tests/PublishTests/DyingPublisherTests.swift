import Artifacts
import Catalogue
import Model
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Publish

/// What a server sees of a publisher that is killed: requests that write so many times, and no more.
private final class Lifeline: Sendable {
  private let state = Mutex<(left: Int, passed: [LoopbackServer.Request])>((.max, []))

  func answer(to request: LoopbackServer.Request) -> LoopbackServer.Response? {
    state.withLock { state in
      guard state.left > 0 else { return .status(403) }
      guard request.method != "GET", request.method != "HEAD" else { return nil }
      state.left -= 1
      state.passed.append(request)
      return nil
    }
  }

  func allow(_ count: Int) { state.withLock { $0.left = count } }

  /// What was written and not refused, by path.
  var writes: [String] { state.withLock { $0.passed.filter { $0.method == "PUT" }.map(\.path) } }
}

@Suite("Publishers that are killed")
struct DyingPublisherTests {
  private let most = 100

  private func first(_ scene: PublishScene) async throws -> [BundleRecord] {
    [try await scene.bundle(of: ["shared", "old"])]
  }

  /// The next version of the same cell, and another cell, which share a layer.
  private func later(_ scene: PublishScene) async throws -> [BundleRecord] {
    [try await scene.bundle(of: ["shared", "new"]), try await scene.bundle("python-3.12.1", of: ["shared"])]
  }

  @Test(
    "after whatever it wrote to a bucket, readers see whole bundles, and the next run sends what is missing")
  func bucket() async throws {
    try await withPublishScene(retries: 0) { scene in
      for count in 1..<most {
        let line = Lifeline()
        let s3 = try FakeS3 { line.answer(to: $0) }
        let store = try s3.store(scene)
        _ = try await scene.publisher(to: store).publish(try await first(scene))
        let later = try await later(scene)
        line.allow(count)
        // Which error it is depends on where it came; that there is one shows that it was cut off.
        let report = try? await scene.publisher(to: store).publish(later)
        line.allow(.max)
        let isWhole = try await store.isWhole()
        #expect(isWhole, "after \(count) writes")
        let seen = try #require(try await store.index()).index.entries.count
        #expect(seen == 1 || seen == 3, "after \(count) writes")
        if report == nil { _ = try await scene.publisher(to: store).publish(later) }
        let index = try #require(try await store.index()).index
        #expect(index.entries.count == 3 && index.sequence == 2, "after \(count) writes")
        let objects = line.writes.filter { $0.contains("/objects/") }
        #expect(Set(objects).count == objects.count, "after \(count) writes something was sent twice")
        #expect(s3.objects["cat/index.html"] != nil)
        if report != nil {
          #expect(count > 5)
          return
        }
      }
      Issue.record("it never came to its end")
    }
  }

  @Test("after whatever it wrote to a registry, what its tags name is whole, and the next run finishes")
  func registry() async throws {
    try await withPublishScene(retries: 0) { scene in
      // Registries are written to often: every fourth time will do.
      for count in stride(from: 1, to: most, by: 4) {
        let line = Lifeline()
        let server = try TestRegistry(.init(instead: { line.answer(to: $0) }))
        let registry = try scene.registry(server)
        _ = try await scene.publisher(to: registry).publish(try await first(scene))
        let later = try await later(scene)
        line.allow(count)
        let report = try? await scene.publisher(to: try scene.registry(server)).publish(later)
        line.allow(.max)
        let isWhole = try await RegistryStore(registry).isWhole()
        #expect(isWhole && hasWholeTags(server.content), "after \(count) writes")
        if report == nil { _ = try await scene.publisher(to: try scene.registry(server)).publish(later) }
        let index = try #require(try await RegistryStore(registry).index()).index
        #expect(index.entries.count == 3 && index.sequence == 2, "after \(count) writes")
        #expect(
          server.content.tags.keys.filter { $0.hasPrefix("python") }.sorted() == [
            "python-3.12.1", "python-3.12.1-linux-x64", "python-3.12.1-linux-x64-1", "python-3.13.5",
            "python-3.13.5-linux-x64", "python-3.13.5-linux-x64-1", "python-3.13.5-linux-x64-2",
          ], "after \(count) writes")
        #expect(
          server.content.tags["python-3.13.5-linux-x64"] == server.content.tags["python-3.13.5-linux-x64-2"],
          "after \(count) writes")
        if report != nil {
          #expect(count > 5)
          return
        }
      }
      Issue.record("it never came to its end")
    }
  }

  /// Whether every tag leads to a manifest; the registry takes none whose parts it doesn't have.
  private func hasWholeTags(_ content: TestRegistry.Content) -> Bool {
    content.tags.values.allSatisfy { content.manifests[$0] != nil }
  }
}
