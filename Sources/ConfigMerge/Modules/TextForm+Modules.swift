import Model
import SystemPackage

extension TextForm {
  /// As `check`, for what only modules have.
  func checkOfModule(_ text: String) throws(ParseError) {
    switch self {
    case .specifiers:
      let hint = "write version specifiers, as in >=3.11 or >=3.11,<3.14"
      try require("=!<>~".contains(text.first ?? " "), "version specifier", text, hint)
      do throws(ParseError) { _ = try Requirement.specifiers(pinning: text) } catch {
        throw ParseError(expected: "version specifier", text: text, hint: hint)
      }
    case .moduleName: _ = try ModuleName(parsing: text)
    case .moduleNeed: _ = try ModuleNeed.parts(of: text)
    case .moduleSource: _ = try ModuleSource(parsing: text, relativeTo: "/")
    case .modulePath:
      try checkPath(text, expected: "path in the module")
      if text.isPattern { _ = try Glob(parsing: text, matching: .path) }
    case .moduleTarget: try checkTarget(text)
    case .optionName: try checkOptionName(text)
    case .entryPoint:
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      let isSound = parts.count == 2 && parts.allSatisfy { $0.isDottedIdentifier }
      try require(isSound, "Python entry point", text, "write package.module:function")
    default: break
    }
  }

  private func checkPath(_ text: String, expected: String) throws(ParseError) {
    if let hint = text.problemAsInnerPath(leaving: "the module") {
      throw ParseError(expected: expected, text: text, hint: hint)
    }
    let hasParent = text.split(separator: "/").contains("..")
    try require(!hasParent, expected, text, "write the path without '..'")
    let hasControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    try require(!hasControl, expected, text, "it has a control character in it")
  }

  private func checkTarget(_ text: String) throws(ParseError) {
    try checkPath(text, expected: "target path")
    if let hint = ModuleFile.problem(ofTarget: text) {
      throw ParseError(expected: "target path", text: text, hint: hint)
    }
  }

  private func checkOptionName(_ text: String) throws(ParseError) {
    try require(
      text.isIdentifier, "name for an option", text,
      "it is a Python identifier: letters, digits and '_', no digit first")
    try require(
      !ModuleOption.reservedNames.contains(text), "name for an option", text,
      "templates have '\(text)' already; choose another")
    try require(
      !ModuleOption.templateWords.contains(text.lowercased()), "name for an option", text,
      "it is a word of the template language; choose another")
  }
}

extension StringProtocol {
  /// Whether it is an ASCII identifier of Python's.
  var isIdentifier: Bool {
    guard let first = utf8.first, !(0x30...0x39).contains(first) else { return false }
    return utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
    }
  }

  fileprivate var isDottedIdentifier: Bool {
    split(separator: ".", omittingEmptySubsequences: false).allSatisfy { $0.isIdentifier }
  }

  /// Whether it has a character in it that only patterns have.
  var isPattern: Bool { contains { "*?[{".contains($0) } }
}
