import Artifacts
import Model
import Processes
import SystemPackage
import Testing

@testable import ppp

/// Gives the body a scene with these files, in a directory that goes with it.
func inScene(_ files: [String: String] = [:], _ body: (Scene) async throws -> Void) async throws {
  try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-cli-") { directory in
    try await body(Scene(directory, files))
  }
}

/// Reads a script with the shell that it is for, running nothing; nil where there is no such shell.
func check(_ script: FilePath, with shell: Completions.Shell) async throws -> ProcessResult? {
  guard let program = findExecutable(shell.rawValue, in: "/usr/bin:/bin:/usr/local/bin") else { return nil }
  return try await Processes.run(Command(program, ["-n", script.string]))
}

/// Whether the system's tar can list an archive to its end.
func listing(of archive: FilePath) async throws -> Bool {
  guard let program = findExecutable("bsdtar", in: "/usr/bin:/bin") else { return true }
  return try await Processes.run(Command(program, ["-tf", archive.string])).succeeded
}

/// The hexadecimal SHA-256 of a file.
func sha256(of path: FilePath) throws -> String { Digest.sha256(of: try readFile(path)).hex }
