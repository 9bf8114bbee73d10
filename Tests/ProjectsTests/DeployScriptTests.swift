import Model
import Projects
import SystemPackage
import Testing

@Suite("A module's deploy script")
struct DeployScriptTests {
  @Test(
    "is found in the module or in deploy/",
    arguments: [
      ("modules/etl/deploy", true), ("modules/etl/deploy.sh", true), ("modules/etl/deploy.py", false),
      ("modules/etl/deploy.rb", true), ("deploy/etl", true), ("deploy/etl.sh", true), ("deploy/etl.py", true),
    ])
  func found(path: String, isExecutable: Bool) async throws {
    try await inRepository { scene in
      try scene.addModule("etl")
      try scene.write(path, "#!/bin/sh\n", isExecutable: isExecutable)
      let script = try DeployScript.find(of: scene.module("etl"), in: scene.repository())
      #expect(script?.shownAs == path)
      #expect(script?.path == scene.root.pushing(FilePath(path)))
    }
  }

  @Test(
    "is not what only looks like one",
    arguments: [
      "modules/etl/deploy.md", "modules/etl/deploy/notes", "modules/etl/deployment.sh", "deploy/etl.yaml",
      "deploy/etl2.sh", "deploy.sh", "modules/etl/src/deploy.sh",
    ])
  func notFound(path: String) async throws {
    try await inRepository { scene in
      try scene.addModule("etl")
      try scene.write(path, "")
      #expect(try DeployScript.find(of: scene.module("etl"), in: scene.repository()) == nil)
    }
  }

  @Test("that is one of two is an error that names both")
  func two() async throws {
    try await inRepository { scene in
      try scene.addModule("etl")
      try scene.write("modules/etl/deploy.py", "")
      try scene.write("deploy/etl.sh", "", isExecutable: true)
      let error = ProjectsError.manyDeployScripts("etl", paths: ["modules/etl/deploy.py", "deploy/etl.sh"])
      #expect(throws: error) { try DeployScript.find(of: scene.module("etl"), in: scene.repository()) }
    }
  }

  @Test("that may not be run is an error with the command that helps")
  func notExecutable() async throws {
    try await inRepository { scene in
      try scene.addModule("etl")
      try scene.write("modules/etl/deploy.sh", "#!/bin/sh\n")
      let error = #expect(throws: ProjectsError.self) {
        try DeployScript.find(of: scene.module("etl"), in: scene.repository())
      }
      #expect(error?.hint == "chmod +x modules/etl/deploy.sh")
    }
  }

  @Test("has to be there for a module that is named, and for no other")
  func plan() async throws {
    try await inRepository { scene in
      try scene.addModule("etl")
      try scene.addModule("web")
      try scene.write("modules/web/deploy.sh", "#!/bin/sh\n", isExecutable: true)
      let repository = try scene.repository()
      let all = try DeployPlan(repository.modules, in: repository, areNamed: false)
      #expect(all.scripts.map(\.shownAs) == ["modules/web/deploy.sh"])
      #expect(all.without == ["etl"] && all.problems.isEmpty)
      let named = try DeployPlan(repository.modules, in: repository, areNamed: true)
      #expect(named.problems.map(\.message) == ["module 'etl' has no deploy script"])
      #expect(named.problems.first?.hint?.contains("modules/etl/deploy.sh") == true)
    }
  }
}
