import ArgumentParser
import Model
package import Publish

/// How bundles are published.
struct PublishOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The version that the bundles get.", discussion: "By default the next whole number, where they are new."
    ))
  var version: PublishedVersion?

  @Flag(help: "Give a version that is published other content, and send again what was lost.")
  var replace = false

  @Option(
    defaultAsFlag: "",
    help: ArgumentHelp(
      "Sign the catalogue: with the key of this name or in this file, by default with the only one.",
      valueName: "key"))
  var sign: String?

  @Option(
    help: ArgumentHelp("How long the catalogue may be believed from now on.", valueName: "days"))
  var expires: Int?

  @Option(
    help: ArgumentHelp(
      "Drop all but so many versions of each cell, and what only they need.", valueName: "keep"))
  var prune: Int?

  @Option(
    help: ArgumentHelp(
      "What a new catalogue is called.", discussion: "By default the workspace's directory.",
      valueName: "name"))
  var catalogueName: String?

  @Flag(name: [.customShort("n"), .long], help: "Say what would be sent, and send nothing.")
  var dryRun = false

  func validate() throws {
    if let prune, prune < 1 { throw ValidationError("--prune keeps at least 1 version") }
    if let expires, !(1...36_500).contains(expires) {
      throw ValidationError("--expires takes days, from 1 to 36500")
    }
  }

  /// `now` and `epoch`, the time that outputs have instead where one is set, count seconds since 1970.
  func wishes(name: String, now: Int64, epoch: Int64?) -> PublishWishes {
    PublishWishes(
      name: catalogueName ?? name, version: version, replaces: replace, keeping: prune,
      expires: expires.map { now + Int64($0) * 86_400 }, publishedAt: epoch ?? now)
  }

  func signer(in context: CommandContext, now: Int64) async throws -> IndexSigner? {
    guard let sign else { return nil }
    return IndexSigner(
      key: try await context.signingKey(sign.isEmpty ? nil : sign), ring: context.keyRing, now: now)
  }
}

extension PublishedVersion: ExpressibleByArgument {
  package init?(argument: String) {
    do throws(ParseError) { try self.init(parsing: argument) } catch { return nil }
  }
}
