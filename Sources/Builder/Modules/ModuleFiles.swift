import Artifacts
import ConfigMerge
import Model
import Processes
import SystemPackage

/// The files of a module that has them in its directory: what lies under `src/` and git doesn't ignore.
///
/// Outside of a git repository it is everything but byte code, virtual environments and hidden files. Links are
/// followed inside the module's directory.
struct ModuleFiles {
  let directory: FilePath
  /// The directory as messages write it.
  let shownAs: String
  let variables: [String: String]

  static let folder = "src/"
  private static let maximumCount = 60_000
  private static let maximumBytes: Int64 = 1 << 30

  /// The files by their place in site-packages.
  func read() async throws -> [PackageFile] {
    let listed = try await listedByGit()
    let files = try await blocking { cancellation in
      try contents(of: listed ?? walk(directory.appending("src"), "src"), cancellation)
    }
    guard !files.isEmpty else { throw ModuleError.noFiles(module: shownAs) }
    return files
  }

  /// Whether a path is of something that Python or its tools made, not a person.
  static func isMade(_ path: String) -> Bool {
    path.hasSuffix(".pyc")
      || path.split(separator: "/").contains { $0 == "__pycache__" || $0.hasSuffix(".egg-info") }
  }

  private func contents(of paths: [String], _ cancellation: Cancellation) throws -> [PackageFile] {
    var files: [PackageFile] = []
    var total: Int64 = 0
    let root = try realPath(directory)
    for path in paths where !Self.isMade(path) {
      try cancellation.check()
      let place = directory.pushing(FilePath(path))
      // What is in git's index and was removed since is no file of the module's.
      guard FileStatus(of: place, followingLinks: false) != nil else { continue }
      guard let status = FileStatus(of: place) else {
        throw ModuleError.unfit(module: shownAs, path: path, reason: "is a link to nothing")
      }
      guard status.kind == .file else {
        // A directory that git lists is another repository.
        throw ModuleError.unfit(module: shownAs, path: path, reason: "is not a file")
      }
      guard try realPath(place).starts(with: root) else {
        throw ModuleError.unfit(module: shownAs, path: path, reason: "is a link that leaves the module")
      }
      total += status.size
      guard files.count < Self.maximumCount, total <= Self.maximumBytes else {
        throw ModuleError.tooMuch(module: shownAs)
      }
      let bytes = try readFile(place)
      files.append(
        PackageFile(
          path: String(path.dropFirst(Self.folder.count)), bytes: bytes, digest: Digest.sha256(of: bytes),
          isExecutable: status.isExecutable))
    }
    return files
  }

  private func walk(_ folder: FilePath, _ path: String) throws -> [String] {
    guard FileStatus(of: folder)?.kind == .directory else { return [] }
    var paths: [String] = []
    for name in try listDirectory(folder) where !name.hasPrefix(".") && name != "venv" {
      let (place, inner) = (folder.appending(name), "\(path)/\(name)")
      if FileStatus(of: place, followingLinks: false)?.kind == .directory {
        paths += try walk(place, inner)
      } else {
        paths.append(inner)
      }
    }
    return paths
  }

  /// What git has or would take in; nil outside of a repository.
  private func listedByGit() async throws -> [String]? {
    guard isInRepository else { return nil }
    // A path that conflicts is listed once for each side.
    return Set(try await git("--cached", "--others", "--", "src")).sorted()
  }

  /// What git ignores in the module's directory, a directory that is ignored whole with a slash behind it.
  func ignoredByGit() async throws -> Set<String> {
    guard isInRepository else { return [] }
    return Set(try await git("--others", "--ignored", "--directory"))
  }

  private func git(_ listing: String...) async throws -> [String] {
    guard let git = findExecutable("git", in: variables["PATH"]) else {
      throw ModuleError.noGit(module: shownAs, reason: "it is not installed")
    }
    var environment = ["LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"]
    for name in ["PATH", "HOME", "XDG_CONFIG_HOME"] { environment[name] = variables[name] }
    let arguments = ["ls-files", "-z", "--exclude-standard"] + listing
    let result = try await run(
      Command(
        git, arguments, environment: environment, workingDirectory: directory, timeout: .seconds(60)))
    guard result.succeeded else {
      throw ModuleError.noGit(module: shownAs, reason: result.tail(lines: 1))
    }
    return result.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private var isInRepository: Bool {
    var place = directory
    repeat {
      if FileStatus(of: place.appending(".git")) != nil { return true }
    } while place.removeLastComponent()
    return false
  }
}
