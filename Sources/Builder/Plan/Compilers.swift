import Model
import Synchronization
import Toolchains
import Tools

/// The compilers that native code is made with on this machine; its own one is asked for its version once, when somebody
/// wants to know.
package final class Compilers: Sendable {
  /// What was found; nil until somebody has looked, and within that nil when there is none.
  private final class Finding<Value: Sendable>: Sendable {
    private let known = Mutex<Value??>(nil)

    func value(_ find: () async throws -> Value?) async throws -> Value? {
      if let found = known.withLock({ $0 }) { return found }
      let found = try await find()
      known.withLock { $0 = .some(found) }
      return found
    }
  }

  private let variables: [String: String]
  private let ownFinding = Finding<Toolchain>()
  private let rustFinding = Finding<Rust>()

  /// `variables` are those of the process's environment.
  package init(variables: [String: String]) { self.variables = variables }

  /// This machine's own, for its own platform; nil when there is none.
  func own() async throws -> Toolchain? {
    guard let host = Platform.host else { return nil }
    return try await ownFinding.value { try await Toolchain.host(host, variables: variables) }
  }

  /// This machine's Rust; nil when there is none.
  func rust() async throws -> Rust? {
    try await rustFinding.value { try await Rust.find(in: variables) }
  }

  /// What native code for a platform depends on: this machine's compiler for its own platform, else zig.
  func identity(for platform: Platform) async throws -> String {
    if platform == Platform.host, let own = try await own() { return own.identity }
    return Self.zig
  }

  /// zig, which also compiles what this machine's compiler makes too new for its platform's floor.
  static var zig: String { "zig \(Toolbox.zigVersion)" }
}
