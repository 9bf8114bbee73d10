/// A module's name: its directory, its Python project, and with `_` for `-` what is imported.
///
/// `[a-z][a-z0-9]*([-_][a-z0-9]+)*`, at most 64 characters, and neither a Python keyword, nor a module of the standard
/// library, nor a command of ppp. `demand-classes` and `demand_classes` are equal: one package (PEP 503).
package struct ModuleName: Sendable {
  private let text: String
  /// What Python code imports: `demand_classes`.
  package let importName: String
}

extension ModuleName {
  /// The Python project's name, normalised.
  package var packageName: PackageName { PackageName(normalized: importName.replacing("_", with: "-")) }
}

extension ModuleName: TextCodable {
  package static let maximumLength = 64

  package init(parsing text: String) throws(ParseError) {
    guard Self.isWellFormed(text) else {
      let lowered = text.lowercased()
      let hint =
        Self.isWellFormed(lowered)
        ? "write it in lower case: \(lowered)"
        : "names are lower-case letters and digits with '-' or '_' between, at most \(Self.maximumLength) "
          + "characters, a letter first"
      throw ParseError(expected: "module name", text: text, hint: hint)
    }
    let importName = text.replacing("-", with: "_")
    if let reason = Self.reason(against: importName) {
      throw ParseError(expected: "name for a module", text: text, hint: "\(reason); choose another")
    }
    self.text = text
    self.importName = importName
  }

  package var description: String { text }

  private static func isWellFormed(_ text: String) -> Bool {
    guard text.utf8.count <= maximumLength, let first = text.utf8.first, (0x61...0x7A).contains(first) else {
      return false
    }
    return text.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2D || $0 == 0x5F }
      .allSatisfy { part in
        !part.isEmpty && part.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
      }
  }
}

extension ModuleName: Hashable, Comparable {
  package static func == (left: ModuleName, right: ModuleName) -> Bool { left.importName == right.importName }

  package func hash(into hasher: inout Hasher) { hasher.combine(importName) }

  package static func < (left: ModuleName, right: ModuleName) -> Bool { left.importName < right.importName }
}
