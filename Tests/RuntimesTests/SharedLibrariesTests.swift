import Binaries
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Runtimes

@Suite struct SharedLibrariesTests {
  private func withLibraries(_ body: (SharedLibraries) throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let libraries = SharedLibraries(
        tree: RuntimeTree(root: directory.appending("prefix")),
        pool: RuntimeTree(root: directory.appending("pool")))
      try libraries.tree.write(
        "lib/python3.13/lib-dynload/_ssl.so", ELFMaker { $0.needed = ["libssl.so.3", "libc.so.6"] }.make())
      try body(libraries)
    }
  }

  @Test("what is needed comes along, with what that needs, and the C library does not")
  func closure() async throws {
    try await withLibraries { libraries in
      try libraries.pool.write(
        "libssl.so.3", ELFMaker { $0.needed = ["libcrypto.so.3", "libm.so.6"] }.make())
      try libraries.pool.write("libcrypto.so.3.0.1", ELFMaker { $0.needed = ["libssl.so.3"] }.make())
      try libraries.pool.link("libcrypto.so.3", to: "libcrypto.so.3.0.1")
      try libraries.pool.write("libunused.so.1", ELFMaker().make())
      try libraries.bring(including: [])
      let found = try libraries.tree.files().sorted()
      #expect(found == ["lib/libcrypto.so.3", "lib/libssl.so.3", "lib/python3.13/lib-dynload/_ssl.so"])
      let need = try libraries.libcNeed()
      #expect(need?.version == SymbolVersion(2, 17))
    }
  }

  @Test("a library that no package has is named, with the file that needs it")
  func missing() async throws {
    try await withLibraries { libraries in
      try makeDirectory(libraries.pool.root)
      #expect(
        throws: RuntimesError.libraryMissing("libssl.so.3", neededBy: "lib/python3.13/lib-dynload/_ssl.so")
      ) {
        try libraries.bring(including: [])
      }
    }
  }
}
