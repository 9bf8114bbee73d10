import Model
import Processes
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("deploy")
struct DeployCommandTests {
  private func inModules(_ scripts: [String: String], _ body: (Scene) async throws -> Void) async throws {
    try await inScene(Scene.module("etl").merging(Scene.module("web")) { $1 }) { scene in
      for (name, text) in scripts {
        try scene.write(name, "#!/bin/sh\n\(text)\n")
        chmod(scene.workspace.pushing(FilePath(name)).string, 0o755)
      }
      try await body(scene)
    }
  }

  @Test("runs every script, shows their output apart and failures last, and exits with 1 for one that failed")
  func deploys() async throws {
    let scripts = [
      "modules/etl/deploy.sh": "echo $PPP_MODULE went wrong >&2; exit 3", "deploy/web": "echo $PPP_MODULE",
    ]
    try await inModules(scripts) { scene in
      let ending = try await scene.run("deploy", from: scene.workspace.appending("modules"))
      #expect(ending.status == 1)
      #expect(ending.output.contains(#/etl +failed +\S+ m?s\nweb +deployed +\S+ m?s\n/#))
      #expect(ending.errors.contains(#/── web: deployed, \S+ m?s ──\nweb\n/#))
      #expect(ending.errors.contains(#/── etl: failed, \S+ m?s ──\netl went wrong\n$/#))
      let one = try await scene.run("deploy", "--module", "web", "--format", "json", "--quiet")
      #expect(one.status == 0 && one.errors == "")
      #expect(one.output.contains(#""result" : "deployed""#))
    }
  }

  @Test("a module without a script is passed over unless it is named; then the file to make is told")
  func noScript() async throws {
    try await inModules(["deploy/web.sh": "echo web"]) { scene in
      let all = try await scene.run("deploy")
      #expect(all.status == 0 && all.output.contains("no script"))
      let named = try await scene.run("deploy", "--module", "etl", "--module", "web")
      #expect(named.status == 1 && named.output == "")
      #expect(
        named.errors
          == "error: module 'etl' has no deploy script\n  hint: make modules/etl/deploy.sh, executable; "
          + "it is run in the repository's root\n")
    }
  }

  @Test("no script at all is nothing selected")
  func noScripts() async throws {
    try await inModules([:]) { scene in
      let ending = try await scene.run("deploy")
      #expect(ending.status == 3)
      #expect(ending.errors.contains("has a deploy script\n  hint: make modules/MODULE/deploy.sh"))
    }
  }

  @Test("every script that is in the way is told, and nothing is run")
  func problems() async throws {
    let scripts = [
      "modules/etl/deploy": "touch ran", "deploy/etl.sh": "touch ran", "modules/web/deploy.sh": "touch ran",
    ]
    try await inModules(scripts) { scene in
      chmod(scene.workspace.pushing("modules/web/deploy.sh").string, 0o644)
      let ending = try await scene.run("deploy")
      #expect(ending.status == 1 && ending.errorCount == 2, "\(ending)")
      #expect(ending.errors.contains("hint: chmod +x modules/web/deploy.sh\n"))
      #expect(!scene.has("ran"))
    }
  }

  @Test(
    "a Python script runs with what its module requires",
    .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
  func python() async throws {
    try await inProjects(Scene.module("etl").merging(Scene.workspaceRoot) { $1 }) { scene in
      try scene.write(
        "modules/etl/deploy.py", "import os, etl.cli\nprint(os.environ['PPP_MODULE'], os.getcwd())\n")
      let ending = try await scene.run("deploy")
      #expect(ending.status == 0, "\(ending)")
      #expect(ending.errors.contains("etl \(try realPath(scene.workspace))\n"))
      #expect(!scene.has(".venv"))
    }
  }
}
