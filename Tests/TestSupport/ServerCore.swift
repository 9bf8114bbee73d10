import Model
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The sockets and threads of a `LoopbackServer`.
final class ServerCore: Sendable {
  private struct State {
    var isStopped = false
    var connections: Set<Int32> = []
  }

  let requests = Mutex<[LoopbackServer.Request]>([])
  private let listener: Int32
  private let handler: LoopbackServer.Handler
  private let state = Mutex(State())

  private init(listener: Int32, handler: @escaping LoopbackServer.Handler) {
    self.listener = listener
    self.handler = handler
  }

  static func listening(_ handler: @escaping LoopbackServer.Handler) throws -> (ServerCore, port: UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw Errno(rawValue: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 64) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else {
      close(listener)
      throw Errno(rawValue: errno)
    }
    return (ServerCore(listener: listener, handler: handler), UInt16(bigEndian: address.sin_port))
  }

  func stop() {
    state.withLock { state in
      state.isStopped = true
      for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }
    shutdown(listener, Int32(SHUT_RDWR))
  }

  func acceptConnections() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else {
        if errno == EINTR { continue }
        close(listener)
        return
      }
      // A program that a test starts must not keep connections open.
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      let isWelcome = state.withLock { state in
        if !state.isStopped { state.connections.insert(connection) }
        return !state.isStopped
      }
      guard isWelcome else {
        close(connection)
        continue
      }
      startThread { [self] in
        serve(connection)
        state.withLock { _ = $0.connections.remove(connection) }
        close(connection)
      }
    }
  }

  private func serve(_ connection: Int32) {
    var received: [UInt8] = []
    while let head = readHead(from: connection, &received),
      let body = readBody(of: head.headers, from: connection, &received)
    {
      let request = requests.withLock { requests in
        let number = requests.count { $0.path == head.path }
        let request = LoopbackServer.Request(
          method: head.method, path: head.path, headers: head.headers, body: body, number: number)
        requests.append(request)
        return request
      }
      guard handler(request).send(to: connection, isHead: request.method == "HEAD") else { return }
    }
  }

  /// Reads as much as Content-Length says; nil when the client goes before it has come.
  private func readBody(
    of headers: [String: String], from connection: Int32, _ received: inout [UInt8]
  ) -> [UInt8]? {
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while received.count < length {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
    defer { received.removeFirst(length) }
    return Array(received.prefix(length))
  }

  /// Reads up to the empty line.
  private func readHead(from connection: Int32, _ received: inout [UInt8]) -> (
    method: String, path: String, headers: [String: String]
  )? {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let range = received.firstRange(of: end) {
        let lines = String(decoding: received[..<range.lowerBound], as: UTF8.self).split(separator: "\r\n")
        received.removeSubrange(..<range.upperBound)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          guard let colon = line.firstIndex(of: ":") else { continue }
          headers[line[..<colon].lowercased()] = String(
            line[line.index(after: colon)...].drop(while: \.isWhitespace))
        }
        return (String(words[0]), String(words[1]), headers)
      }
      var buffer = [UInt8](repeating: 0, count: 16384)
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
  }
}

extension LoopbackServer.Response {
  /// Sends the response; whether the connection can go on.
  fileprivate func send(to connection: Int32, isHead: Bool) -> Bool {
    if delivery == .silent {
      waitForClose(connection)
      return false
    }
    var lines = ["HTTP/1.1 \(status) -"]
    var fields = headers
    let hasLength = headers.keys.contains {
      ["content-length", "transfer-encoding"].contains($0.lowercased())
    }
    if !hasLength, status != 304 { fields["Content-Length"] = String(body.count) }
    lines += fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    guard sendAll(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)[...], connection) else {
      return false
    }
    if isHead || status == 304 { return true }

    switch delivery {
    case .whole: return sendAll(body[...], connection)
    case .truncated(let count):
      _ = sendAll(body.prefix(count), connection)
      return false
    case .reset(let count):
      _ = sendAll(body.prefix(count), connection)
      // What was sent has to arrive before the reset throws it away.
      waitUntilSent(connection)
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
      return false
    case .stalled(let count):
      _ = sendAll(body.prefix(count), connection)
      waitForClose(connection)
      return false
    case .slow(let piece, let pause):
      var rest = body[...]
      while !rest.isEmpty {
        usleep(
          UInt32(pause.components.seconds * 1_000_000 + pause.components.attoseconds / 1_000_000_000_000))
        guard sendAll(rest.prefix(piece), connection) else { return false }
        rest = rest.dropFirst(piece)
      }
      return true
    case .silent: return false
    }
  }

  private func sendAll(_ bytes: ArraySlice<UInt8>, _ connection: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Glibc.send(
          connection, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
        if count <= 0 { return false }
        sent += count
      }
      return true
    }
  }

  /// Waits until the client closes the connection or the server stops.
  private func waitForClose(_ connection: Int32) {
    var buffer: [UInt8] = [0]
    while recv(connection, &buffer, 1, 0) > 0 {}
  }

  private func waitUntilSent(_ connection: Int32) {
    for _ in 0..<200 {
      var unsent: Int32 = 0
      guard ioctl(connection, UInt(TIOCOUTQ), &unsent) == 0, unsent > 0 else { break }
      usleep(1000)
    }
    // Acknowledged is not yet read: the client's kernel has it, the client needs a moment.
    usleep(20_000)
  }
}
