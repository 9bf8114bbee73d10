import Binaries
import Model
package import SystemPackage

/// Where this machine's shared libraries are.
package struct HostLibraries: Sendable {
  private let directories: [FilePath]

  package init(_ directories: [FilePath]) { self.directories = directories }

  /// The places that ld.so(8) looks in on Debian and Fedora alike.
  package static let standard = HostLibraries(
    [
      "/usr/local/lib", "/usr/local/lib64", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu",
      "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib",
    ])

  /// No libraries: what is built for another machine can't use this one's.
  package static let none = HostLibraries([])

  /// The library that a file for `machine` asks for by `name`, looked for in its own absolute run paths first.
  func find(_ name: String, machine: Machine, runPaths: [String]) -> FilePath? {
    guard !name.contains("/") else { return nil }
    let own = directories.isEmpty ? [] : runPaths.filter { $0.hasPrefix("/") }.map { FilePath($0) }
    for directory in own + directories {
      let path = directory.appending(name)
      // What can't be read is passed over, as the loader does.
      if let file = try? NativeFile.inspect(path), case .elf(let library) = file, library.machine == machine {
        return path
      }
    }
    return nil
  }
}
