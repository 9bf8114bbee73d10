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

  var options: LockRun.Options {
    let some: LockRequest.Upgrade = upgradePackages.isEmpty ? .none : .packages(Set(upgradePackages))
    return LockRun.Options(upgrade: upgrade ? .all : some, isLocked: locked, excludeNewer: excludeNewer)
  }
}
