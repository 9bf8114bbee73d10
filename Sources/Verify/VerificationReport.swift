package import Model

/// What was checked of one environment, and how it turned out.
package struct VerificationReport: Hashable, Sendable, Codable {
  package let cell: CellID
  /// Whether its interpreter was run; otherwise its files were only read.
  package let didRun: Bool
  /// Sorted: the interpreter, the standard library, imports, native files; each by name.
  package let checks: [Check]
  /// Patterns of allowances that met no failure, in their order.
  package let unusedAllowances: [String]

  init(cell: CellID, didRun: Bool, checks: [Check], allowances: [Allowance]) {
    let (checks, unused) = allowances.applied(to: checks)
    self.cell = cell
    self.didRun = didRun
    self.checks = checks
    // An import can't fail, so neither can it use its allowance, where nothing is imported.
    unusedAllowances = didRun ? unused : []
  }
}

extension VerificationReport {
  /// Whether nothing failed but what may.
  package var succeeded: Bool { failures.isEmpty }

  package var failures: [Check] {
    checks.filter { if case .failed = $0.outcome { true } else { false } }
  }

  package var allowed: [Check] {
    checks.filter { if case .allowed = $0.outcome { true } else { false } }
  }

  package var warnings: [Check] {
    checks.filter { if case .warned = $0.outcome { true } else { false } }
  }

  /// `412 native files, 31 imports, 2 allowed`.
  package var summary: String {
    func count(_ number: Int, _ one: String, _ many: String) -> String? {
      number == 0 ? nil : "\(number) \(number == 1 ? one : many)"
    }
    let files = Set(checks.filter { $0.kind == .nativeFile }.map(\.subject)).count
    let imports = checks.count { $0.kind == .import || $0.kind == .standardLibrary }
    let parts = [
      count(files, "native file", "native files"), count(imports, "import", "imports"),
      count(allowed.count, "allowed", "allowed"), count(failures.count, "failed", "failed"),
    ].compactMap(\.self)
    return parts.isEmpty ? "nothing to check" : parts.joined(separator: ", ")
  }

  /// Every failure and unused allowance, and a distribution's warnings together, as lines for people, each naming
  /// the cell.
  package var diagnostics: [Diagnostic] {
    let failed = checks.compactMap { check -> Diagnostic? in
      guard case .failed(let message) = check.outcome else { return nil }
      return Diagnostic(.error, "\(cell): \(check.title): \(message)", hint: check.hint)
    }
    let unused = unusedAllowances.map {
      Diagnostic(
        .warning, "\(cell): the allowance '\($0)' met no failure",
        hint: "remove it from verify.allow if it is no longer needed")
    }
    return failed + groupedWarnings + unused
  }
}

extension VerificationReport {
  /// A line for each distribution with warnings: files for other platforms come in dozens.
  private var groupedWarnings: [Diagnostic] {
    var owners: [String?] = []
    for owner in warnings.map(\.distribution) where !owners.contains(owner) { owners.append(owner) }
    return owners.compactMap { owner in
      let own = warnings.filter { $0.distribution == owner }
      guard let first = own.first, case .warned(let message) = first.outcome else { return nil }
      let more = own.count == 1 ? "" : " (and \(own.count - 1) more like it)"
      return Diagnostic(.warning, "\(cell): \(first.title): \(message)\(more)")
    }
  }
}

extension Check {
  /// What was checked, as a message begins: `import 'numpy' of numpy 2.2.6`.
  package var title: String {
    let owner = distribution.map { " of \($0)" } ?? ""
    return switch kind {
    case .interpreter: subject
    case .standardLibrary: "import '\(subject)' of the standard library"
    case .import: "import '\(subject)'\(owner)"
    case .nativeFile: "'\(subject)'\(owner)"
    }
  }

  fileprivate var hint: String? {
    switch kind {
    case .interpreter, .standardLibrary: nil
    case .import, .nativeFile:
      "if this is known and harmless, add it to verify.allow with a reason: '\(details.first ?? subject)'"
    }
  }
}
