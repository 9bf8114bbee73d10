package import Model

/// Another module that a module comes with.
package struct ModuleNeed: Sendable, Hashable {
  package let name: ModuleName
  /// Version specifiers (PEP 440) without spaces; empty when any version will do.
  package let specifiers: String
  package let position: SourcePosition

  /// The name and the specifiers of `etl>=1.0`.
  static func parts(of text: String) throws(ParseError) -> (name: ModuleName, specifiers: String) {
    let word = text.prefix { !"=!<>~ (".contains($0) }
    let name = try ModuleName(parsing: String(word))
    let rest = text.dropFirst(word.count)
    guard !rest.allSatisfy(\.isWhitespace) else { return (name, "") }
    let requirement: Requirement
    do throws(ParseError) { requirement = try Requirement(parsing: text) } catch {
      throw ParseError(
        expected: "needed module", text: text, hint: "write NAME or NAME>=1.0, as in etl>=1.0,<2")
    }
    return (name, requirement.specifiers)
  }
}

extension ModuleNeed: CustomStringConvertible {
  package var description: String { name.description + specifiers }
}
