import Artifacts
import Model
import SystemPackage
import TOMLFiles

/// One run of `uv pip compile`, as a value: its files and its arguments.
///
/// It runs in a directory of its own that holds the files, so that nothing in it is an absolute path.
struct UVCompile: Hashable, Sendable {
  /// What is asked for, a requirement each.
  var requirements: [String]
  /// Versions to stay at, as requirements.
  var constraints: [String] = []
  /// Packages to do without; each is replaced, wherever it is needed, by an empty one that the output names.
  var placeholders: [PackageName] = []
  /// Packages to take from source; all others must have wheels.
  var sources: [PackageName] = []
  /// Packages whose dependencies are not followed.
  var noDeps: [PackageName] = []
  /// What packages ask for whose sources can't be asked.
  var metadata: [Metadata] = []
  /// Without user and password, in the order in which they are asked; the last one is the default.
  var indexes: [String]
  var python: PythonVersion
  /// Nil resolves for all platforms at once.
  var target: UVTarget?
  /// A lock whose versions stay where they can.
  var preferences: String?
  /// Asks the indexes anew instead of trusting cached pages.
  var refresh = false
  var excludeNewer: String?
  var offline = false
  /// Only finds out whether a marker is true: an empty package is asked for where it is.
  var probe: String?

  /// What one version of a package asks for.
  struct Metadata: Hashable, Sendable {
    let name: PackageName
    let version: PackageVersion
    let requires: [String]
  }

  static let output = "pylock.cell.toml"

  /// The files to write before uv runs, by name.
  var files: [(name: String, text: String)] {
    func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
    let asked = probe.map { ["ppp-probe @ ./placeholders/ppp-probe ; \($0)"] } ?? requirements
    var files = [
      ("requirements.in", lines(asked)), ("constraints.txt", lines(constraints)), ("uv.toml", settings),
      ("overrides.txt", lines(placeholders.map { "\($0) @ ./placeholders/\($0)" })),
    ]
    // Static metadata (PEP 621), which uv reads without building anything.
    files += (placeholders.map(\.normalized) + (probe == nil ? [] : ["ppp-probe"])).map {
      ("placeholders/\($0)/pyproject.toml", "[project]\nname = \"\($0)\"\nversion = \"0\"\n")
    }
    if let preferences { files.append((Self.output, preferences)) }
    return files
  }

  /// uv's configuration that names indexes, and no others.
  static func settings(indexes: [String]) -> String {
    var toml = TOMLText()
    write(indexes, to: &toml)
    return toml.text
  }

  private static func write(_ indexes: [String], to toml: inout TOMLText) {
    for (number, index) in indexes.enumerated() {
      toml.table("index", isElement: true)
      toml.field("url", index)
      if number == indexes.count - 1 { toml.raw("default", "true") }
    }
  }

  private var settings: String {
    var toml = TOMLText()
    Self.write(indexes, to: &toml)
    for known in metadata where !noDeps.contains(known.name) {
      toml.table("dependency-metadata", isElement: true)
      toml.field("name", known.name.normalized)
      toml.field("version", known.version.description)
      toml.field("requires-dist", known.requires)
    }
    for name in noDeps {
      toml.table("dependency-metadata", isElement: true)
      toml.field("name", name.normalized)
      toml.field("requires-dist", [])
    }
    return toml.text
  }

  func arguments(interpreter: FilePath, cache: FilePath) -> [String] {
    var arguments = [
      "pip", "compile", "requirements.in", "--constraints", "constraints.txt", "--overrides", "overrides.txt",
      "--config-file", "uv.toml", "--format", "pylock.toml", "--output-file", Self.output,
      "--python", interpreter.string, "--python-version", python.description, "--cache-dir", cache.string,
      "--index-strategy", "first-index", "--only-binary", ":all:", "--quiet", "--no-progress", "--color",
      "never",
    ]
    for name in sources { arguments += ["--no-binary", name.normalized] }
    arguments += target.map { ["--python-platform", $0.name] } ?? ["--universal"]
    if let excludeNewer { arguments += ["--exclude-newer", excludeNewer] }
    if refresh { arguments.append("--refresh") }
    if offline { arguments.append("--offline") }
    return arguments
  }
}
