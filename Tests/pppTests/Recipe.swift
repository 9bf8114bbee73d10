import Model
import SystemPackage
import Testing

/// A recipe of docs/recipes.md: what a reader types and saves, in order.
struct Recipe: CustomTestStringConvertible {
  let title: String

  /// The recipe as a shell script: the lines of its shell blocks, with the files that other blocks show made between.
  let script: String

  /// The commands of this program that are in it, as words without it; they are plain words.
  var additions: [[String]] {
    script.split(separator: "\n").filter { $0.hasPrefix("ppp ") }
      .map { $0.split(separator: " ").dropFirst().map(String.init) }
  }

  var testDescription: String { title }

  /// The recipes in the order of the document.
  static func all() throws -> [Recipe] {
    let text = String(
      decoding: try readFile(Readme.repository.appending("docs").appending("recipes.md")), as: UTF8.self)
    return text.split(separator: "\n## ").dropFirst().map { Recipe(section: String($0)) }
  }

  /// A block in another language than a shell's begins with its file's name: `# modules/etl/src/etl/schema.py`.
  private init(section: String) {
    let lines = section.split(separator: "\n", omittingEmptySubsequences: false)
    title = String(lines[0])
    var script: [String] = []
    var language: Substring?
    for line in lines.dropFirst() {
      if line.hasPrefix("```") {
        if let language, language != "sh" { script.append("END-OF-FILE") }
        language = language == nil ? line.dropFirst(3) : nil
      } else if language == "sh" {
        script.append(String(line))
      } else if language != nil {
        let isName = line.hasPrefix("# modules/")
        script.append(isName ? "cat > '\(line.dropFirst(2))' <<'END-OF-FILE'" : String(line))
      }
    }
    self.script = script.joined(separator: "\n") + "\n"
  }
}
