/// Version specifiers (PEP 440) without spaces, joined by commas; nil when they are not well-formed.
///
/// `.*` stands only behind `==` and `!=`, a local part not behind `<`, `>` and their kin, and `~=` needs two numbers.
func normalizedSpecifiers(_ text: String) -> String? {
  guard !text.trimmingSpaces.isEmpty else { return "" }
  var clauses: [String] = []
  for part in text.split(separator: ",", omittingEmptySubsequences: false) {
    let clause = part.trimmingSpaces
    // A comma at the end is allowed, one in the middle is not.
    if clause.isEmpty, part.endIndex == text.endIndex, !clauses.isEmpty { continue }
    guard let clause = normalizedClause(clause) else { return nil }
    clauses.append(clause)
  }
  return clauses.joined(separator: ",")
}

private func normalizedClause(_ clause: String) -> String? {
  let mark = clause.prefix { "=!<>~".contains($0) }
  let version = clause.dropFirst(mark.count).trimmingSpaces
  guard !version.isEmpty, !version.utf8.contains(where: \.isSpace) else { return nil }
  switch mark {
  case "===": return "===" + version
  case "==", "!=":
    let number = version.hasSuffix(".*") ? String(version.dropLast(2)) : version
    guard let parsed = parsedVersion(number) else { return nil }
    if version.hasSuffix(".*"), parsed.isPrerelease && parsed.dev != nil || parsed.local != nil { return nil }
  case "<", "<=", ">", ">=":
    guard let parsed = parsedVersion(version), parsed.local == nil else { return nil }
  case "~=":
    guard let parsed = parsedVersion(version), parsed.release.count > 1, parsed.local == nil else {
      return nil
    }
  default: return nil
  }
  return mark + version
}

private func parsedVersion(_ text: String) -> PackageVersion? {
  do throws(ParseError) { return try PackageVersion(parsing: text) } catch { return nil }
}
