/// The `--progress` option: how much is said while work is going on.
package enum ProgressMode: String, CaseIterable, Sendable {
  /// Live lines on a terminal, else plain ones.
  case auto
  /// One line for each step that was done.
  case plain
  /// Warnings and errors only.
  case none

  /// How it is shown on this device; `--quiet` is `none`.
  package func presentation(on device: Device, quiet: Bool = false) -> Presentation {
    switch self {
    case .none: .silent
    case _ where quiet: .silent
    case .plain: .plain
    case .auto: device.isInteractive ? .live : .plain
    }
  }

  package enum Presentation: Sendable {
    case live
    case plain
    case silent
  }
}
