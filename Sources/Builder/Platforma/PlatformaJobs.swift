import ConfigMerge
import Model

/// What the jobs of continuous integration are for, as far as their files say it in words.
///
/// A platform is a mapping with `os` and `arch`, as matrices have it, or a text that is a platform's name; a text that is
/// JSON is looked into, as reusable workflows take their matrices. A runenv is a text of that form.
struct PlatformaJobs {
  private(set) var platforms: [(platform: Platform, position: SourcePosition)] = []
  private(set) var runenvs: [(id: String, position: SourcePosition)] = []

  mutating func add(_ node: Node) { add(node, at: nil) }

  /// Texts inside of JSON in a text have the place of that.
  private mutating func add(_ node: Node, at outer: SourcePosition?) {
    let position = outer ?? node.position
    switch node.content {
    case .null, .boolean, .number: break
    case .string(let text): add(text, at: position)
    case .sequence(let nodes): for node in nodes { add(node, at: outer) }
    case .mapping(let entries):
      if let platform = Platform(runner: node.value("os")?.string, node.value("arch")?.string) {
        platforms.append((platform, position))
      }
      for entry in entries { add(entry.value, at: outer) }
    }
  }

  private mutating func add(_ text: String, at position: SourcePosition) {
    if let platform = Platform.all.first(where: { $0.description == text }) {
      platforms.append((platform, position))
    } else if text.isRunenv {
      runenvs.append((text, position))
    } else if let first = text.first(where: { !$0.isWhitespace }), first == "[" || first == "{",
      // What is no JSON, as a template's braces are none, says nothing about platforms.
      let node = try? Node.parse(json: Array(text.utf8), file: position.file)
    {
      add(node, at: position)
    }
  }
}

extension Platform {
  /// The platform of a runner's label and architecture: `macos-14` and `arm64`; nil where they name none.
  fileprivate init?(runner system: String?, _ architecture: String?) {
    guard let system = system?.lowercased(), let architecture = architecture?.lowercased() else { return nil }
    let systems = [
      ("windows", "windows"), ("macos", "macosx"), ("darwin", "macosx"), ("ubuntu", "linux"),
      ("linux", "linux"),
    ]
    let machines = ["amd64": "x64", "x64": "x64", "x86_64": "x64", "arm64": "aarch64", "aarch64": "aarch64"]
    guard let name = systems.first(where: { system.hasPrefix($0.0) })?.1,
      let machine = machines[architecture],
      let platform = Platform.all.first(where: { $0.description == "\(name)-\(machine)" })
    else { return nil }
    self = platform
  }
}

extension String {
  /// Whether it is `python-` and a full version, with a variant or without.
  fileprivate var isRunenv: Bool { wholeMatch(of: #/python-\d+\.\d+\.\d+(-[A-Za-z0-9._-]+)?/#) != nil }
}
