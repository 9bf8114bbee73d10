import Artifacts
import Model
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("ArtifactStore")
struct ArtifactStoreTests {
  private func withStore(_ body: (ArtifactStore) async throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-store-") { directory in
      try await body(ArtifactStore(cache: directory.appending("cache")))
    }
  }

  private func setLastUsed(_ path: FilePath, secondsAgo: Int) {
    let moment = time(nil) - secondsAgo
    let times = [timespec(tv_sec: moment, tv_nsec: 0), timespec(tv_sec: moment, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, path.string, times, 0) == 0)
  }

  @Test("bytes are stored read-only under their digest, in a directory that back-ups may leave out")
  func adds() async throws {
    try await withStore { store in
      let bytes = Array("wheel".utf8)
      let stored = try await store.add(bytes)
      #expect(stored.digest == .sha256(of: bytes))
      #expect(stored.path == store.path(of: stored.digest))
      #expect(
        stored.path.string.hasSuffix("/artifacts/sha256/\(stored.digest.hex.prefix(2))/\(stored.digest.hex)"))
      var status = stat()
      #expect(stat(stored.path.string, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o444)
      let tag = try readFile(store.cache.appending("CACHEDIR.TAG"))
      #expect(String(decoding: tag, as: UTF8.self).hasPrefix("Signature: 8a477f597d28d172789f06886806bc55"))
      #expect(store.contains(stored.digest))
      let again = try await store.add(bytes)
      #expect(again == stored)
    }
  }

  @Test("a file is stored when it has the expected digest, else refused")
  func addsFile() async throws {
    try await withStore { store in
      let source = store.cache.removingLastComponent().appending("a.whl")
      let bytes = sampleBytes(3_000_000)
      try writeAtomically(bytes, to: source)
      let wrong = Digest.sha256(of: [1])
      let right = Digest.sha256(of: bytes)
      await #expect(throws: ArtifactError.wrongFileDigest(source, expected: wrong, got: right)) {
        try await store.add(fileAt: source, expecting: wrong)
      }
      let stored = try await store.add(fileAt: source, expecting: right)
      #expect(stored.size == 3_000_000)
      let drafts = try listDirectory(store.cache.appending("partial"))
      #expect(drafts == [])
    }
  }

  @Test("what was never stored isn't found")
  func findsNothing() async throws {
    try await withStore { store in
      let found = try await store.find(.sha256(of: [1]))
      #expect(found == nil)
      #expect(!store.contains(.sha256(of: [1])))
      let items = try await store.list()
      #expect(items == [])
    }
  }

  @Test("a file that was changed after it was found is noticed")
  func noticesDamage() async throws {
    try await withStore { store in
      let stored = try await store.add(sampleBytes(1000))
      try removeTree(stored.path)
      try writeAtomically(sampleBytes(1000, seed: 2), to: stored.path)
      let found = try await store.find(stored.digest)
      #expect(found == nil)
      #expect(!store.contains(stored.digest))
    }
  }

  @Test("files are listed with the one used longest ago first")
  func lists() async throws {
    try await withStore { store in
      let old = try await store.add(sampleBytes(10))
      let new = try await store.add(sampleBytes(20, seed: 2))
      setLastUsed(old.path, secondsAgo: 5000)
      let items = try await store.list()
      #expect(items.map(\.digest) == [old.digest, new.digest])
      #expect(items.map(\.size) == [10, 20])
      #expect(items[1].lastUsed - items[0].lastUsed >= 4900)
    }
  }

  @Test("finding a file counts as use")
  func marksUse() async throws {
    try await withStore { store in
      let first = try await store.add(sampleBytes(10))
      let second = try await store.add(sampleBytes(20, seed: 2))
      setLastUsed(first.path, secondsAgo: 9000)
      setLastUsed(second.path, secondsAgo: 8000)
      _ = try await ArtifactStore(cache: store.cache).find(first.digest)
      let items = try await store.list()
      #expect(items.map(\.digest) == [second.digest, first.digest])
    }
  }

  @Test("pruning removes what was used longest ago, and unfinished files, until the rest is small enough")
  func prunes() async throws {
    try await withStore { store in
      var stored: [StoredArtifact] = []
      for (index, age) in [300_000, 100_000, 200_000].enumerated() {
        stored.append(try await store.add(sampleBytes(1000, seed: UInt64(index))))
        setLastUsed(stored[index].path, secondsAgo: age)
      }
      try writeAtomically([1, 2, 3], to: store.cache.appending("partial").appending("draft-1"))
      let removal = try await store.prune(to: 1500)
      #expect(removal.files == 3 && removal.bytes == 2003)
      #expect(stored.map { store.contains($0.digest) } == [false, true, false])
      let nothing = try await store.prune(to: 1500)
      #expect(nothing.files == 0 && nothing.bytes == 0)
    }
  }

  @Test("nothing is removed while another process uses the cache, and all of it afterwards")
  func respectsUsers() async throws {
    try await withStore { store in
      let digest: Digest
      do {
        let other = ArtifactStore(cache: store.cache)
        digest = try await other.add(sampleBytes(10)).digest
        await #expect(throws: ArtifactError.cacheInUse(store.cache)) { try await store.prune(to: 0) }
        await #expect(throws: ArtifactError.cacheInUse(store.cache)) { try await store.remove([digest]) }
        await #expect(throws: ArtifactError.cacheInUse(store.cache)) { try await store.clean() }
        #expect(other.contains(digest))
      }
      let removal = try await store.clean()
      #expect(removal.files == 1 && removal.bytes == 10)
      #expect(!store.contains(digest))
    }
  }

  @Test("many writers of the same and of different bytes leave good files")
  func sharesWriting() async throws {
    try await withStore { store in
      let digests = try await (0..<24).concurrentMap(width: 24) { index in
        try await ArtifactStore(cache: store.cache).add(sampleBytes(100_000, seed: UInt64(index % 3))).digest
      }
      #expect(Set(digests).count == 3)
      for digest in Set(digests) { #expect(try Digest.sha256(ofFile: store.path(of: digest)) == digest) }
      let drafts = try listDirectory(store.cache.appending("partial"))
      #expect(drafts == [])
    }
  }
}
