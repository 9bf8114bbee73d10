import Model

/// What a text in a configuration file must be.
enum TextForm: Sendable {
  case any
  case word
  case url
  case requirement
  case override
  case packageName
  case packageNameOrAll
  case platform
  case platformOrAll
  case reason
  case setting
  case variable
  case systemRequirement
  case source
  case sourcePlace
  case destination
  case pattern
  case floor
  case digest
  case date
  case day
  case licence
  case licencePattern
  case version
  case specifiers
  case moduleName
  case moduleNeed
  case moduleSource
  case modulePath
  case moduleTarget
  case optionName
  case entryPoint
}

extension TextForm {
  /// Refuses a text that is not of the form, as the value's own parser does where it has one.
  func check(_ text: String) throws(ParseError) {
    if text.utf8.contains(0) { throw ParseError(expected: "text without NUL", text: text) }
    switch self {
    case .any: break
    case .word:
      try require(!text.isBlank, "name", text, "it is empty; leave the key out instead")
    case .url: try require(text.isURL, "URL", text, "it starts with https://, http:// or file://")
    case .requirement: _ = try Requirement(parsing: text)
    case .override:
      if !text.isBlank { _ = try Requirement.specifiers(pinning: text) }
    case .packageName: _ = try PackageName(parsing: text)
    case .packageNameOrAll:
      if text != "*" { _ = try PackageName(parsing: text) }
    case .platform: _ = try Platform(parsing: text)
    case .platformOrAll: _ = try PlatformKey(parsing: text)
    case .reason: try require(!text.isBlank, "reason", text, "say why, for the people who read the plan")
    case .setting:
      let key = text.prefix { $0 != "=" }
      try require(!key.isEmpty && key.count < text.count, "setting", text, "write KEY=VALUE")
    case .variable:
      let isName = text.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]*/#) != nil
      try require(isName, "environment variable", text, "it is letters, digits and '_', as in CMAKE_ARGS")
    case .systemRequirement:
      let isName = text.wholeMatch(of: #/[A-Za-z0-9_+.\/-]+/#) != nil && !text.hasPrefix("/")
      try require(
        isName, "system requirement", text,
        "name a program ('gfortran'), a header ('zlib.h') or a library ('libz.so')")
    case .source: try checkSource(text)
    case .sourcePlace:
      if let hint = text.problemAsInnerPath(leaving: "the source") {
        throw ParseError(expected: "place in the source", text: text, hint: hint)
      }
    case .destination: try checkDestination(text)
    case .pattern:
      try require(!text.isBlank, "pattern", text, "write a name or path, '*' stands for other characters")
      _ = try Glob(parsing: text)
    case .floor: _ = try PlatformFloor(parsing: text)
    case .digest: _ = try Digest(parsing: text)
    case .date:
      let isDate = text.utf8.count == 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      try require(isDate, "release", text, "it is a date, as in 20250612")
    case .licence: _ = try LicenceExpression(parsing: text)
    case .licencePattern: try checkLicencePattern(text)
    case .day: _ = try CalendarDay(parsing: text)
    case .version: _ = try PackageVersion(parsing: text)
    case .specifiers, .moduleName, .moduleNeed, .moduleSource, .modulePath, .moduleTarget, .optionName,
      .entryPoint:
      try checkOfModule(text)
    }
  }

  func require(
    _ condition: Bool, _ expected: String, _ text: String, _ hint: String
  ) throws(ParseError) {
    guard condition else { throw ParseError(expected: expected, text: text, hint: hint) }
  }

  private func checkLicencePattern(_ text: String) throws(ParseError) {
    let pattern = try Glob(parsing: text)
    guard !LicenceExpression.canMatch(pattern) else { return }
    let hint =
      LicenceExpression.nearestIdentifier(to: text).map { "did you mean '\($0)'?" }
      ?? "write identifiers of SPDX's list, as in MIT or BSD-*"
    throw ParseError(expected: "pattern of licences", text: text, hint: hint)
  }

  private func checkSource(_ text: String) throws(ParseError) {
    if let hint = text.problemAsInnerPath(leaving: "the directory of the configuration file") {
      throw ParseError(expected: "source path", text: text, hint: hint)
    }
  }

  private func checkDestination(_ text: String) throws(ParseError) {
    let hint: String?
    if text.hasPrefix("{site-packages}") {
      let rest = text.dropFirst(15)
      let isWhole = rest.isEmpty || rest.hasPrefix("/")
      hint =
        isWhole ? String("." + rest).problemAsInnerPath(leaving: "site-packages") : "write {site-packages}/…"
    } else {
      hint = text.problemAsInnerPath(leaving: "the environment")
    }
    if let hint { throw ParseError(expected: "destination path", text: text, hint: hint) }
    if let place = text.dropFirst(1).firstIndex(of: "{") ?? text.firstIndex(of: "{"),
      !text.hasPrefix("{site-packages}") || place != text.startIndex
    {
      throw ParseError(
        expected: "destination path", text: text,
        hint: "the only placeholder is {site-packages}, at the start")
    }
  }
}

extension String {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }

  /// Whether it has a scheme that can be fetched and something behind it.
  fileprivate var isURL: Bool {
    ["https://", "http://", "file://"].contains { hasPrefix($0) && utf8.count > $0.utf8.count }
      && !utf8.contains { $0 <= 0x20 || $0 == 0x7F }
  }

  /// What is wrong with it as a relative path that stays inside its base; nil when nothing is.
  func problemAsInnerPath(leaving base: String) -> String? {
    if isBlank { return "it is empty; write '.' for all of it" }
    if contains("\\") { return "separate directories with '/'" }
    if hasPrefix("/") || hasPrefix("~") || dropFirst().hasPrefix(":") { return "write a relative path" }
    var depth = 0
    for part in split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return "'..' leaves \(base)" }
    }
    return nil
  }
}
