import Processes
import Projects
import SystemPackage
import Testing

@Suite("uv's commands")
struct ProjectUVTests {
  private let variables = ["PATH": "/bin", "UV_INDEX": "https://own.example", "VIRTUAL_ENV": "/elsewhere"]

  @Test("name the workspace and the module in it, or the module alone")
  func projects() async throws {
    try await inRepository { scene in
      try scene.addModule("one")
      try scene.addModule("two", name: "Second_One")
      try scene.write("pyproject.toml", "[tool.uv.workspace]\nmembers = [\"modules/two\"]\n")
      let repository = try scene.repository()
      let uv = ProjectUV("/uv", for: repository, environment: variables, isOffline: false)
      let (one, two) = (repository.modules[0], repository.modules[1])
      #expect(
        uv.syncOwn(one, isLocked: true).arguments == ["sync", "--project", "\(scene.root)/modules/one"])
      #expect(
        uv.syncOwn(two, isLocked: true).arguments
          == ["sync", "--frozen", "--project", scene.root.string, "--package", "second-one"])
      #expect(uv.syncWorkspace(nil).arguments == ["sync", "--all-packages"])
      #expect(uv.syncWorkspace([two]).arguments == ["sync", "--inexact", "--package", "second-one"])
      let run = uv.run(two, ["second", "--offline"], in: "/tmp")
      #expect(run.workingDirectory == "/tmp")
      #expect(run.arguments.suffix(3) == ["--", "second", "--offline"])
    }
  }

  @Test("see the user's settings; only what ppp prepares for itself has a place of its own")
  func environment() async throws {
    try await inRepository { scene in
      try scene.addModule("one")
      let repository = try scene.repository()
      let uv = ProjectUV("/uv", for: repository, environment: variables, isOffline: true)
      #expect(uv.lock().environment == variables)
      #expect(uv.lock().arguments == ["--offline", "lock"])
      let own = uv.syncOwn(repository.modules[0], isLocked: false)
      #expect(
        own.environment == [
          "PATH": "/bin", "UV_INDEX": "https://own.example",
          "UV_PROJECT_ENVIRONMENT": "\(scene.root)/.ppp/venvs/one",
        ])
      #expect(own.arguments.first == "--offline")
    }
  }
}
