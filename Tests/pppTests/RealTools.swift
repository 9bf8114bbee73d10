import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The tools that a ppp on this machine has fetched before: locking needs the real uv, and tests fetch nothing.
enum RealTools {
  /// `<cache>/tools` of the user's own cache, when uv is in it.
  static let directory: FilePath? = {
    guard let home = getenv("HOME") else { return nil }
    let tools = FilePath(String(cString: home)).appending(".cache/ppp/tools")
    // No such directory: no tools.
    let names = (try? listDirectory(tools)) ?? []
    return names.contains { $0.hasPrefix("uv-") } ? tools : nil
  }()

  static var arePresent: Bool { directory != nil }

  /// What a test that was skipped for want of them says.
  static let why = "uv is not in ~/.cache/ppp/tools: run 'ppp lock' once in any workspace"

  /// Puts the tools into another cache, as hard links where that can be, else as copies.
  static func seed(_ cache: FilePath) throws {
    guard let directory else { return }
    // A compiler's tens of thousands of headers would keep every test waiting, and none needs them.
    let tools = try listDirectory(directory).filter { !$0.hasPrefix("ziglang-") }
    for name in try tools.flatMap({ tool in try tree(directory.appending(tool)).map { "\(tool)/\($0)" } }) {
      let target = cache.appending("tools").pushing(FilePath(name))
      let source = directory.pushing(FilePath(name))
      try makeDirectory(target.removingLastComponent())
      guard link(source.string, target.string) != 0 else { continue }
      let mode: FilePermissions =
        access(source.string, X_OK) == 0 ? [.ownerReadWriteExecute] : [.ownerReadWrite]
      try writeAtomically(readFile(source), to: target, permissions: mode)
    }
  }
}
