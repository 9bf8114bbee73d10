import ConfigMerge
import Model
import SystemPackage
import Testing

@Suite("Wrong module manifests") struct HostileManifestTests {
  @Test("every problem is reported together, at its place, with the nearest key")
  func together() throws {
    let text = """
      {"nmae": "x", "version": "one", "files": [{"frm": "src", "template": "yes"}],
       "options": [{"name": "class", "type": "chioce"}], "default": 1}
      """
    let error = #expect(throws: ConfigurationErrors.self) { try manifest(json: text) }
    #expect(
      error?.diagnostics.map(\.summary) == [
        "module.json:1:1: 'name' is missing | add \"name\": what the module is called, its directory and its package",
        "module.json:1:1: 'summary' is missing | add \"summary\": what it does, in a line",
        "module.json:1:2: unknown key 'nmae' | did you mean 'name'?",
        "module.json:1:26: 'one' is not a version | write it as PEP 440 has it, as in 1.15.3, 2.0rc1 or 2.7.0+cu126",
        "module.json:1:43: 'from' is missing"
          + " | add \"from\": the file, the directory or the pattern, relative to the module's directory",
        "module.json:1:44: unknown key 'frm' | did you mean 'from'?",
        "module.json:1:70: expected true or false, not a string | write true",
        "module.json:2:14: 'help' is missing | add \"help\": what it decides, in a few words",
        "module.json:2:40: 'chioce' is not one of the choices | did you mean 'choice'?",
        "module.json:2:52: unknown key 'default' | it belongs under 'options'",
      ])
  }

  @Test(
    "what a single key can't be",
    arguments: [
      (
        #""python": "3.11""#,
        "4:12: '3.11' is not a version specifier | write version specifiers, as in >=3.11 or >=3.11,<3.14"
      ),
      (
        #""python": ">=x""#,
        "4:12: '>=x' is not a version specifier | write version specifiers, as in >=3.11 or >=3.11,<3.14"
      ),
      (#""platforms": ["linux-x86"]"#, "4:16: 'linux-x86' is not a platform | did you mean 'linux-x64'?"),
      (#""platforms": []"#, "4:15: the list is empty | leave the key out for all of them"),
      (
        #""entryPoint": "cli.main""#,
        "4:16: 'cli.main' is not a Python entry point | write package.module:function"
      ),
      (
        #""entryPoint": "other.cli:main""#,
        "4:16: the entry point is not in the module's package 'etl' | write etl.module:function"
      ),
      (#""needs": ["etl"]"#, "4:12: the module needs itself | remove it"),
      (
        #""needs": ["b", "b>=1"]"#,
        "4:17: the module 'b' is there twice | it was first given at module.json:4:12"
      ),
      (
        #""needs": ["b>=one"]"#,
        "4:12: 'b>=one' is not a needed module | write NAME or NAME>=1.0, as in etl>=1.0,<2"
      ),
      (#""needs": ["b[x]"]"#, "4:12: 'b[x]' is not a module name"),
      (
        #""dependencies": ["ETL>=1"]"#,
        "4:19: the module depends on a package of its own name | name the module otherwise, or remove the requirement"
      ),
      (
        #""dependencies": [{"requirement": "a", "when": {"x": 1}}]"#,
        "4:49: there is no option 'x' | the module has no options"
      ),
    ])
  func single(text: String, expected: String) {
    let problems = manifestProblems(text)
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix(expected) == true, "\(problems)")
  }

  @Test(
    "what an option can't be",
    arguments: [
      (#"{"name": "a-b", "type": "text", "help": "h"}"#, "'a-b' is not a name for an option"),
      (#"{"name": "package", "type": "text", "help": "h"}"#, "'package' is not a name for an option"),
      (#"{"name": "self", "type": "text", "help": "h"}"#, "'self' is not a name for an option"),
      (#"{"name": "o", "type": "choice", "help": "h"}"#, "'choices' is missing"),
      (
        #"{"name": "o", "type": "text", "choices": ["a"], "help": "h"}"#,
        "only an option of the type choice has choices"
      ),
      (
        #"{"name": "o", "type": "choice", "choices": ["a", "a"], "help": "h"}"#,
        "the choice 'a' is there twice"
      ),
      (
        #"{"name": "o", "type": "choice", "choices": ["log"], "default": "lag", "help": "h"}"#,
        "'lag' is not a choice of the option 'o'"
      ),
      (
        #"{"name": "o", "type": "integer", "default": 1.5, "help": "h"}"#,
        "the option 'o' takes a whole number, not a number"
      ),
      (
        #"{"name": "o", "type": "boolean", "default": "no", "help": "h"}"#,
        "the option 'o' takes true or false, not a string"
      ),
      (
        #"{"name": "o", "type": "text", "default": null, "help": "h"}"#,
        "expected a string, a number, true or false, not null"
      ),
      (
        #"{"name": "o", "type": "text", "help": "h"}, {"name": "o", "type": "text", "help": "h"}"#,
        "the option 'o' is there twice"
      ),
    ])
  func options(text: String, message: String) {
    let problems = manifestProblems("\"options\": [\(text)]")
    #expect(problems.count == 1 && problems[0].contains(": \(message)"), "\(problems)")
  }

  @Test("a condition names the nearest option and the nearest choice")
  func conditions() {
    let options =
      #""options": [{"name": "type", "type": "choice", "choices": ["linear", "loglog"], "help": "h"}]"#
    #expect(
      manifestProblems(
        options,
        #""files": [{"from": "a", "when": {"tpye": "linear"}}, {"from": "b", "when": {"type": ["liner"]}}]"#)
        == [
          "5:35: there is no option 'tpye' | did you mean 'type'?",
          "5:87: 'liner' is not a choice of the option 'type' | did you mean 'linear'?",
        ])
  }

  @Test(
    "a file can't come from or go where it isn't the module's",
    arguments: [
      (#"{"from": "../x"}"#, "path in the module"), (#"{"from": "/etc/passwd"}"#, "path in the module"),
      (#"{"from": "a/../b"}"#, "path in the module"), (#"{"from": "a\\b"}"#, "path in the module"),
      (#"{"from": ""}"#, "path in the module"), (#"{"from": "a[", "to": "b"}"#, "pattern"),
      (#"{"from": "a\nb"}"#, "path in the module"),
      (#"{"from": "a", "to": "../../x"}"#, "target path"), (#"{"from": "a", "to": "C:/x"}"#, "target path"),
      (#"{"from": "a", "to": "pyproject.toml"}"#, "target path"),
      (#"{"from": "a", "to": "./PyProject.toml"}"#, "target path"),
      (#"{"from": "a", "to": ".git/hooks/x"}"#, "target path"),
      (#"{"from": "a", "to": "x/.GIT"}"#, "target path"),
      (#"{"from": "pyproject.toml"}"#, "target path"), (#"{"from": ".git"}"#, "target path"),
      (#"{"from": "~/x"}"#, "path in the module"),
    ])
  func paths(text: String, expected: String) {
    let problems = manifestProblems("\"files\": [\(text)]")
    #expect(problems.count == 1 && problems[0].contains("is not a \(expected)"), "\(problems)")
  }

  @Test("files have to be there, and two can't go to one place under the same options")
  func files() async throws {
    let text = """
      {"name": "a", "version": "1", "summary": "s",
       "options": [{"name": "o", "type": "choice", "choices": ["x", "y"], "help": "h"}],
       "files": [{"from": "one.py", "to": "t.py", "when": {"o": "x"}},
                 {"from": "two.py", "to": "t.py", "when": {"o": "y"}},
                 {"from": "two.py", "to": "t.py", "when": {"o": ["x", "y"]}},
                 {"from": "thre.py"}]}
      """
    let files = ["module.json": text, "one.py": "", "two.py": "", "three.py": ""]
    let problems: [String] = try await withFiles(files) { root in
      do throws(ConfigurationErrors) {
        _ = try ModuleManifest.load(from: root, shownAs: "m")
        return []
      } catch {
        return error.diagnostics.map(\.summary)
      }
    }
    #expect(
      problems
        == [
          "m/module.json:5:37: two entries go to 't.py' under the same options"
            + " | the other is at m/module.json:3:37; give them conditions that exclude each other, or remove one",
          "m/module.json:6:21: there is no 'thre.py' in the module | did you mean 'three.py'?",
        ])
  }

  @Test("two manifests, none, a directory, a link out of the module and a giant are refused")
  func places() async throws {
    let good = "name: a\nversion: '1'\nsummary: s\nfiles: []\n"
    try await withFiles([
      "both/module.json": "{}", "both/module.yaml": good, "none/x": "", "dir/module.json/x": "",
      "big/module.yaml": good + String(repeating: "#", count: 1 << 20), "secret": "name: [\n",
    ]) { root in
      func message(_ name: String) -> String? {
        do throws(ConfigurationErrors) {
          _ = try ModuleManifest.load(from: root.appending(name), shownAs: name)
          return nil
        } catch {
          return error.diagnostics.first?.summary
        }
      }
      #expect(
        message("both")
          == "both/module.yaml:1:1: both module.json and module.yaml are there | remove one of them")
      #expect(message("none") == "there is no module.json in 'none' | make one with 'ppp new module NAME'")
      #expect(
        message("dir")
          == "dir/module.json:1:1: the manifest is no file of the module's | replace it by a file")
      #expect(message("big") == "big/module.yaml:1:1: the manifest is larger than 1 MiB")
      try makeDirectory(root.appending("link"))
      try makeSymbolicLink(at: root.appending("link/module.yaml"), to: "../secret")
      #expect(
        message("link")
          == "link/module.yaml:1:1: the manifest is no file of the module's | replace it by a file")
    }
  }
}
