package import Model
import Synchronization

/// Fetches files and pages over HTTP and from `file:` URLs, into the cache.
///
/// Everything is verified as far as something is known about it, retried where that may help, resumed where
/// bytes have arrived, and in the cache only when whole. Several fetchers, and several processes, may share a cache.
package final class Fetcher: Sendable {
  package let store: ArtifactStore
  package let settings: FetchSettings
  let events: EventSink
  let engine: TransferEngine
  /// User info of URLs, by scheme and authority: an index's files are often on its own server.
  let urlCredentials = Mutex<[String: Credential]>([:])
  let artifacts = SingleFlight<RemoteFile, StoredArtifact>()
  let documents = SingleFlight<String, Document>()
  /// The pages that were asked for in this process, by cache key: they are not asked for again.
  let freshDocuments = Mutex<Set<String>>([])

  package init(
    store: ArtifactStore, settings: FetchSettings = FetchSettings(), events: @escaping EventSink = { _ in }
  ) {
    self.store = store
    self.settings = settings
    self.events = events
    engine = TransferEngine(
      settings: TransferSettings(
        connections: settings.connections, connectTimeout: settings.connectTimeout,
        stallTimeout: settings.stallTimeout, certificates: settings.certificates))
  }

  /// The file, from the store or else from the first of its URLs that has it.
  ///
  /// Equal requests that run at once are fetched once. Reported as the step `fetch <name>`: progress about ten times a
  /// second, and at the end the size.
  ///
  /// - Throws: `ArtifactError`, or `FileError` when the cache can't be written.
  package func artifact(_ file: RemoteFile) async throws -> StoredArtifact {
    try await artifacts.run(file) {
      let step = Step(.fetch, file.name)
      if let stored = try await stored(file) {
        events(.started(step))
        events(.finished(step, .reused(ByteCount(stored.size).description)))
        return stored
      }
      events(.started(step))
      do {
        if settings.offline { throw ArtifactError.offline("'\(file.name)'") }
        let stored = try await download(file, step)
        events(.finished(step, .done(ByteCount(stored.size).description)))
        return stored
      } catch {
        if !(error is CancellationError) { events(.finished(step, .failed(Diagnostic(error)))) }
        throw error
      }
    }
  }

  /// The length of a file in bytes, as its server announces it; nil when it doesn't.
  package func size(of url: String) async throws -> Int64? {
    let url = try address(url)
    if settings.offline { throw ArtifactError.offline("the size of '\(url)'") }
    return try await retrying {
      do {
        return try await exchange(url, method: .head).result.length
      } catch ArtifactError.status(_, 405, _), ArtifactError.status(_, 501, _) {
        return nil
      }
    }
  }
}
