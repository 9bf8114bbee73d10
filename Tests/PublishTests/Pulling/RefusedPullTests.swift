import Model
import Publish
import SystemPackage
import TestSupport
import Testing
import Trust

/// Servers that say no, and clocks that are wrong; the environment that is there stays what it is.
@Suite("Refused pulling")
struct RefusedPullTests {
  private enum Phase: CaseIterable {
    case index
    case manifest
    case layer

    func includes(_ request: LoopbackServer.Request, _ answer: LoopbackServer.Response) -> Bool {
      switch self {
      case .index: request.path == "/index.json"
      case .manifest: request.path.contains("/objects/") && answer.body.first == UInt8(ascii: "{")
      case .layer: request.path.contains("/objects/") && answer.body.first != UInt8(ascii: "{")
      }
    }
  }

  @Test(
    "a server that refuses, has lost something, is busy or broken is told with its status, in whatever phase",
    arguments: [401, 403, 404, 409, 410, 412, 429, 500, 502, 503])
  func statuses(status: Int) async throws {
    try await PullScene.withUpdate { scene in
      for phase in Phase.allCases {
        let server = try scene.serve(scene.published) { request, answer in
          phase.includes(request, answer) ? .status(status, headers: ["Retry-After": "1"]) : answer
        }
        let error = try await scene.refused(from: server.url("/"), "\(phase)")
        let isTold = error is any UserFacingError
        #expect(isTold, "\(phase): \(String(describing: error))")
        let isMissing = status == 404 || status == 410
        if !isMissing {
          #expect("\(error.map { "\($0)" } ?? "")".contains("\(status)"), "\(phase)")
        }
      }
      try await scene.pull(from: "file://\(scene.published)")
      #expect(try scene.current(PullScene.changing) == PullScene.beta(2))
    }
  }

  @Test("a server that says when to come back is asked again then", arguments: [429, 503])
  func waits(status: Int) async throws {
    try await PullScene.withUpdate(retries: 1) { scene in
      let server = try scene.serve(scene.published) { request, answer in
        request.number == 0 ? .status(status, headers: ["Retry-After": "7"]) : answer
      }
      try await scene.pull(from: server.url("/"))
      #expect(try scene.current(PullScene.changing) == PullScene.beta(2))
    }
  }

  @Test("a server that sends more or less of a file than it should is not believed")
  func lengths() async throws {
    try await PullScene.withUpdate { scene in
      for phase in Phase.allCases {
        for change in [-2, 1] {
          let server = try scene.serve(scene.published) { request, answer in
            guard phase.includes(request, answer) else { return answer }
            let bytes = change > 0 ? answer.body + [0] : Array(answer.body.dropLast(-change))
            return .init(status: answer.status, headers: answer.headers, body: bytes)
          }
          try await scene.refused(from: server.url("/"), "\(phase) \(change)")
        }
      }
    }
  }

  @Test("a signed catalogue is refused once it has expired, and by a clock that is behind its signature")
  func clocks() async throws {
    try await PullScene.withUpdate { scene in
      let key = SecretKey.generate()
      let trusted = scene.keys.directory.appending("trusted")
      try makeDirectory(trusted)
      try writeAtomically(Array(key.publicKey.file.utf8), to: trusted.appending("maker.pub"))
      let place = "file://\(scene.published)"
      var index = try PublishedIndex(
        parsing: readFile(scene.published.appending("index.json")), place: place)
      index.expires = 1_000_000
      // Its signature says 1000.
      try scene.publish(index, signedWith: key)
      let late = try await scene.refused(from: place, now: 1_000_001, "expired")
      #expect(late is TrustError)
      let early = try await scene.refused(from: place, now: 1_000 - 86_400 * 2, "before the signature")
      #expect(early is TrustError)
    }
  }
}
