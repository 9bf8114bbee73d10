import Layers
import Model
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Verify

@Suite struct VerifierTests {
  private static let host = Platform.host ?? .linuxX64
  private static let machine = host.architecture == .aarch64 ? 183 : 62
  private static let library = "lib/python3.13/site-packages/a/x.so"

  @Test("a bundle for this machine is unpacked to a path with a space and a letter beyond ASCII, and run")
  func runs() async throws {
    try await withMaker { maker in
      let imports = #"case "$0" in *" vérify "*) echo 'ppp-verify imported' ;; esac"#
      let layers = [
        try await maker.layer(
          "runtime", kind: "runtime", ["bin/python3": BundleMaker.interpreter(imports: imports)]),
        try await maker.layer("wheel a 1", kind: "wheel", [Self.library: Self.elf()]),
      ]
      let events = Mutex<[String]>([])
      let report = try await verify(
        maker, layers, events: { event in events.withLock { $0.append("\(event)") } })
      #expect(report.failures.isEmpty)
      #expect(report.didRun)
      #expect(
        report.checks.map(\.subject) == ["interpreter"] + ImportVerifier.standardLibrary + [
          "a", Self.library,
        ])
      #expect(report.checks.last?.distribution == "wheel a 1")
      #expect(report.summary == "1 native file, 7 imports")
      #expect(events.withLock { $0.count } == 9)
      #expect(try listDirectory(maker.directory.appending("scratch")).isEmpty)
    }
  }

  @Test("an import that fails is named with its cell and distribution, unless it is allowed")
  func failedImport() async throws {
    try await withMaker { maker in
      let imports = #"""
        if [ "$3" = a ]; then echo "ppp-verify ImportError: no driver"; else echo 'ppp-verify imported'; fi
        """#
      let layers = [
        try await maker.layer(
          "runtime", kind: "runtime", ["bin/python3": BundleMaker.interpreter(imports: imports)])
      ]
      let report = try await verify(maker, layers)
      #expect(
        report.diagnostics.map(\.message)
          == ["python-3.13.5@\(Self.host): import 'a' of a 1: ImportError: no driver"])
      let allowed = try await verify(
        maker, layers, allowances: [try Allowance(pattern: "a", reason: "no GPU")])
      #expect(allowed.succeeded)
      #expect(allowed.allowed.map(\.subject) == ["a"])
    }
  }

  @Test("a foreign bundle is read and not run")
  func foreign() async throws {
    try await withMaker { maker in
      let layers = [
        try await maker.layer("runtime", kind: "runtime", ["bin/python3": MachOMaker { $0.kind = 2 }.make()]),
        try await maker.layer("wheel a 1", kind: "wheel", [Self.library: Self.elf()]),
      ]
      let report = try await verify(maker, layers, platform: .macOSAArch64)
      #expect(!report.didRun)
      #expect(
        report.diagnostics.map(\.message) == [
          "python-3.13.5@macosx-aarch64: '\(Self.library)' of wheel a 1: is an ELF file, which macosx-aarch64 cannot load"
        ])
    }
  }

  @Test("packages without an interpreter are read and not run")
  func external() async throws {
    try await withMaker { maker in
      let layers = [try await maker.layer("wheel a 1", kind: "wheel", [Self.library: Self.elf()])]
      let report = try await verify(maker, layers)
      #expect(!report.didRun)
      #expect(report.succeeded)
    }
  }

  @Test("a layer is inspected once, and again when the record of it is damaged")
  func inspectionIsKept() async throws {
    try await withMaker { maker in
      let layers = [try await maker.layer("wheel a 1", kind: "wheel", [Self.library: Self.elf()])]
      let first = try await verify(maker, layers)
      let hex = layers[0].layer.digest.hex
      let record = cache(of: maker.directory).appending(
        "inspections/\(Inspector.format)/sha256/\(hex.prefix(2))/\(hex).json")
      try writeAtomically(Array("[]".utf8), to: record)
      #expect(try await verify(maker, layers).checks.isEmpty)
      try writeAtomically(Array("[{".utf8), to: record)
      #expect(try await verify(maker, layers) == first)
    }
  }

  @Test("a bundle whose layers are gone from the store is read itself")
  func withoutLayers() async throws {
    try await withMaker { maker in
      let bad = Self.elf { $0.versions = ["GLIBC_2.99"] }
      let layers = [try await maker.layer("wheel a 1", kind: "wheel", [Self.library: bad])]
      let bundle = try await maker.bundle(layers)
      let whole = try await verify(maker, layers)
      try removeTree(maker.store.path(of: layers[0].layer.digest))
      let report = try await verify(maker, layers, bundle: bundle)
      #expect(report.failures.map(\.outcome) == whole.failures.map(\.outcome))
      #expect(report.failures.count == 1)
    }
  }

  @Test("a large native file is read through a temporary file, which goes")
  func largeFile() async throws {
    try await withMaker { maker in
      let size = Int(ArchiveInspection.largestInMemory) + 1
      let bytes = Self.elf { $0.versions = ["GLIBC_2.99"] }
      let padded = bytes + [UInt8](repeating: 0, count: size - bytes.count)
      let text = [UInt8](repeating: 65, count: size)
      let layers = [
        try await maker.layer("wheel a 1", kind: "wheel", [Self.library: padded, "lib/text": text])
      ]
      #expect(try await verify(maker, layers).failures.count == 1)
      #expect(try listDirectory(maker.directory.appending("scratch")).isEmpty)
    }
  }

  @Test("wheels in a wheelhouse are looked into, and find their libraries in each other")
  func wheelhouse() async throws {
    try await withMaker { maker in
      let needing = Self.elf { $0.needed = ["libb.so", "libnowhere.so"] }
      let layers = [
        try await maker.layer("a", kind: "wheel", ["packages/a.whl": ZipMaker.zip([("a/x.so", needing)])]),
        try await maker.layer(
          "b", kind: "wheel", ["packages/b.whl": ZipMaker.zip([("b/libb.so", Self.elf())])]),
      ]
      let bundle = try await maker.bundle(layers)
      for report in [
        try await verify(maker, layers, bundle: bundle), try await verify(maker, [], bundle: bundle),
      ] {
        #expect(report.failures.map(\.subject) == ["packages/a.whl/a/x.so"])
        #expect(report.failures.map(\.details) == [["libnowhere.so"]])
        #expect(report.checks.count == 2)
      }
      #expect(try listDirectory(maker.directory.appending("scratch")).isEmpty)
    }
  }

  @Test("a wheelhouse's wheel that is no zip is a failure of the bundle")
  func brokenWheel() async throws {
    try await withMaker { maker in
      let layers = [try await maker.layer("a", kind: "wheel", ["packages/a.whl": Array("no zip".utf8)])]
      #expect(try await verify(maker, layers).failures.map(\.subject) == ["bundle"])
    }
  }

  @Test("a truncated bundle is a failure of the bundle")
  func truncated() async throws {
    try await withMaker { maker in
      let bundle = try await maker.bundle([
        try await maker.layer("wheel a 1", kind: "wheel", [Self.library: Self.elf()])
      ])
      try writeAtomically(try readFile(bundle).prefix(100), to: bundle)
      let report = try await verify(maker, [], bundle: bundle)
      #expect(report.failures.map(\.subject) == ["bundle"])
    }
  }

  @Test("native files that are cut, or lie, are failures that name them", arguments: [40, 70, 300])
  func hostileFile(size: Int) async throws {
    try await withMaker { maker in
      let layers = [
        try await maker.layer("wheel a 1", kind: "wheel", [Self.library: Array(Self.elf().prefix(size))])
      ]
      let report = try await verify(maker, layers)
      #expect(report.failures.map(\.subject) == [Self.library])
    }
  }

  @Test("a verification that is cancelled ends its programs and removes what it unpacked")
  func cancelled() async throws {
    try await withMaker { maker in
      let interpreter = BundleMaker.interpreter(imports: "sleep 600")
      let layers = [try await maker.layer("runtime", kind: "runtime", ["bin/python3": interpreter])]
      let bundle = try await maker.bundle(layers)
      let (starts, start) = AsyncStream<Void>.makeStream()
      let running = Task {
        try await verify(maker, layers, bundle: bundle, events: { _ in start.yield() })
      }
      for await _ in starts { break }
      running.cancel()
      await #expect(throws: CancellationError.self) { try await running.value }
      let scratch = maker.directory.appending("scratch")
      #expect(try (try? listDirectory(scratch)) == nil || listDirectory(scratch).isEmpty)
    }
  }

  @Test("a bundle that is not there is an error")
  func missing() async throws {
    try await withMaker { maker in
      await #expect(throws: (any Error).self) {
        try await verify(maker, [], bundle: maker.directory.appending("none.tar.zst"))
      }
    }
  }

  private static func elf(_ change: (inout ELFMaker) -> Void = { _ in }) -> [UInt8] {
    var maker = ELFMaker { $0.machine = machine }
    change(&maker)
    return maker.make()
  }

  private func withMaker(_ body: (BundleMaker) async throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp") { try await body(BundleMaker(in: $0)) }
  }

  private func verify(
    _ maker: BundleMaker, _ layers: [BundleLayer], platform: Platform = host, bundle: FilePath? = nil,
    allowances: [Allowance] = [], events: @escaping EventSink = { _ in }
  ) async throws -> VerificationReport {
    let place: FilePath = if let bundle { bundle } else { try await maker.bundle(layers) }
    let verifier = Verifier(
      store: maker.store, cache: cache(of: maker.directory), scratch: maker.directory.appending("scratch"),
      settings: Verifier.Settings(width: 2), events: events)
    let subject = VerificationSubject(
      cell: CellID(runenv: "python-3.13.5", platform: platform), python: PythonVersion(3, 13, 5),
      floor: PlatformFloor.standard(for: platform), bundle: place, layers: layers,
      distributions: [DistributionImports(name: "a", version: "1", imports: ["a"])], allowances: allowances)
    return try await verifier.verify(subject)
  }
}
