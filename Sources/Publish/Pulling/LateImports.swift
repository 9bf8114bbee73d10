import Model
import SystemPackage

/// Two files that a tree gets besides its layers, by which a Python keeps to the tree that it was started from.
///
/// Started as `current/bin/python3` it takes the link for its prefix, and what it imports late would be that of whatever tree
/// is current by then. The files replace the link in its paths by what it leads to, before a program's first line. In a
/// virtual environment on top of the tree they are not read, nor with `python -S`.
enum LateImports {
  /// Behind all others in the order in which Python reads them, so that paths that those add are replaced too.
  private static let startName = "~ppp-tree.pth"
  private static let moduleName = "_ppp_tree"

  private static let module = """
    # Keeps a program to the tree that it was started from, after 'current' has moved on. Written by ppp pull.
    import os
    import sys


    def _keep():
        link = tree = sys.base_prefix
        while os.path.islink(tree):
            tree = os.path.join(os.path.dirname(tree), os.readlink(tree))

        def kept(path):
            if isinstance(path, str) and (path == link or path.startswith(link + os.sep)):
                return tree + path[len(link):]
            return path

        if tree == link:
            return
        for name in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix", "executable", "_stdlib_dir"):
            if hasattr(sys, name):
                setattr(sys, name, kept(getattr(sys, name)))
        lists = [getattr(module, "__path__", None) for module in list(sys.modules.values())]
        for paths in lists + [sys.path, getattr(sys.modules.get("site"), "PREFIXES", None)]:
            if isinstance(paths, list):
                paths[:] = map(kept, paths)


    _keep()

    """

  /// Writes them into each `site-packages` of a tree that brings a Python; other trees stay as they are.
  static func keep(in tree: FilePath) throws {
    let library = tree.appending("lib")
    guard FileStatus(of: tree.appending("bin").appending("python3")) != nil,
      FileStatus(of: library)?.kind == .directory
    else { return }
    for name in try listDirectory(library) where name.hasPrefix("python3") {
      let site = library.appending(name).appending("site-packages")
      guard FileStatus(of: site)?.kind == .directory else { continue }
      try write(module, to: site.appending("\(moduleName).py"))
      try write("import \(moduleName)\n", to: site.appending(startName))
    }
  }

  /// Not synced, as nothing in a tree is; a file that an earlier tree shares is not written through.
  private static func write(_ text: String, to path: FilePath) throws {
    try removeTree(path)
    do {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter { _ = try file.writeAll(text.utf8) }
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }
}
