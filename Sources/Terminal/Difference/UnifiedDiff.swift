/// What sets two texts apart, line by line, in the unified format of diff(1).
///
/// ```
/// --- a/src/model.py
/// +++ b/src/model.py
/// @@ -1,3 +1,3 @@
///  import numpy
/// -x = 1
/// +x = 2
///  print(x)
/// ```
package struct UnifiedDiff: Sendable {
  /// Where the diff goes, which decides how control characters of the texts are written.
  package enum Destination: Sendable {
    /// A file or program: to the byte, so that patch(1) can apply it.
    case file
    /// A terminal: characters that could move its cursor are shown, not obeyed.
    case terminal(colored: Bool)
  }

  private let oldName: String
  private let newName: String
  private let isBinary: Bool
  private let hunks: [Hunk]

  /// Compares two texts; nil stands for a file that is not there.
  ///
  /// Bytes that are not UTF-8, or have a NUL among them, are no text: it is only said that they differ.
  /// `context` is how many equal lines stand around a difference.
  package init(
    from old: [UInt8]?, _ oldName: String, to new: [UInt8]?, _ newName: String, context: Int = 3
  ) {
    self.oldName = old == nil ? "/dev/null" : oldName
    self.newName = new == nil ? "/dev/null" : newName
    let (before, after) = (old ?? [], new ?? [])
    isBinary = before != after && !(Self.isText(before) && Self.isText(after))
    hunks =
      isBinary || before == after
      ? []
      : Hunk.hunks(
        of: LineEdit.edits(from: TextLine.lines(of: before), to: TextLine.lines(of: after)), context: context)
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  /// Whether the texts are the same.
  package var isEmpty: Bool { hunks.isEmpty && !isBinary }

  /// How many lines were added and removed.
  package var counts: (added: Int, removed: Int) {
    hunks.flatMap(\.edits).reduce(into: (0, 0)) { counts, edit in
      switch edit {
      case .added: counts.0 += 1
      case .removed: counts.1 += 1
      case .kept: break
      }
    }
  }

  /// The diff's lines, each ending with a line feed; empty when the texts are the same.
  package func rendered(for destination: Destination) -> String {
    if isBinary { return "Binary files \(oldName.printable) and \(newName.printable) differ\n" }
    guard !isEmpty else { return "" }
    let colored = if case .terminal(true) = destination { true } else { false }
    var lines = ["--- \(oldName.printable)", "+++ \(newName.printable)"].map {
      Style.bold.apply(to: $0, colored: colored)
    }
    for hunk in hunks {
      lines.append(Style.accent.apply(to: hunk.header, colored: colored))
      for edit in hunk.edits { lines += self.lines(of: edit, destination) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(of edit: LineEdit, _ destination: Destination) -> [String] {
    let (mark, style, line): (String, Style, TextLine) =
      switch edit {
      case .kept(let line): (" ", .plain, line)
      case .removed(let line): ("-", .removed, line)
      case .added(let line): ("+", .success, line)
      }
    let text =
      switch destination {
      case .file: mark + line.text
      case .terminal(let colored): style.apply(to: mark + line.text.printable, colored: colored)
      }
    return line.isEnded ? [text] : [text, "\\ No newline at end of file"]
  }
}
