import Model
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("Directories") struct DirectoryTests {
  @Test("a tree goes with names that are not UTF-8, links, and folders that can't be written")
  func removing() async throws {
    try await withTemporaryDirectory(in: "/tmp") { root in
      let tree = root.appending("tree")
      try makeDirectory(tree.appending("locked"))
      try writeAtomically([], to: tree.appending("locked").appending("file"))
      let name: [CChar] = "\(tree)/locked/f".utf8.map { CChar(bitPattern: $0) } + [-1, 0]
      #expect(close(creat(name, 0o600)) == 0)
      #expect(symlink("/etc", tree.appending("link").string) == 0)
      #expect(chmod(tree.appending("locked").string, 0o500) == 0)
      #expect(try listDirectory(tree.appending("locked")) == ["file", "f\u{FFFD}"])
      try removeTree(tree)
      #expect(try listDirectory(root) == [])
      try removeTree(tree)
    }
  }
}
