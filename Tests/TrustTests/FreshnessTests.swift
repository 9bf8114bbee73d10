import Artifacts
import Model
import SystemPackage
import Testing

@testable import Trust

@Suite("Freshness of a catalogue")
struct FreshnessTests {
  private let place = "https://user:secret@example.org/catalogue"
  private let now: Int64 = 1_800_000_000

  private func promise(
    _ sequence: Int, expires: Int64? = nil, signedAt: Int64? = nil, text: String = "a"
  ) -> CataloguePromise {
    CataloguePromise(
      sequence: sequence, expires: expires, signedAt: signedAt, digest: .sha256(of: "\(sequence)\(text)"))
  }

  private func withFreshness(_ body: (Freshness, FilePath) throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-fresh-") {
      try body(Freshness(in: $0.appending("seen")), $0.appending("seen"))
    }
  }

  @Test("a catalogue that was seen may come again, a newer one too, an older one never")
  func replayed() async throws {
    try await withFreshness { freshness, directory in
      try freshness.check(promise(3), from: place, now: now)
      #expect(FileStatus(of: directory) == nil)
      for sequence in [3, 3, 7] { try freshness.accept(promise(sequence), from: place, now: now) }
      #expect(throws: TrustError.replayed(redacting(place), sequence: 6, seen: 7)) {
        try freshness.accept(promise(6), from: place, now: now)
      }
      try freshness.accept(promise(1), from: "https://other.example.org", now: now)
      for file in try listDirectory(directory) {
        #expect(!String(decoding: try readFile(directory.appending(file)), as: UTF8.self).contains("secret"))
      }
    }
  }

  @Test("two catalogues of one number are told apart")
  func forked() async throws {
    try await withFreshness { freshness, _ in
      try freshness.accept(promise(3), from: place, now: now)
      #expect(throws: TrustError.forked(redacting(place), sequence: 3)) {
        try freshness.accept(promise(3, text: "b"), from: place, now: now)
      }
    }
  }

  @Test("an expired catalogue is refused from the second on, and not remembered")
  func expired() async throws {
    try await withFreshness { freshness, _ in
      try freshness.accept(promise(3, expires: now + 1), from: place, now: now)
      #expect(throws: TrustError.expired(redacting(place), expires: now + 1, now: now + 1)) {
        try freshness.check(promise(3, expires: now + 1), from: place, now: now + 1)
      }
      #expect(throws: TrustError.self) {
        try freshness.accept(promise(9, expires: now), from: place, now: now)
      }
      try freshness.accept(promise(4), from: place, now: now)
    }
  }

  @Test("a clock that shows a time before the signature, or before the last visit, is not believed")
  func clock() async throws {
    try await withFreshness { freshness, _ in
      let day = Freshness.tolerance
      try freshness.accept(promise(1, signedAt: now + day), from: place, now: now)
      #expect(throws: TrustError.clockBehind(redacting(place), now: now, passed: now + day + 1)) {
        try freshness.accept(promise(1, signedAt: now + day + 1), from: place, now: now)
      }
      #expect(throws: TrustError.clockBehind(redacting(place), now: 0, passed: now)) {
        try freshness.accept(promise(2, expires: now), from: place, now: 0)
      }
      try freshness.accept(promise(2), from: place, now: now - day)
      #expect(throws: TrustError.self) { try freshness.check(promise(2), from: place, now: now - day - 1) }
    }
  }

  @Test("a damaged memory is an error, not a fresh start")
  func damaged() async throws {
    try await withFreshness { freshness, directory in
      try freshness.accept(promise(3), from: place, now: now)
      let name = try #require(try listDirectory(directory).first { $0.hasSuffix(".json") })
      try writeAtomically(Array("{".utf8), to: directory.appending(name))
      #expect(throws: TrustError.badState(directory.appending(name))) {
        try freshness.check(promise(1), from: place, now: now)
      }
    }
  }

  @Test(
    "times are told as RFC 3339 has them",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_827_696, "2000-02-29T12:34:56Z"), (-1, "-1 s"),
      (1_796_000_000, "2026-11-30T00:53:20Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
      (Int64.max, "9223372036854775807 s"),
    ])
  func times(seconds: Int64, text: String) { #expect(UTCTime(seconds).description == text) }
}
