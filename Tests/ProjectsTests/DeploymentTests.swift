import Model
import Projects
import Synchronization
import SystemPackage
import Testing

@Suite("Deploying")
struct DeploymentTests {
  /// Runs the scripts of these modules; no Python is needed.
  private func deploy(
    _ scene: ProjectScene, width: Int = 2, each: @escaping @Sendable (ModuleOutcome) -> Void = { _ in }
  ) async throws -> [ModuleOutcome] {
    let repository = try scene.repository()
    let plan = try DeployPlan(repository.modules, in: repository, areNamed: true)
    let deployment = Deployment(
      repository, environment: ["PATH": "/usr/bin:/bin", "TOKEN": "t"], width: width, events: { _ in },
      uv: { throw CancellationError() })
    return try await deployment.run(plan.scripts, each: each)
  }

  private func add(_ name: String, _ script: String, to scene: ProjectScene) throws {
    try scene.addModule(name)
    try scene.write("modules/\(name)/deploy.sh", "#!/bin/sh\n\(script)\n", isExecutable: true)
  }

  @Test("a script runs in the repository's root and is told which module it is for")
  func environment() async throws {
    try await inRepository { scene in
      try add(
        "etl", "pwd; echo $PPP_MODULE $PPP_MODULE_DIRECTORY $PPP_REPOSITORY $TOKEN; cat", to: scene)
      let outcome = try await deploy(scene)[0]
      let expected = "\(scene.root)\netl \(scene.root)/modules/etl \(scene.root) t\n"
      #expect(String(decoding: outcome.output, as: UTF8.self) == expected)
      #expect(outcome.ending == .succeeded)
    }
  }

  @Test("what it writes on both outputs keeps its order")
  func outputs() async throws {
    try await inRepository { scene in
      try add("etl", "echo 1; echo 2 >&2; echo 3", to: scene)
      let outcome = try await deploy(scene)[0]
      #expect(String(decoding: outcome.output, as: UTF8.self) == "1\n2\n3\n")
    }
  }

  @Test("one that fails or is killed keeps no other from being run")
  func failures() async throws {
    try await inRepository { scene in
      try add("a", "exit 3", to: scene)
      try add("b", "kill -9 $$", to: scene)
      try add("c", "echo done", to: scene)
      let told = Mutex<Set<String>>([])
      let outcomes = try await deploy(scene) { outcome in
        told.withLock { _ = $0.insert(outcome.folder) }
      }
      #expect(outcomes.map(\.ending) == [.failed(status: 3), .signalled(9), .succeeded])
      #expect(told.withLock { $0 } == ["a", "b", "c"])
    }
  }

  @Test("scripts run at the same time, as many as the width says")
  func width() async throws {
    try await inRepository { scene in
      // Each waits for the other's file: one after the other they would not end.
      try add("a", "touch a; while ! [ -e b ]; do sleep 0.01; done", to: scene)
      try add("b", "touch b; while ! [ -e a ]; do sleep 0.01; done", to: scene)
      let outcomes = try await deploy(scene)
      #expect(outcomes.map(\.ending) == [.succeeded, .succeeded])
    }
  }

  @Test("cancelling ends scripts with all that they started")
  func cancelling() async throws {
    try await inRepository { scene in
      try add("a", "(sleep 300 & echo $! > child; wait)", to: scene)
      let child = scene.root.appending("child")
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) { _ = try await deploy(scene) }
        }
        while FileStatus(of: child)?.size ?? 0 == 0 {
          // A test that is cancelled itself looks again at once.
          try? await Task.sleep(for: .milliseconds(10))
        }
        group.cancelAll()
      }
      let number = String(decoding: try readFile(child), as: UTF8.self).dropLast()
      #expect(FileStatus(of: FilePath("/proc/\(number)/cwd")) == nil)
    }
  }
}
