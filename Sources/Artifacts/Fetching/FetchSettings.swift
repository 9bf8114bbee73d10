package import SystemPackage

/// How a `Fetcher` behaves.
package struct FetchSettings: Sendable {
  /// Only the cache is asked.
  package var offline: Bool
  /// How many transfers run at once.
  package var connections: Int
  /// How often a transfer that may succeed later is tried again.
  package var retries: Int
  package var connectTimeout: Duration
  /// How long a transfer may go without a byte.
  package var stallTimeout: Duration
  package var credentials: Credentials
  /// The authorities to trust instead of the system's, in PEM.
  package var certificates: FilePath?
  /// Waits between two tries.
  package var sleep: @Sendable (Duration) async throws -> Void
  /// A number in 0..<1 that spreads the waits of many processes.
  package var jitter: @Sendable () -> Double

  package init(
    offline: Bool = false, connections: Int = 16, retries: Int = 4, connectTimeout: Duration = .seconds(15),
    stallTimeout: Duration = .seconds(30), credentials: Credentials = .none, certificates: FilePath? = nil,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.offline = offline
    self.connections = connections
    self.retries = retries
    self.connectTimeout = connectTimeout
    self.stallTimeout = stallTimeout
    self.credentials = credentials
    self.certificates = certificates
    self.sleep = sleep
    self.jitter = jitter
  }

  /// The settings that the environment asks for: credentials, and `SSL_CERT_FILE` or `CURL_CA_BUNDLE`.
  ///
  /// Proxies (`https_proxy`, `no_proxy`, …) are read by libcurl itself.
  package static func standard(environment: [String: String], offline: Bool = false) -> FetchSettings {
    let certificates = ["SSL_CERT_FILE", "CURL_CA_BUNDLE"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    return FetchSettings(
      offline: offline, credentials: .load(environment: environment),
      certificates: certificates.map { FilePath($0) })
  }

  /// How long to wait before the try after `failures` failed ones: 0.25 s, 0.5 s, 1 s, …, at most 30 s, of which
  /// up to half is left to chance; a server's own wish counts instead where it is longer, up to a minute.
  func delay(after failures: Int, wish: Duration?) -> Duration {
    let full = min(30, 0.25 * Double(1 << min(failures, 10)))
    let delay = Duration.seconds(full * (0.5 + jitter() / 2))
    guard let wish else { return delay }
    return max(delay, min(wish, .seconds(60)))
  }
}
