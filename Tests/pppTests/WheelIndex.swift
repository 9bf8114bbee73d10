import Artifacts
import Model
import Synchronization
import TestSupport

/// A package index on loopback (PEP 691) of wheels, and of other files by their names, that a test makes.
final class WheelIndex: Sendable {
  private let pace = Pace()
  private let server: Mutex<LoopbackServer?>
  private let port: UInt16

  /// Uploads are by file name: `2026-01-01T00:00:00Z`; with `authorization`, a request without it is refused.
  init(
    _ wheels: [WheelMaker], sources: [String: [UInt8]] = [:], uploads: [String: String] = [:],
    authorization: String? = nil
  ) throws {
    let pace = pace
    let made = wheels.map { ($0.fileName, $0.bytes) } + sources.map { ($0.key, $0.value) }
    let files = Dictionary(made.map { ("/files/\($0)", $1) }) { $1 }
    let pages = Self.pages(of: files, uploads: uploads)
    let server = try LoopbackServer { request in
      if let authorization, request.headers["authorization"] != authorization {
        return .status(401, headers: ["WWW-Authenticate": "Basic realm=\"index\""])
      }
      if let page = pages[request.path] {
        return .text(page, contentType: "application/vnd.pypi.simple.v1+json")
      }
      guard let bytes = files[request.path] else { return .status(404) }
      return .file(
        bytes, for: request, etag: "\"\(request.path)\"", delivery: pace.delivery(of: request.path))
    }
    port = server.port
    self.server = Mutex(server)
  }

  /// From now on this file's bytes stop coming after so many of them; nil lets all files come whole.
  func stall(_ file: String?, after count: Int = 0) { pace.stalled = file.map { ($0, count) } }

  var url: String { "http://127.0.0.1:\(port)/simple" }

  /// The index's URL with user info in it.
  func url(user: String) -> String { "http://\(user)@127.0.0.1:\(port)/simple" }

  /// How often a file was asked for.
  func count(ofFile name: String) -> Int { server.withLock { $0?.count(of: "/files/\(name)") ?? 0 } }

  /// How many requests there were for anything.
  var requestCount: Int { server.withLock { $0?.requests.count ?? 0 } }

  /// From now on nobody answers.
  func stop() { server.withLock { $0 = nil } }

  private static func pages(of files: [String: [UInt8]], uploads: [String: String]) -> [String: String] {
    let byProject = Dictionary(grouping: files.sorted { $0.key < $1.key }) { file in
      file.key.dropFirst("/files/".count).prefix { $0 != "-" }.replacing("_", with: "-").lowercased()
    }
    let pages = byProject.map { project, files in
      let items = files.map { path, bytes in
        let name = path.dropFirst("/files/".count)
        let upload = uploads[String(name)].map { ",\"upload-time\":\"\($0)\"" } ?? ""
        return """
          {"filename":"\(name)","url":"\(path)","size":\(bytes.count)\(upload),
           "hashes":{"sha256":"\(Digest.sha256(of: bytes).hex)"}}
          """
      }
      let page = """
        {"meta":{"api-version":"1.1"},"name":"\(project)","versions":[],"files":[\(items.joined(separator: ","))]}
        """
      return ("/simple/\(project)/", page)
    }
    return Dictionary(pages) { $1 }
  }
}

/// How files are sent, which a test may change at any time.
private final class Pace: Sendable {
  private let current = Mutex<(file: String, count: Int)?>(nil)

  var stalled: (file: String, count: Int)? {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }

  func delivery(of path: String) -> LoopbackServer.Response.Delivery {
    guard let stalled, path == "/files/\(stalled.file)" else { return .whole }
    return .stalled(after: stalled.count)
  }
}

/// A wheel that holds one module and needs these packages.
func wheel(
  _ name: String, _ version: String, tag: String = "py3-none-any", needs: [String] = [],
  files: [String: String] = [:]
) -> WheelMaker {
  let module = ["\(name)/__init__.py": "version = '\(version)'\n"]
  var maker = WheelMaker(name: name, version: version, files: module.merging(files) { $1 })
  maker.tag = tag
  maker.metadata = needs.map { "Requires-Dist: \($0)" }
  return maker
}
