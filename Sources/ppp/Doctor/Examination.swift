import Artifacts
import Builder
import ConfigMerge
import Model
import Processes
import SystemPackage
import Terminal
import Tools

#if canImport(Glibc)
import Glibc
#endif

/// Looks at everything that ppp needs on a machine; nothing is changed but for what a first use would make.
struct Examination {
  let context: CommandContext
  let place: WorkspaceOptions
  let offline: Bool

  private var cache: FilePath { CachePaths.standard(environment: context.environment) }

  func findings() async -> [Finding] {
    [host, workspace, cacheDirectory, space] + programs + [await uv] + (offline ? [] : await reachable)
  }

  private var host: Finding {
    Platform.host.map {
      Finding("this machine", .good, "\($0), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) processors")
    }
      ?? Finding("this machine", .bad, "unknown platform", hint: "ppp runs on Linux, x64 and aarch64")
  }

  private var workspace: Finding {
    do {
      let workspace = try Workspace.load(at: place.root(in: context))
      return Finding("workspace", .good, "\(workspace.root), \(workspace.cells.count) cells")
    } catch let error as ConfigurationErrors {
      return Finding("workspace", .bad, error.description, hint: "'ppp config check' shows all problems")
    } catch {
      return Finding("workspace", .optional, "none here", hint: "go to one, or name it with --workspace")
    }
  }

  private var cacheDirectory: Finding {
    do {
      try makeDirectory(cache)
      let probe = cache.appending(".doctor")
      try writeAtomically([], to: probe)
      try removeTree(probe)
      return Finding("cache", .good, cache.string)
    } catch {
      return Finding("cache", .bad, "\(error)", hint: "set PPP_CACHE_DIR to a directory that can be written")
    }
  }

  private var space: Finding {
    var status = statvfs()
    guard statvfs(cache.string, &status) == 0 else { return Finding("free space", .optional, "unknown") }
    let free = Int64(status.f_bavail) * Int64(status.f_frsize)
    return Finding(
      "free space", free > 2_000_000_000 ? .good : .bad, ByteCount(free).description,
      hint: "free some, or run 'ppp cache prune --limit 1GB'")
  }

  private var programs: [Finding] {
    let wanted: [(name: String, purpose: String, hint: String)] = [
      ("gpgv", "runtimes of Debian", "apt-get install gpgv debian-archive-keyring"),
      ("git", "requirements from repositories", "apt-get install git"),
      ("cc", "native code built from source", "apt-get install build-essential"),
      ("cargo", "packages written in Rust built from source", "apt-get install cargo, or rustup"),
      ("qemu-aarch64-static", "running linux-aarch64 environments", "apt-get install qemu-user-static"),
    ]
    return wanted.map { program in
      findExecutable(program.name, in: context.environment["PATH"]).map {
        Finding(program.name, .good, $0.string)
      } ?? Finding(program.name, .optional, "not found; for \(program.purpose)", hint: program.hint)
    }
  }

  private var fetcher: Fetcher {
    Fetcher(
      store: ArtifactStore(cache: cache),
      settings: .standard(environment: context.environment, offline: offline),
      events: { _ in })
  }

  private var uv: Finding {
    get async {
      do {
        return Finding(
          "uv \(Toolbox.uvVersion)", .good, try await Toolbox(fetcher: fetcher, cache: cache).uv().string)
      } catch {
        let problem = Diagnostic(error)
        return Finding("uv \(Toolbox.uvVersion)", .bad, problem.message, hint: problem.hint)
      }
    }
  }

  private var reachable: [Finding] {
    get async {
      let fetcher = fetcher
      let places = [
        "package index": "\(Toolbox.standardIndex)/pip/",
        "Debian": "https://deb.debian.org/debian/dists/stable/InRelease",
      ]
      var findings: [Finding] = []
      for (name, url) in places.sorted(by: { $0.key > $1.key }) {
        do {
          _ = try await fetcher.document(url)
          findings.append(Finding(name, .good, url))
        } catch {
          let problem = Diagnostic(error)
          findings.append(
            Finding(name, name == "Debian" ? .optional : .bad, problem.message, hint: problem.hint))
        }
      }
      return findings
    }
  }
}
