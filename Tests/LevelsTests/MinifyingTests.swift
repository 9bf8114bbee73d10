import Artifacts
import Layers
import Model
import SystemPackage
import TestSupport
import Testing
import Wheels

@testable import Levels

/// What stands in python-minifier's place: it says what it was asked for.
private let standIn = """
  class RemoveAnnotationsOptions:
      def __init__(self, **options): self.options = options

  def minify(source, filename, remove_annotations, remove_literal_statements, convert_posargs_to_args):
      if b"unstable" in source:
          raise RuntimeError("not this one")
      compile(source, filename, "exec")
      asked = [remove_annotations.options["remove_argument_annotations"], remove_literal_statements]
      assert not remove_annotations.options["remove_class_attribute_annotations"] and not convert_posargs_to_args
      return "asked=%r\\n" % (asked,)
  """

@Suite("Minifying", .enabled(if: LevelScene.host != nil)) struct MinifyingTests {
  private func layer(
    _ level: CodeLevel, _ wheel: WheelMaker, removing: Bool = false, _ scene: LevelScene
  ) async throws -> Layer {
    let minifier = WheelMaker(name: "m", version: "1", files: ["python_minifier/__init__.py": standIn])
    let maker = scene.maker(
      level, minifier: try await scene.artifacts.add(minifier.bytes).path,
      minification: CodeForm.Minification(
        removesDocstrings: removing, removesAnnotations: removing, version: "1"))
    return try await maker.layer(of: scene.install(wheel), package: wheel.name, level: 1)
  }

  private let demo = WheelMaker(
    name: "demo", version: "1.0",
    files: [
      "demo/__init__.py": "# a comment\n", "demo/odd.py": "x = 'unstable'\n", "demo/bad.py": "{% x %}\n",
      "demo/my-file.py": "# not a module\n",
    ])

  @Test(
    "sources are smaller, keep docstrings and annotations unless asked, and stay where they can't be minified"
  )
  func instant() async throws {
    try await LevelScene.with { scene in
      let kept = try await layer(.instant, demo, scene)
      let code = "import demo, demo.odd; print(demo.asked, demo.odd.x)"
      #expect(try await scene.output(code, with: kept) == "[False, False] unstable\n")
      #expect(
        try scene.listing(kept) == ["demo/__init__.py", "demo/bad.py", "demo/my-file.py", "demo/odd.py"])
      let removed = try await layer(.instant, demo, removing: true, scene)
      #expect(try await scene.output(code, with: removed) == "[True, True] unstable\n")
      #expect(scene.warnings.messages.first?.contains("'lib/") == true)
    }
  }

  @Test("byte code is made of the smaller source, or of the source as it is")
  func byteCode() async throws {
    try await LevelScene.with { scene in
      let made = try await layer(.bytecode, demo, scene)
      #expect(
        try scene.listing(made) == ["demo/__init__.pyc", "demo/bad.py", "demo/my-file.py", "demo/odd.pyc"])
      let code = "import demo, demo.odd; print(demo.asked, demo.odd.x)"
      #expect(try await scene.output(code, with: made) == "[False, False] unstable\n")
    }
  }
}
