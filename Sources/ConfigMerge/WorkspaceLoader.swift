import Model
import SystemPackage

/// Collects what the files of a workspace say, and what is wrong with them.
struct WorkspaceLoader {
  let root: FilePath
  private(set) var problems: [Diagnostic] = []
  private(set) var sources: [String: String] = [:]

  init(root: FilePath) { self.root = root }

  var hasErrors: Bool { problems.contains { $0.severity == .error } }

  mutating func report(
    _ message: String, as severity: Diagnostic.Severity = .error, at position: SourcePosition? = nil,
    hint: String?
  ) {
    problems.append(Diagnostic(severity, message, at: position, hint: hint))
  }

  mutating func report(_ problem: Diagnostic) { problems.append(problem) }

  /// Takes over what is wrong with a file that was read apart.
  mutating func report(_ errors: ConfigurationErrors) {
    problems += errors.diagnostics
    sources.merge(errors.sources) { $1 }
  }

  /// The one of the names that is there; two are an error, none is nil.
  mutating func configurationFile(among names: [String], in directory: FilePath) -> FilePath? {
    let there = names.filter { Workspace.kind(of: directory.appending($0), followingLinks: false) != nil }
    if there.count > 1 {
      let place = shown(directory.appending(there[1]))
      report(
        "both \(there[0]) and \(there[1]) are there", at: SourcePosition(file: place, line: 1, column: 1),
        hint: "remove one of them")
    }
    guard let file = there.first.map({ directory.appending($0) }) else { return nil }
    guard Workspace.isFile(file) else {
      report("'\(shown(file))' is not a file that can be read", hint: "replace it by a file, or remove it")
      return nil
    }
    return file
  }

  /// What a file says; nothing where it can't be read.
  mutating func read(_ file: FilePath, origin: Origin, base: FilePath) -> Configuration {
    let name = shown(file)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(file) } catch {
      problems.append(Diagnostic(error))
      return Configuration()
    }
    let parsed = ParsedFile(bytes, file: name, format: ParsedFile.Format(fileName: name))
    sources[name] = parsed.source
    problems += parsed.problems
    guard let root = parsed.root else { return Configuration() }
    let shape = origin == .module ? KnownKeys.module : KnownKeys.root
    var checker = Checker(isShared: origin == .shared, root: shape)
    checker.check(root, against: shape)
    checker.checkPlatforms(root[.platforms])
    problems += checker.problems
    return Configuration(root, origin: origin, base: base)
  }

  /// The runenvs' directories with what their names say.
  mutating func runenvDirectories() -> [(FilePath, Runenv.Name)] {
    let parent = root.appending("runenvs")
    guard Workspace.isDirectory(parent) else { return [] }
    let names: [String]
    do throws(FileError) { names = try listDirectory(parent) } catch {
      problems.append(Diagnostic(error))
      return []
    }
    var found: [(FilePath, Runenv.Name)] = []
    for name in names where !name.hasPrefix(".") && Workspace.isDirectory(parent.appending(name)) {
      do throws(ParseError) { found.append((parent.appending(name), try Runenv.Name(parsing: name))) } catch {
        report("'runenvs/\(name)' is not a \(error.expected)", hint: error.hint)
      }
    }
    return found
  }

  /// A path as people see it: relative to the workspace.
  func shown(_ path: FilePath) -> String {
    var relative = path
    return relative.removePrefix(root) ? relative.string : path.string
  }
}
