import Model

/// An `--option` of the command line: `key=value`, or `module.key=value`.
struct OptionAssignment: Hashable {
  /// The module that it is for; nil for all that have the option.
  let module: String?
  let key: String
  let value: String

  init(parsing text: String) throws(ParseError) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw ParseError(
        expected: "module option", text: text, hint: "write it as KEY=VALUE, as in type=loglog")
    }
    let name = text[..<equals]
    value = String(text[text.index(after: equals)...])
    guard let dot = name.lastIndex(of: ".") else {
      (module, key) = (nil, String(name))
      return
    }
    module = String(name[..<dot])
    key = String(name[name.index(after: dot)...])
  }

  /// What it is called on the command line: `type`, `elasticity.type`.
  var name: String { module.map { "\($0).\(key)" } ?? key }
}
