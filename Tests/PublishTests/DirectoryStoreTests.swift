import Artifacts
import Model
import Publish
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("Directories as destinations")
struct DirectoryStoreTests {
  private let bytes = sampleBytes(3_000_000)

  @Test("an object is there once it is put, and is put once")
  func puts() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("new").appending("site"))
      let object = ObjectReference(of: bytes)
      #expect(try await !store.has(object))
      #expect(try await store.put(object, from: .bytes(bytes)))
      #expect(try await store.has(object))
      #expect(try await !store.put(object, from: .bytes(bytes)))
      #expect(try await store.bytes(of: object) == bytes)
      #expect(try await store.list("objects/").map(\.name) == [object.name])
      let name = "objects/sha256/\(object.digest.hex.prefix(2))/\(object.digest.hex)"
      #expect(try readFile(store.root.pushing(FilePath(name))) == bytes)
    }
  }

  @Test("a part of a file is put, and comes back")
  func putsParts() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      let file = scene.directory.appending("file")
      try writeAtomically(bytes, to: file)
      let part = ObjectReference(of: Array(bytes[1_000..<2_500_000]))
      #expect(try await store.put(part, from: .file(file, offset: 1_000)))
      let copy = scene.directory.appending("down").appending("copy")
      try await store.download(part, to: copy)
      #expect(try readFile(copy) == Array(bytes[1_000..<2_500_000]))
    }
  }

  @Test("bytes that are not what they were get no name, and leave nothing behind")
  func refusesChangedBytes() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      let file = scene.directory.appending("file")
      try writeAtomically(bytes, to: file)
      let other = ObjectReference(digest: .sha256(of: "other"), size: 100)
      await #expect(throws: PublishError.changedBytes(file.string)) {
        try await store.put(other, from: .file(file, offset: 0))
      }
      #expect(try await !store.has(other))
      #expect(try listDirectory(store.root.appending(".drafts")).isEmpty)
    }
  }

  @Test("a damaged object is told, and put again")
  func noticesDamage() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      let object = ObjectReference(of: bytes)
      _ = try await store.put(object, from: .bytes(bytes))
      let path = store.root.pushing(FilePath(object.name))
      try writeAtomically([UInt8](repeating: 7, count: bytes.count), to: path)
      await #expect(throws: PublishError.damagedObject(object.name, place: store.place)) {
        try await store.bytes(of: object)
      }
      let copy = scene.directory.appending("copy")
      await #expect(throws: ArtifactError.self) { try await store.download(object, to: copy) }
      #expect(FileStatus(of: copy) == nil)
      try writeAtomically(bytes.dropLast(), to: path)
      #expect(try await store.put(object, from: .bytes(bytes)))
    }
  }

  @Test("of those who replace a file at once, one wins each time")
  func swaps() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<20 {
          group.addTask {
            while true {
              let old = try await store.read("index.json")
              let next = (old?.bytes ?? []) + [UInt8(number)]
              if try await store.replace("index.json", with: next, ifTag: old?.tag) { return }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await store.read("index.json")?.bytes.sorted() == Array(0..<20))
    }
  }

  @Test("a file is not replaced while something that it needs is missing")
  func requires() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      let object = ObjectReference(of: bytes)
      #expect(try await !store.replace("index.json", with: [1], ifTag: nil, requiring: [object]))
      _ = try await store.put(object, from: .bytes(bytes))
      #expect(try await store.replace("index.json", with: [1], ifTag: nil, requiring: [object]))
    }
  }

  @Test("nothing is removed once the file that says so has changed")
  func removes() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      let object = ObjectReference(of: bytes)
      _ = try await store.put(object, from: .bytes(bytes))
      _ = try await store.replace("index.json", with: [1], ifTag: nil)
      let tag = try await store.read("index.json")?.tag
      #expect(try await !store.remove([object.name], while: "index.json", hasTag: "other"))
      #expect(try await store.has(object))
      #expect(try await store.remove([object.name], while: "index.json", hasTag: tag))
      #expect(try await !store.has(object))
    }
  }

  @Test("a symbolic link to a directory is that directory")
  func followsLink() async throws {
    try await withPublishScene { scene in
      let (real, link) = (scene.directory.appending("real"), scene.directory.appending("link"))
      try makeDirectory(real)
      #expect(symlink("real", link.string) == 0)
      let store = try DirectoryStore(writing: link)
      _ = try await store.replace("index.json", with: [1], ifTag: nil)
      #expect(try readFile(real.appending("index.json")) == [1])
    }
  }

  @Test("a destination that is a file, or that can't be written, is told with its path")
  func refusesBadPlaces() async throws {
    try await withPublishScene { scene in
      let file = scene.directory.appending("file")
      try writeAtomically([1], to: file)
      let error = #expect(throws: FileError.self) { try DirectoryStore(writing: file) }
      #expect(error?.path.string.hasSuffix("/file") == true)
      let inside = #expect(throws: FileError.self) { try DirectoryStore(writing: file.appending("site")) }
      #expect(inside?.code == .notDirectory)
      #expect(throws: FileError.self) { try DirectoryStore(writing: "/proc/ppp") }
    }
  }

  @Test("what a killed publisher has left behind is removed when it is old")
  func removesDrafts() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      try writeAtomically([1], to: store.root.appending(".drafts").appending("left.draft"))
      try await store.removeDrafts(olderThan: 0)
      #expect(try listDirectory(store.root.appending(".drafts")).count == 1)
      try await store.removeDrafts(olderThan: .max)
      #expect(try listDirectory(store.root.appending(".drafts")).isEmpty)
    }
  }
}
