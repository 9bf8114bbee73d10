/// A machine in a [netrc file](https://everything.curl.dev/usingcurl/netrc.html).
struct NetrcEntry: Sendable {
  /// Nil for the `default` entry.
  let machine: String?
  let credential: Credential

  /// Reads all entries in the order of the file; macros and unknown words are passed over.
  static func parse(_ text: String) -> [NetrcEntry] {
    var entries: [NetrcEntry] = []
    var open: (machine: String?, user: String, password: String)?
    func close() {
      guard let entry = open else { return }
      entries.append(
        NetrcEntry(machine: entry.machine, credential: Credential(user: entry.user, password: entry.password))
      )
    }

    var words = words(of: text)[...]
    while let word = words.popFirst() {
      switch word {
      case "machine":
        close()
        open = words.popFirst().map { ($0.lowercased(), "", "") }
      case "default":
        close()
        open = (nil, "", "")
      case "login": open?.user = words.popFirst() ?? ""
      case "password": open?.password = words.popFirst() ?? ""
      case "account": _ = words.popFirst()
      default: break
      }
    }
    close()
    return entries
  }

  /// The words of the file: separated by white space or in double quotes, without comments and macros.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var isMacro = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if isMacro {
        isMacro = !line.allSatisfy(\.isWhitespace)
        continue
      }
      var rest = line.drop(while: \.isWhitespace)
      while let first = rest.first, first != "#" {
        let word = first == "\"" ? quoted(&rest) : plain(&rest)
        if word == "macdef", first != "\"" {
          isMacro = true
          break
        }
        words.append(word)
        rest = rest.drop(while: \.isWhitespace)
      }
    }
    return words
  }

  private static func plain(_ rest: inout Substring) -> String {
    let word = rest.prefix { !$0.isWhitespace }
    rest = rest[word.endIndex...]
    return String(word)
  }

  private static func quoted(_ rest: inout Substring) -> String {
    rest.removeFirst()
    var word = ""
    while let character = rest.popFirst(), character != "\"" {
      word.append(character == "\\" ? rest.popFirst() ?? character : character)
    }
    return word
  }

  /// A word as netrc readers take it, curl's and uv's among them.
  static func quoting(_ word: String) -> String {
    let isPlain = !word.isEmpty && !word.contains { $0.isWhitespace || $0 == "\"" || $0 == "\\" || $0 == "#" }
    if isPlain { return word }
    return "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
