import Model
import Synchronization
import Toolchains
import Tools

/// The compilers that native code is made with on this machine; its own one is asked for its version once, when somebody
/// wants to know.
package final class Compilers: Sendable {
  private struct Answer<Value: Sendable>: Sendable {
    let value: Value?
  }

  private let variables: [String: String]
  private let answer = Mutex<Answer<Toolchain>?>(nil)
  private let rustAnswer = Mutex<Answer<Rust>?>(nil)

  /// `variables` are those of the process's environment.
  package init(variables: [String: String]) { self.variables = variables }

  /// This machine's own, for its own platform; nil when there is none.
  func own() async throws -> Toolchain? {
    if let known = answer.withLock({ $0 }) { return known.value }
    guard let host = Platform.host else { return nil }
    let toolchain = try await Toolchain.host(host, variables: variables)
    answer.withLock { $0 = Answer(value: toolchain) }
    return toolchain
  }

  /// This machine's Rust; nil when there is none.
  func rust() async throws -> Rust? {
    if let known = rustAnswer.withLock({ $0 }) { return known.value }
    let rust = try await Rust.find(in: variables)
    rustAnswer.withLock { $0 = Answer(value: rust) }
    return rust
  }

  /// What native code for a platform depends on: this machine's compiler for its own platform, else zig.
  func identity(for platform: Platform) async throws -> String {
    if platform == Platform.host, let own = try await own() { return own.identity }
    return Self.zig
  }

  /// zig, which also compiles what this machine's compiler makes too new for its platform's floor.
  static var zig: String { "zig \(Toolbox.zigVersion)" }
}
