import FoundationEssentials
import Model
import Processes
import SystemPackage

/// What an interpreter says of itself.
struct InterpreterProbe: Decodable {
  let version: String
  let prefix: String
  let path: [String]
  let machine: String

  static let code = """
    import json, os, sys
    v = sys.version_info
    level = {"alpha": "a", "beta": "b", "candidate": "rc"}.get(v.releaselevel)
    print(json.dumps({
      "version": "%d.%d.%d" % v[:3] + (level + str(v.serial) if level else ""),
      "prefix": os.path.realpath(sys.prefix), "machine": os.uname().machine,
      "path": [os.path.realpath(p) for p in sys.path if p],
    }))
    """

  init?(_ result: ProcessResult) {
    guard result.succeeded, let last = result.text.split(whereSeparator: \.isNewline).last,
      // Text that is not the expected report is a failed probe, whatever is wrong with it.
      let probe = try? JSONDecoder().decode(Self.self, from: Data(last.utf8))
    else { return nil }
    self = probe
  }

  /// What is not as it should be; empty when all is well.
  func problems(expecting version: PythonVersion, at root: FilePath, machine: String) -> [String] {
    var problems: [String] = []
    if self.version != version.description {
      problems.append("the interpreter is Python \(self.version), not \(version)")
    }
    if prefix != root.string { problems.append("its prefix is '\(prefix)', not '\(root)'") }
    // macOS has its own word for it.
    let ownMachine = self.machine == "arm64" ? "aarch64" : self.machine
    if ownMachine != machine { problems.append("it runs on \(self.machine), not \(machine)") }
    let outside = path.filter { $0 != root.string && !$0.hasPrefix("\(root)/") }
    if !outside.isEmpty {
      problems.append("its sys.path leaves the environment: \(outside.joined(separator: ", "))")
    }
    return problems
  }
}
