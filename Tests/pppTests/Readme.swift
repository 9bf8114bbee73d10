import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The commands that README.md tells people to type.
struct Readme {
  /// The repository that these tests are of.
  static let repository = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent()

  /// As they stand there, in order: the lines after `$ ` of console blocks, and all of shell blocks.
  let commands: [String]

  init() throws {
    let text = String(decoding: try readFile(Self.repository.appending("README.md")), as: UTF8.self)
    var commands: [String] = []
    var language: Substring?
    for line in text.split(separator: "\n") {
      if line.hasPrefix("```") {
        language = language == nil ? line.dropFirst(3) : nil
      } else if language == "console", line.hasPrefix("$ ") {
        commands.append(String(line.dropFirst(2)))
      } else if language == "sh", !line.hasPrefix("#") {
        commands.append(String(line.prefix { $0 != "#" }))
      }
    }
    self.commands = commands.map { command in
      String(
        command[..<(command.lastIndex { $0 != " " }.map { command.index(after: $0) } ?? command.startIndex)])
    }
  }

  /// The words of those commands that run this program, without it.
  func words(of program: String) throws -> [[String]] {
    try commands.map(shellWords).filter { $0.first == program }.map { Array($0.dropFirst()) }
  }

  /// The words that a shell makes of a line; the README uses plain words, quotes, and variables inside of double ones.
  private func shellWords(_ line: String) throws(ParseError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      switch character {
      case "'" where quote != "\"", "\"" where quote != "'":
        quote = quote == nil ? character : nil
        word = word ?? ""
      case " " where quote == nil:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { throw ParseError(expected: "command with closed quotes", text: line) }
    return words + [word].compactMap(\.self)
  }
}
