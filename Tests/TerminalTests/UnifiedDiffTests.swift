import Glibc
import Model
import SystemPackage
import Terminal
import Testing

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String?, _ new: String?) -> UnifiedDiff {
    UnifiedDiff(from: old.map { Array($0.utf8) }, "a/x", to: new.map { Array($0.utf8) }, "b/x")
  }

  @Test func `a changed line stands between three lines of context`() {
    let old = (1...9).map { "line \($0)\n" }.joined()
    let changed = diff(old, old.replacing("line 5", with: "LINE 5"))
    #expect(
      changed.rendered(for: .file) == """
        --- a/x
        +++ b/x
        @@ -2,7 +2,7 @@
         line 2
         line 3
         line 4
        -line 5
        +LINE 5
         line 6
         line 7
         line 8

        """)
    #expect(changed.counts == (1, 1))
  }

  @Test func `texts that are the same have no diff`() {
    #expect(diff("a\n", "a\n").isEmpty)
    #expect(diff("a\n", "a\n").rendered(for: .file) == "")
    #expect(diff("", "").isEmpty)
  }

  @Test func `a file that is not there is called /dev/null`() {
    #expect(diff(nil, "a\n").rendered(for: .file) == "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n")
    #expect(diff("a\n", nil).rendered(for: .file) == "--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n")
  }

  @Test func `a missing line feed at the end is a difference`() {
    let text = diff("a", "a\n").rendered(for: .file)
    #expect(text.hasSuffix("-a\n\\ No newline at end of file\n+a\n"))
  }

  @Test func `bytes that Unicode calls equal differ`() {
    #expect(!diff("caf\u{e9}\n", "cafe\u{301}\n").isEmpty)
    #expect(diff("a\r\n", "a\n").counts == (1, 1))
  }

  @Test(arguments: [[0x61, 0x00], [0xff, 0xfe]] as [[UInt8]])
  func `of bytes that are no text it is only said that they differ`(bytes: [UInt8]) {
    let text = UnifiedDiff(from: bytes, "a/x", to: Array("text".utf8), "b/x").rendered(for: .file)
    #expect(text == "Binary files a/x and b/x differ\n")
  }

  @Test func `on a terminal control characters are shown, and colours end with their line`() {
    let text = diff("a\n", "\u{1b}[2J\n").rendered(for: .terminal(colored: true))
    #expect(!text.contains("\u{1b}[2J"))
    #expect(text.contains("\u{1b}[31m-a\u{1b}[0m\n"))
    #expect(text.contains("\u{1b}[32m+"))
    #expect(!diff("a\n", "b\n").rendered(for: .terminal(colored: false)).contains("\u{1b}"))
  }

  @Test func `texts that differ in thousands of lines are replaced, and that is a diff too`() async throws {
    let (old, new) = (
      (1...5_000).map { "old \($0)\n" }.joined(), (1...5_000).map { "new \($0)\n" }.joined()
    )
    try await checkPatch(from: "same\n" + old, to: "same\n" + new)
  }

  /// Edits at the beginning, the end and in the middle, of texts with and without a line feed at the end.
  @Test(arguments: [
    ("", "a\n"), ("a\n", ""), ("a\nb\nc", "a\nc"), ("a", "b\n"), ("\n\n\n", "\n\n"),
    ("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n", "0\na\nb\nc\nd\ne\nf\ng\nh\ni\nJ"),
    ("a\nb\na\nb\na\n", "b\na\nb\n"), ("x\r\ny\r\n", "x\r\nz\r\n"),
  ])
  func `patch makes the new text of the old`(old: String, new: String) async throws {
    try await checkPatch(from: old, to: new)
  }

  /// Holds a diff to what patch(1) makes of it; nothing is checked where there is none.
  private func checkPatch(from old: String, to new: String) async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let paths = (directory.appending("x"), directory.appending("x.patch"))
      try writeAtomically(old.utf8, to: paths.0)
      try writeAtomically(diff(old, new).rendered(for: .file).utf8, to: paths.1)
      // system(3) says 127 where there is no such program.
      let status = try await blocking { _ in
        system("cd '\(directory)' && patch --binary --quiet -p1 < x.patch") >> 8
      }
      guard status != 127 else { return }
      #expect(status == 0)
      let made = FileStatus(of: paths.0) == nil ? [] : try readFile(paths.0)
      #expect(String(decoding: made, as: UTF8.self).utf8.elementsEqual(new.utf8))
    }
  }
}
