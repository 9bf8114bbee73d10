import ConfigMerge
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite struct HostInterpreterTests {
  @Test("a program on PATH that can't start anything is passed over for the next")
  func shim() async throws {
    try await MatrixScene.with { scene in
      for (folder, line) in [
        ("a", "echo 'no such version' >&2; exit 127"), ("b", "echo /opt/real/python3.13"),
      ] {
        try scene.write(
          "\(folder)/python3.13", Array("#!/bin/sh\n\(line)\n".utf8), permissions: [.ownerReadWriteExecute])
      }
      func found(_ folders: String...) async throws -> FilePath? {
        let searchPath = folders.map { scene.path($0).string }.joined(separator: ":")
        return try await scene.bench(searchPath: searchPath).hostInterpreter
          .interpreter(for: PythonVersion(3, 13, 5))
      }
      #expect(try await found("a", "b") == "/opt/real/python3.13")
      #expect(try await found("a") == nil)
    }
  }
}
