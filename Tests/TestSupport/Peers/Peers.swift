import FoundationEssentials
package import Processes
package import SystemPackage

/// The programs of others that ppp is held against; `make test-peers` installs them and sets `PPP_TEST_PEERS`.
package enum Peers {
  /// Without it, tests that need them are skipped.
  package static let areWanted = ProcessInfo.processInfo.environment["PPP_TEST_PEERS"] != nil

  /// What a test that was skipped says.
  package static let why = "it needs the programs that 'make test-peers' installs"

  /// Where `scripts/setup peers` puts those that are Python packages.
  private static let environment = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().removingLastComponent().appending(".build/peers/bin")

  /// A program by name: a Python package's, else the system's.
  package static func program(_ name: String) -> FilePath {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return findExecutable(name, in: "\(environment):\(path):/usr/sbin:/sbin") ?? FilePath(name)
  }

  /// Runs a program, which has to succeed.
  @discardableResult
  package static func run(
    _ name: String, _ arguments: [String], in directory: FilePath, environment: [String: String] = [:],
    input: [UInt8] = []
  ) async throws -> ProcessResult {
    try await Processes.run(
      checked: command(name, arguments, in: directory, environment: environment, input: input))
  }

  /// A program with this process's environment and the variables given.
  package static func command(
    _ name: String, _ arguments: [String], in directory: FilePath, environment: [String: String] = [:],
    input: [UInt8] = []
  ) -> Command {
    Command(
      program(name), arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      workingDirectory: directory, input: input, timeout: .seconds(600))
  }
}
