#if canImport(Glibc)
import Glibc
#endif

/// Tests that need real registries run only when `PPP_TEST_PEERS` is set.
enum Peers {
  static let areWanted = getenv("PPP_TEST_PEERS") != nil
}
