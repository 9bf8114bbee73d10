import Model
import Processes
import Publish
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// Real web servers: one that gives parts of files, and one that doesn't.
@Suite(
  "Pulling from real web servers", .enabled(if: Peers.areWanted, "PPP_TEST_PEERS is not set"))
struct PullPeerTests {
  private let data = "lib/python3.13/site-packages/beta/data"

  /// A port that nobody listens on.
  private func freePort() throws -> UInt16 { try LoopbackServer { _ in .status(404) }.port }

  /// Starts a server in the background, waits until it answers, and ends it with the scope.
  private func withServer(
    _ command: String, port: UInt16, in directory: FilePath, _ body: (String) async throws -> Void
  ) async throws {
    let log = directory.appending("server.log")
    let script = "setsid \(command) >'\(log)' 2>&1 </dev/null & echo $!"
    let started = try await Processes.run(Command("/bin/sh", ["-c", script]))
    let text = started.text.split(whereSeparator: \.isWhitespace).first.map { String($0) } ?? ""
    let process = try #require(pid_t(text))
    defer { kill(-process, SIGTERM) }
    let check =
      "for i in $(seq 100); do curl -s -o /dev/null http://127.0.0.1:\(port)/ && exit 0; sleep 0.1; done; exit 1"
    let isUp = try await Processes.run(Command("/bin/sh", ["-c", check])).succeeded
    try #require(isUp, "\(String(decoding: (try? readFile(log)) ?? [], as: UTF8.self))")
    try await body("http://127.0.0.1:\(port)/")
  }

  @Test("Python's http.server, which knows no ranges, gives whole files")
  func pythonServer() async throws {
    try await PullScene.with { scene in
      try await scene.build(1)
      let port = try freePort()
      let command = "python3 -u -m http.server --bind 127.0.0.1 --directory '\(scene.dist)' \(port)"
      try await withServer(command, port: port, in: scene.directory) { url in
        try await scene.pull(from: url)
        #expect(try scene.current(data) == PullScene.beta(1))
        try await scene.build(2)
        try await scene.pull(from: url)
        #expect(try scene.current(data) == PullScene.beta(2))
      }
    }
  }

  @Test("nginx gives ranges of bundles, and objects")
  func nginx() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 2)
      let port = try freePort()
      let access = scene.directory.appending("access.log")
      let configuration = """
        daemon off; pid \(scene.directory)/nginx.pid; error_log \(scene.directory)/error.log;
        events { worker_connections 64; }
        http {
          log_format ranges '$status $http_range $body_bytes_sent $uri';
          access_log \(access) ranges;
          client_body_temp_path \(scene.directory)/body; proxy_temp_path \(scene.directory)/proxy;
          fastcgi_temp_path \(scene.directory)/fastcgi; uwsgi_temp_path \(scene.directory)/uwsgi;
          scgi_temp_path \(scene.directory)/scgi;
          server { listen 127.0.0.1:\(port); root \(scene.directory); autoindex on; }
        }
        """
      let file = scene.directory.appending("nginx.conf")
      try writeAtomically(Array(configuration.utf8), to: file)
      _ = chmod(scene.directory.string, 0o755)
      let command = "/usr/sbin/nginx -g 'user root;' -c '\(file)'"
      try await withServer(command, port: port, in: scene.directory) { url in
        try await scene.pull("\(PullScene.runenv)@1", from: url + "published")
        let update = try await scene.pull(from: url + "published")
        #expect(update.fetchedLayers == 1)
        #expect(try scene.current(data) == PullScene.beta(2))
        try removeTree(scene.environment.root)
        try scene.forgetCache()
        try await scene.pull(from: url + "dist")
        #expect(try scene.current(data) == PullScene.beta(2))
      }
      let bundles = String(decoding: try readFile(access), as: UTF8.self).split(separator: "\n").filter {
        $0.hasSuffix(".tar.zst")
      }
      #expect(bundles.count == 3 && bundles.allSatisfy { $0.hasPrefix("206 bytes=") }, "\(bundles)")
    }
  }
}
