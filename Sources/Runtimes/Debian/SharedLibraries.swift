import Binaries
import Model
import Processes
import SystemPackage

/// Brings along the libraries that an interpreter needs, and makes it find them beside itself.
struct SharedLibraries: Sendable {
  let tree: RuntimeTree
  /// Libraries by the names that they are asked for by.
  let pool: RuntimeTree

  /// Parts of the C library and the compilers' run-time: a system has them, or they come along as a whole.
  static let systemLibraries = [
    "libc", "libm", "libdl", "libpthread", "librt", "libutil", "libresolv", "libanl", "libmvec", "libgcc_s",
    "libstdc++", "ld-linux-x86-64", "ld-linux-aarch64",
  ]

  static func isSystemLibrary(_ name: String) -> Bool {
    systemLibraries.contains { name.hasPrefix("\($0).so") }
  }

  /// Copies what the tree's native files need, and what that needs, into `lib`; it blocks.
  func bring(including names: [String]) throws {
    var open = try nativeFiles()
    for name in names { open.append((name, try bring(name, neededBy: "the interpreter"))) }
    while let (path, file) = open.popLast() {
      for name in file.needed where !Self.isSystemLibrary(name) && !tree.exists("lib/\(name)") {
        open.append((name, try bring(name, neededBy: path)))
      }
    }
  }

  private func bring(_ name: String, neededBy file: String) throws -> ELFFile {
    guard !name.contains("/"), pool.exists(name) else {
      throw RuntimesError.libraryMissing(name, neededBy: file)
    }
    let bytes = try pool.read(name)
    guard case .elf(let library) = try NativeFile.inspect(bytes: bytes) else {
      throw RuntimesError.libraryMissing(name, neededBy: file)
    }
    try tree.write("lib/\(name)", bytes, executable: true)
    return library
  }

  /// Makes every native file look for its libraries in `lib`, wherever the tree is.
  ///
  /// - Throws: `ProcessError.failed` with what patchelf says, and what getting it throws.
  func relocate(patchelf: () async throws -> FilePath) async throws {
    var groups: [String: [String]] = [:]
    for (path, file) in try nativeFiles() where file.kind != .relocatable {
      let depth = path.split(separator: "/").count - 1
      let inside = path.hasPrefix("lib/")
      let ups = [String](repeating: "..", count: inside ? depth - 1 : depth) + (inside ? [] : ["lib"])
      groups[(["$ORIGIN"] + ups).joined(separator: "/"), default: []].append(path)
    }
    guard !groups.isEmpty else { return }
    let patchelf = try await patchelf()
    for (runPath, paths) in groups.sorted(by: { $0.key < $1.key }) {
      let files = paths.map { tree.path($0).string }
      _ = try await run(checked: Command(patchelf, ["--set-rpath", runPath] + files, timeout: .seconds(300)))
    }
  }

  /// The tree's ELF files; it blocks.
  func nativeFiles() throws -> [(path: String, file: ELFFile)] {
    try tree.files().compactMap { path in
      guard case .elf(let file) = try NativeFile.inspect(tree.path(path)) else { return nil }
      return (path, file)
    }
  }

  /// The newest C library that a file asks for, and that file; nil when none asks.
  func libcNeed() throws -> (file: String, version: SymbolVersion)? {
    var highest: (file: String, version: SymbolVersion)?
    for (path, file) in try nativeFiles() {
      guard let version = file.highestVersion("GLIBC") else { continue }
      if version > highest?.version ?? SymbolVersion() { highest = (path, version) }
    }
    return highest
  }
}
