import ArgumentParser
import Builder
import Model

/// How locks are made; the same for lock and build.
struct LockOptions: ParsableArguments {
  @Flag(name: .long, help: "Move every package to the newest version that its requirement allows.")
  var upgrade = false

  @Option(name: .customLong("upgrade-package"), help: "Move this package; may be repeated.")
  var upgradePackages: [PackageName] = []

  @Flag(help: "Fail where a lock is missing or stale; write none.")
  var locked = false

  @Option(
    help: ArgumentHelp(
      "Only files that were uploaded before this date, as in 2026-01-31 or 2026-01-31T12:00:00Z.",
      valueName: "date"))
  var excludeNewer: String?

  /// - Throws: `ParseError` when the date is none.
  func options() throws(ParseError) -> LockRun.Options {
    try LockRequest.checkTime(excludeNewer)
    return LockRun.Options(upgrade: scope, isLocked: locked, excludeNewer: excludeNewer)
  }

  /// Whether cells whose locks are current are to be looked at all the same.
  var concernsCurrentLocks: Bool { scope != .none || locked || excludeNewer != nil }

  private var scope: LockRequest.Upgrade {
    if upgrade { return .all }
    return upgradePackages.isEmpty ? .none : .packages(Set(upgradePackages))
  }
}
