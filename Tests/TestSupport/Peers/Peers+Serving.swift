package import Processes
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A server of others that didn't start.
package struct ServerDidNotStart: Error, CustomStringConvertible {
  package let description: String
}

extension Peers {
  /// Runs a server on a loopback port of its own while a test works with it, and ends it with all its children.
  ///
  /// `command` is made for the port.
  package static func serving<Value: Sendable>(
    _ command: (_ port: Int) -> Command, while body: @Sendable (_ port: Int) async throws -> Value
  ) async throws -> Value {
    let port = try freePort()
    let command = command(port)
    let server = Task { try await Processes.run(command) }
    defer { server.cancel() }
    for _ in 0..<300 {
      if accepts(port) { return try await body(port) }
      try await Task.sleep(for: .milliseconds(100))
    }
    server.cancel()
    let ending = await server.result
    throw ServerDidNotStart(description: "\(command.executable) does not listen on \(port): \(ending)")
  }

  /// A port that nobody listens on; the kernel gives each once for a while.
  private static func freePort() throws -> Int {
    let socket = try listeningAddress(port: 0) { socket, address in
      bind(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 ? socket : nil
    }
    defer { close(socket) }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func accepts(_ port: Int) -> Bool {
    let socket = try? listeningAddress(port: port) { socket, address in
      guard connect(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 else {
        close(socket)
        return nil
      }
      return socket
    }
    // Nothing listens there yet: that is what is asked.
    guard let socket else { return false }
    close(socket)
    return true
  }

  private static func listeningAddress(
    port: Int, _ body: (Int32, UnsafePointer<sockaddr>) -> Int32?
  ) throws -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body(socket, $0) }
    }
    guard let result else { throw ServerDidNotStart(description: "no loopback port \(port)") }
    return result
  }
}
