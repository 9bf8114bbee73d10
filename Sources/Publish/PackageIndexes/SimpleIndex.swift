import Artifacts
import FoundationEssentials
package import Model
package import SystemPackage
import Wheels

#if canImport(Glibc)
import Glibc
#endif

/// A directory that is a package index without a server: `pip install --index-url file:///…`, or served by any web server.
///
/// Per project there is a folder with its wheels, each with its metadata beside it (PEP 658), and its page as `index.html`
/// (PEP 503) and `index.json` (PEP 691). What was published before stays. Files come before pages, and each appears whole,
/// so that it can be used while it is written.
package struct SimpleIndex: Sendable {
  package let root: FilePath
  private let shelf: WheelShelf
  private let events: EventSink

  private static let width = 4

  package init(_ root: FilePath, shelf: WheelShelf, events: @escaping EventSink = { _ in }) {
    self.root = root
    self.shelf = shelf
    self.events = events
  }

  /// What would be done; nothing is written.
  ///
  /// - Throws: `PackageIndexesError.conflict` when a file is there with other bytes, unless it is to be replaced.
  package func plan(_ wheels: [CatalogueWheel], replacing: Bool = false) throws -> [WheelUpload] {
    var pages: [PackageName: SimplePage] = [:]
    return try wheels.map { wheel in
      let page = try pages[wheel.fileName.name] ?? page(of: wheel.fileName.name)
      pages[wheel.fileName.name] = page
      let there = page.files.first { $0.filename == wheel.fileName.text }?.hashes["sha256"]
      guard let there else { return WheelUpload(wheel: wheel, change: .added) }
      if there == wheel.digest.hex { return WheelUpload(wheel: wheel, change: .unchanged) }
      guard replacing else {
        let old = try Digest(parsing: there)
        throw PackageIndexesError.conflict(
          wheel.fileName.text, place: root.string, old: old, new: wheel.digest)
      }
      return WheelUpload(wheel: wheel, change: .replaced)
    }
  }

  /// Brings the wheels into the index.
  package func publish(_ wheels: [CatalogueWheel], replacing: Bool = false) async throws -> [WheelUpload] {
    try makeDirectory(root)
    _ = try plan(wheels, replacing: replacing)
    let files = try await wheels.concurrentMap(width: Self.width) { wheel in
      try await (wheel, put(wheel, replacing: replacing))
    }
    return try await withFileLock(at: root.appending(".lock")) {
      // Another publisher may have been here since.
      let uploads = try plan(wheels, replacing: replacing)
      try write(files)
      return uploads
    }
  }

  private func folder(_ name: PackageName) -> FilePath { root.appending(name.normalized) }

  private func page(of name: PackageName) throws -> SimplePage {
    let path = folder(name).appending("index.json")
    guard FileStatus(of: path) != nil else { return SimplePage(name: name.normalized) }
    do {
      return try JSONDecoder().decode(SimplePage.self, from: Data(readFile(path)))
    } catch is DecodingError {
      throw PackageIndexesError.malformed("\(name)/index.json", place: root.string)
    }
  }

  /// Puts a wheel and its metadata where they belong.
  private func put(_ wheel: CatalogueWheel, replacing: Bool) async throws -> SimplePage.File {
    let step = Step(.publish, wheel.fileName.text)
    events(.started(step))
    let artifact = try await shelf.artifact(of: wheel)
    let metadata = try await WheelMetadata.reading(artifact, fileName: wheel.fileName)
    let place = folder(wheel.fileName.name).appending(wheel.fileName.text)
    let isNew = try await blocking { cancellation in
      try makeDirectory(place.removingLastComponent())
      let isThere = try FileStatus(of: place) != nil && Digest.sha256(ofFile: place) == wheel.digest
      if !isThere { try bring(artifact, to: place, cancellation) }
      let beside = FilePath(place.string + ".metadata")
      if !isThere || FileStatus(of: beside) == nil { try writeAtomically(metadata.bytes, to: beside) }
      return !isThere
    }
    let size = ByteCount(artifact.size).description
    events(.finished(step, isNew ? .done(size) : .reused(size)))
    return SimplePage.File(
      filename: wheel.fileName.text, url: encodingPercent(wheel.fileName.text, keepingSlashes: false),
      hashes: ["sha256": wheel.digest.hex], size: artifact.size, requiresPython: metadata.core.requiresPython,
      coreMetadata: ["sha256": Digest.sha256(of: metadata.bytes).hex])
  }

  /// Links the stored file, which nobody writes to, or copies it where that can't be.
  private func bring(_ artifact: StoredArtifact, to place: FilePath, _ cancellation: Cancellation) throws {
    let number = String(UInt64.random(in: .min ... .max), radix: 36)
    let draft = place.removingLastComponent().appending(".\(number).link")
    if link(artifact.path.string, draft.string) == 0 {
      // Of two links to one file rename(2) keeps both.
      defer { unlink(draft.string) }
      guard rename(draft.string, place.string) == 0 else {
        throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno))
      }
      return
    }
    let copy = try ObjectDraft(in: place.removingLastComponent(), prefix: ".")
    let digest = try copy.copy(artifact.path, from: 0, size: artifact.size, cancellation)
    guard digest == artifact.digest else { throw PublishError.changedBytes(place.string) }
    try copy.settle(at: place)
  }

  /// Writes the pages of the projects that have something new, then the page that names all.
  private func write(_ files: [(CatalogueWheel, SimplePage.File)]) throws {
    var pages: [PackageName: SimplePage] = [:]
    for (wheel, file) in files {
      let name = wheel.fileName.name
      var page = try pages[name] ?? page(of: name)
      page.insert(file, version: wheel.fileName.version)
      pages[name] = page
    }
    for (name, page) in pages.sorted(by: { $0.key < $1.key }) {
      try write(page.html, to: folder(name).appending("index.html"))
      // Last, since it is what the next publisher goes by.
      try write(page.json, to: folder(name).appending("index.json"))
    }
    let names = try listDirectory(root).filter {
      FileStatus(of: root.appending($0).appending("index.json")) != nil
    }
    try write(SimplePage.rootJSON(of: names), to: root.appending("index.json"))
    try write(SimplePage.root(of: names), to: root.appending("index.html"))
  }

  private func write(_ bytes: [UInt8], to path: FilePath) throws {
    if FileStatus(of: path) != nil, try readFile(path) == bytes { return }
    try writeAtomically(bytes, to: path)
  }
}
