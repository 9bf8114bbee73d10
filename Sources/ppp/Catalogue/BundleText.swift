import Catalogue
import Model
import Terminal

/// A bundle for people.
struct BundleText {
  let text: String

  init(_ bundle: BundleRecord) {
    let parts =
      [Self.facts(bundle), Self.packages(bundle), Self.layers(bundle)]
      + [Self.modules(bundle), Self.omissions(bundle), Self.checks(bundle)].compactMap(\.self)
    text = parts.joined(separator: "\n")
  }

  private static func facts(_ bundle: BundleRecord) -> String {
    let interpreter = bundle.runtime.bundled ? "inside" : "the user's own"
    return """
      \(bundle.cell)
        file      \(bundle.file)
        digest    \(bundle.digest)
        size      \(ByteCount(bundle.size)), unpacked \(ByteCount(bundle.unpackedSize)) in \(bundle.fileCount) files
        python    \(bundle.python), \(bundle.runtime.provider), interpreter \(interpreter)
        floor     \(bundle.floor?.description ?? "none")

      """
  }

  private static func packages(_ bundle: BundleRecord) -> String {
    var table = Table(.init("package"), .init("version"), .init("asked for"), .init("licence"))
    for package in bundle.packages {
      table.append([
        package.name.description, package.version, package.requested ? "yes" : "",
        package.licence?.split(whereSeparator: \.isNewline).first.map(String.init)?.truncated(toWidth: 60)
          ?? "",
      ])
    }
    return table.rendered()
  }

  private static func modules(_ bundle: BundleRecord) -> String? {
    guard let modules = bundle.modules else { return nil }
    var table = Table(.init("module"), .init("version"), .init("digest"))
    for module in modules {
      table.append([module.name.description, module.version, String(module.digest.hex.prefix(16))])
    }
    return table.rendered()
  }

  private static func layers(_ bundle: BundleRecord) -> String {
    var table = Table(.init("layer"), .init("size", .right), .init("files", .right), .init("digest"))
    for layer in bundle.layers {
      table.append([
        layer.name, ByteCount(layer.size).description, String(layer.fileCount),
        String(layer.digest.hex.prefix(16)),
      ])
    }
    return table.rendered()
  }

  private static func omissions(_ bundle: BundleRecord) -> String? {
    guard !bundle.omissions.isEmpty else { return nil }
    var table = Table(.init("left out"), .init("rule"), .init("reason"))
    for omission in bundle.omissions {
      let rule = omission.position.map { "\(omission.rule.rawValue) \($0)" } ?? omission.rule.rawValue
      table.append([omission.package.description, rule, omission.reason])
    }
    return table.rendered()
  }

  private static func checks(_ bundle: BundleRecord) -> String? {
    guard let verification = bundle.verification else { return "checks: not made\n" }
    let passed = verification.checks.count { $0.outcome == .passed }
    var text = "checks: \(verification.state.rawValue), \(passed) of \(verification.checks.count) passed\n"
    for check in verification.checks where check.outcome != .passed || check.message != nil {
      text += "  \(check.outcome.rawValue): \(check.name)\(check.message.map { ": \($0)" } ?? "")\n"
    }
    return text
  }
}
