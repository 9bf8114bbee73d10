import Model
import SystemPackage

extension WheelTree {
  /// Has the bills of materials that came with the wheel (PEP 770) say `/build` for the directory that it was built in.
  ///
  /// That is another one for each build, and nobody else's business.
  func hidePlace(_ directory: FilePath) throws {
    for name in try files() where name.contains(".dist-info/sboms/") {
      let text = String(decoding: try readFile(path(name)), as: UTF8.self)
      let changed = text.replacing(directory.string, with: "/build")
      if changed != text { try writeAtomically(Array(changed.utf8), to: path(name)) }
    }
  }
}
