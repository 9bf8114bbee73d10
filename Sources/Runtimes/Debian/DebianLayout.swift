import Artifacts
import Layers
import Model
import SystemPackage

/// Unpacks Debian packages straight into the layout of a prefix of its own.
///
/// Shared libraries go to a pool beside the prefix, from which those are taken that are needed.
struct DebianLayout: Sendable {
  let tree: RuntimeTree
  /// A directory of libraries by the names that they are asked for by.
  let pool: RuntimeTree
  let architecture: DebianArchitecture
  let scheme: RuntimeScheme

  private var series: String { "python\(scheme.python.minorVersion)" }

  /// Where a package's file belongs; nil for what is not wanted.
  enum Place: Hashable {
    case prefix(String)
    case library(String)
  }

  /// Unpacks a package; it blocks.
  func add(_ package: StoredArtifact, _ cancellation: Cancellation) throws {
    let reader = try ArchiveReader(package)
    while let entry = try reader.next() {
      try cancellation.check()
      guard let path = try entry.relativePath(), let place = place(of: path) else { continue }
      switch (place, entry.kind) {
      case (.prefix(let place), .file):
        try tree.write(place, reader.readAll(limit: 256 << 20), executable: entry.isExecutable)
      case (.library(let name), .file):
        try pool.write(name, reader.readAll(limit: 256 << 20), executable: true)
      case (.library(let name), .symlink(let target)):
        try pool.link(name, to: String(target.split(separator: "/").last ?? ""))
      case (.prefix(let place), .symlink(let target))
      where !target.hasPrefix("/") && !target.split(separator: "/").contains(".."):
        try tree.link(place, to: target)
      default: break
      }
    }
  }

  /// Makes what no package has: the usual names of the program, and the empty `site-packages`.
  func finish() throws {
    try tree.link("bin/python3", to: series)
    try tree.link("bin/python", to: series)
    try makeDirectory(tree.path(scheme.sitePackages))
  }

  func place(of path: String) -> Place? {
    for root in ["usr/lib/\(architecture.triplet)/", "lib/\(architecture.triplet)/"] {
      guard let name = path.tail(after: root) else { continue }
      if name.hasPrefix("pkgconfig/python-3") { return .prefix("lib/\(name)") }
      return name.contains("/") || !name.contains(".so") ? nil : .library(name)
    }
    if path == "usr/bin/\(series)" { return .prefix("bin/\(series)") }
    if let name = path.tail(after: "usr/lib/\(series)/") { return standardLibraryPlace(of: name) }
    if path == "usr/include/\(architecture.triplet)/\(series)/pyconfig.h" {
      return .prefix("include/\(series)/pyconfig.h")
    }
    if let name = path.tail(after: "usr/include/\(series)/") {
      // Debian's own only chooses between the architectures' files.
      return name == "pyconfig.h" ? nil : .prefix("include/\(series)/\(name)")
    }
    if let name = path.tail(after: "usr/share/python-wheels/") {
      return .prefix("\(scheme.standardLibrary)/ensurepip/_bundled/\(name)")
    }
    if let name = path.tail(after: "usr/share/doc/"), name.hasSuffix("/copyright") {
      return .prefix("share/doc/\(name)")
    }
    return nil
  }

  /// Leaves out what Debian adds for itself, and what the static library is made of.
  private func standardLibraryPlace(of name: String) -> Place? {
    let dropped = ["sitecustomize.py", "EXTERNALLY-MANAGED", "_distutils_system_mod.py"]
    if dropped.contains(name) { return nil }
    if name.hasPrefix("config-"), name.contains("/libpython") { return nil }
    if name.hasPrefix("lib-dynload/nis.") { return nil }
    return .prefix("\(scheme.standardLibrary)/\(name)")
  }
}

extension String {
  /// What follows a prefix, or nil.
  func tail(after prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
