import Model
import Synchronization

/// A small HTTP/1.1 server on 127.0.0.1 that answers as the test says.
///
/// ```swift
/// let server = try LoopbackServer { request in
///   switch request.path {
///   case "/wheel.whl": .file(bytes, for: request)          // ranges and ETag work
///   case "/flaky": request.number == 0 ? .status(500) : .text("ok")
///   default: .status(404)
///   }
/// }
/// … fetch server.url("/wheel.whl") …
/// #expect(server.count(of: "/flaky") == 2)
/// ```
/// Every connection has a thread of its own; the server ends with the value.
package final class LoopbackServer: Sendable {
  /// As it came in.
  package struct Request: Sendable {
    package let method: String
    /// With its query, as the client wrote it.
    package let path: String
    /// Names in lower case.
    package let headers: [String: String]
    package let body: [UInt8]
    /// How many requests for this path came before.
    package let number: Int
  }

  /// What goes out, and how.
  package struct Response: Sendable {
    package enum Delivery: Sendable, Equatable {
      case whole
      /// The connection is closed in good order after so many bytes of the body.
      case truncated(after: Int)
      /// The connection is reset after so many bytes of the body.
      case reset(after: Int)
      /// Nothing more comes after so many bytes of the body, until the client goes.
      case stalled(after: Int)
      /// So many bytes at a time, with a pause before each piece.
      case slow(piece: Int, pause: Duration)
      /// Nothing comes at all, not even a status, until the client goes.
      case silent
    }

    package var status: Int
    package var headers: [String: String]
    package var body: [UInt8]
    package var delivery: Delivery

    package init(
      status: Int = 200, headers: [String: String] = [:], body: [UInt8] = [], delivery: Delivery = .whole
    ) {
      self.status = status
      self.headers = headers
      self.body = body
      self.delivery = delivery
    }
  }

  package typealias Handler = @Sendable (Request) -> Response

  package let port: UInt16
  private let core: ServerCore

  package init(_ handler: @escaping Handler) throws {
    (core, port) = try ServerCore.listening(handler)
    let core = core
    startThread { core.acceptConnections() }
  }

  deinit { core.stop() }

  /// `http://127.0.0.1:<port><path>`; `user` is user info.
  package func url(_ path: String, user: String? = nil, host: String = "127.0.0.1") -> String {
    "http://\(user.map { $0 + "@" } ?? "")\(host):\(port)\(path)"
  }

  /// All requests so far, in the order in which they were read.
  package var requests: [Request] { core.requests.withLock { $0 } }

  package func count(of path: String) -> Int { requests.count { $0.path == path } }
}

extension LoopbackServer {
  /// A server of these files (by path, with ranges and ETags); all else is 404.
  package convenience init(files: [String: [UInt8]]) throws {
    try self.init { request in
      guard let bytes = files[request.path] else { return .status(404) }
      return .file(bytes, for: request)
    }
  }
}

extension LoopbackServer.Response {
  package static func status(_ status: Int, headers: [String: String] = [:]) -> Self {
    Self(status: status, headers: headers)
  }

  package static func text(
    _ text: String, contentType: String = "text/plain", headers: [String: String] = [:]
  )
    -> Self
  {
    Self(
      headers: headers.merging(["Content-Type": contentType]) { given, _ in given }, body: Array(text.utf8))
  }

  package static func bytes(
    _ bytes: [UInt8], headers: [String: String] = [:], delivery: Delivery = .whole
  ) -> Self {
    Self(headers: headers, body: bytes, delivery: delivery)
  }

  package static func redirect(to target: String, status: Int = 302) -> Self {
    Self(status: status, headers: ["Location": target])
  }

  /// A file as a good server gives it: with an ETag, in part (206, 416) when a range is asked for, and as 304 when
  /// the client has it.
  package static func file(
    _ bytes: [UInt8], for request: LoopbackServer.Request, etag: String = "\"v1\"",
    delivery: Delivery = .whole
  ) -> Self {
    var headers = ["ETag": etag, "Accept-Ranges": "bytes"]
    if request.headers["if-none-match"] == etag { return Self(status: 304, headers: headers) }
    guard let range = request.headers["range"], request.headers["if-range"] ?? etag == etag,
      range.hasPrefix("bytes="),
      let first = range.dropFirst(6).split(separator: "-").first.flatMap({ Int($0) })
    else { return Self(headers: headers, body: bytes, delivery: delivery) }
    guard first < bytes.count else {
      return Self(status: 416, headers: ["Content-Range": "bytes */\(bytes.count)"])
    }
    headers["Content-Range"] = "bytes \(first)-\(bytes.count - 1)/\(bytes.count)"
    return Self(status: 206, headers: headers, body: Array(bytes[first...]), delivery: delivery)
  }
}
