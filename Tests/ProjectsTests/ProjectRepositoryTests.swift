import Model
import Projects
import SystemPackage
import Testing

@Suite("A repository of modules")
struct ProjectRepositoryTests {
  @Test("is found from anywhere inside, past a module's own directory")
  func found() async throws {
    try await inRepository { scene in
      try scene.addModule("etl")
      try scene.write("modules/etl/src/etl/__init__.py", "")
      try makeDirectory(scene.root.pushing("src/modules"))
      for place in ["", "modules", "modules/etl", "modules/etl/src/etl", "src"] {
        let repository = try ProjectRepository.find(from: scene.root.pushing(FilePath(place)))
        #expect(repository.root == scene.root)
      }
    }
  }

  @Test("that has no modules is said to have none")
  func none() async throws {
    try await inRepository { scene in
      try makeDirectory(scene.root.pushing("modules/empty"))
      #expect(throws: ProjectsError.noRepository(scene.root)) { try scene.repository() }
      #expect(throws: ProjectsError.noRepository(scene.root)) {
        try ProjectRepository.find(from: scene.root)
      }
    }
  }

  @Test("tells projects from sources, and passes over what is neither")
  func kinds() async throws {
    try await inRepository { scene in
      try scene.addModule("etl", name: "Acme_ETL")
      try scene.addModule(".hidden")
      try scene.write("modules/elasticity/module.json", "{}")
      try scene.write("modules/forecast/module.yaml", "")
      try scene.write("modules/notes/README.md", "")
      try scene.write("modules/file", "")
      let repository = try scene.repository()
      #expect(repository.modules.map(\.folder) == ["etl"])
      #expect(repository.modules.map(\.name.description) == ["acme-etl"])
      #expect(repository.sources == ["elasticity", "forecast"])
      #expect(!repository.isWorkspace)
    }
  }

  @Test("knows which modules are members of its uv workspace")
  func members() async throws {
    try await inRepository { scene in
      for name in ["one", "two", "three"] { try scene.addModule(name) }
      try scene.write(
        "pyproject.toml", "[tool.uv.workspace]\nmembers = [\"./modules/t*\"]\nexclude = [\"modules/two\"]\n")
      let repository = try scene.repository()
      #expect(repository.isWorkspace)
      #expect(repository.modules.filter(\.isMember).map(\.folder) == ["three"])
    }
  }

  @Test("a module answers to its directory and to its project's name, and comes once")
  func selection() async throws {
    try await inRepository { scene in
      try scene.addModule("etl", name: "acme-etl")
      try scene.addModule("web")
      let repository = try scene.repository()
      let named = try repository.selectProjects(["web", "Acme_ETL", "etl"])
      #expect(named.map(\.folder) == ["web", "etl"])
      #expect(try repository.selectProjects([]).map(\.folder) == ["etl", "web"])
    }
  }

  @Test("what can't be selected is named, with what is near or what to do")
  func wrongSelection() async throws {
    try await inRepository { scene in
      try scene.addModule("elasticity")
      try scene.write("modules/forecast/module.json", "{}")
      try scene.write("modules/notes/README.md", "")
      let repository = try scene.repository()
      #expect(throws: ProjectsError.unknownModule("elasticty", nearest: "elasticity")) {
        try repository.select(["elasticty"])
      }
      #expect(throws: ProjectsError.unknownModule("../notes", nearest: nil)) {
        try repository.select(["../notes"])
      }
      #expect(throws: ProjectsError.notAProject("notes", isSource: false)) {
        try repository.select(["notes"])
      }
      #expect(throws: ProjectsError.notAProject("forecast", isSource: true)) {
        try repository.selectProjects(["forecast"])
      }
      #expect(try repository.select(["forecast"]).sources == ["forecast"])
      #expect(try repository.selectProjects([]).map(\.folder) == ["elasticity"])
    }
  }

  @Test("a module has tests when pytest would see some")
  func tests() async throws {
    try await inRepository { scene in
      for name in ["a", "b", "c", "d"] { try scene.addModule(name) }
      try scene.write("modules/a/tests/__init__.py", "")
      try scene.write("modules/b/src/b/model_test.py", "")
      try scene.write("modules/c/src/c/testing.py", "")
      try scene.write("modules/d/.venv/lib/test_it.py", "")
      let tested = try scene.repository().modules.filter { try $0.hasTests() }
      #expect(tested.map(\.folder) == ["a", "b"])
    }
  }
}

@Suite("A repository with a pyproject.toml that is wrong")
struct HostileProjectRepositoryTests {
  @Test("is refused at the place where it stops being TOML")
  func notTOML() async throws {
    try await inRepository { scene in
      try scene.addModule("etl", more: "scripts = [\n\"")
      let error = #expect(throws: ProjectsError.self) { try scene.repository() }
      #expect(error?.position?.file == "modules/etl/pyproject.toml")
      #expect(error?.position?.line == 5)
    }
  }

  @Test("is refused when a project has no name, a wrong one, or another's")
  func names() async throws {
    try await inRepository { scene in
      try scene.write("modules/etl/pyproject.toml", "[tool.odd]\n")
      #expect(throws: ProjectsError.noName(file: "modules/etl/pyproject.toml")) { try scene.repository() }
      try scene.addModule("etl", name: "no name")
      #expect(throws: ProjectsError.self) { try scene.repository() }
      try scene.addModule("etl", name: "Web_Shop")
      try scene.addModule("web", name: "web-shop")
      let name = try PackageName(parsing: "web-shop")
      #expect(throws: ProjectsError.sameName(name, modules: ["etl", "web"])) { try scene.repository() }
    }
  }

  @Test(
    "is refused when a value is of another kind, by its key",
    arguments: [
      ("pyproject.toml", "[tool.uv.workspace]\nmembers = [3]\n", "tool.uv.workspace.members"),
      ("pyproject.toml", "[tool]\nuv = 3\n", "tool.uv"),
      ("modules/etl/pyproject.toml", "[project]\nname = \"etl\"\nscripts = 3\n", "project.scripts"),
      (
        "modules/etl/pyproject.toml", "[project.scripts]\netl = 3\n[project]\nname = \"etl\"",
        "project.scripts.etl"
      ),
      ("modules/etl/pyproject.toml", "[project]\nname = 3\n", "project.name"),
    ])
  func oddKinds(file: String, text: String, key: String) async throws {
    try await inRepository { scene in
      try scene.addModule("etl")
      try scene.write(file, text)
      let error = #expect(throws: ProjectsError.self) { try scene.repository() }
      #expect(error?.description.hasPrefix("'\(key)' ") == true, "\(error as Any)")
      #expect(error?.position?.file == file)
    }
  }
}
