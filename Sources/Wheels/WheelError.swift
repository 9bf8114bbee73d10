package import Model

/// What can be wrong with a wheel; `wheel` is always the wheel's file name, `file` a path inside it.
package enum WheelError: UserFacingError, Equatable {
  case notAWheelName(String)
  case partCount(wheel: String, count: Int)
  /// A part of the file name that is not what it should be; `part` names it: `version`, `build tag`, …
  case namePart(wheel: String, part: String, value: String)
  /// The archive cannot be read; the reason is the archive reader's.
  case unreadable(wheel: String, reason: String)
  /// There is not exactly one `*.dist-info` directory; `found` lists those there are.
  case distInfoCount(wheel: String, found: [String])
  case foreignDistInfo(wheel: String, directory: String)
  case missing(wheel: String, file: String)
  /// A metadata file that does not say what it must; `line` counts from 1.
  case malformed(wheel: String, file: String, line: Int?, reason: String)
  case formatVersion(wheel: String, version: String)
  /// A path that does not stay inside the environment, or that not every file system can hold.
  case unsafePath(wheel: String, file: String, reason: String)
  case notAFile(wheel: String, file: String, kind: String)
  /// Two files that are one where letter case does not count.
  case collision(wheel: String, file: String, other: String)
  case notRecorded(wheel: String, file: String)
  case recordedOnly(wheel: String, file: String)
  case wrongSize(wheel: String, file: String, recorded: Int64, actual: Int64)
  case wrongDigest(wheel: String, file: String, recorded: Digest, actual: Digest)
  case entryPoint(wheel: String, name: String, reason: String)
  /// Its tags fit no platform that ppp knows.
  case foreignPlatform(wheel: String, tags: String)
  /// A Windows environment needs launchers for this wheel's scripts and none were given.
  case launchersMissing(wheel: String)
}

extension WheelError {
  package var description: String {
    switch self {
    case .notAWheelName(let text):
      text.utf8.count > 255
        ? "wheel '\(text.prefix(60))…' has a file name of \(text.utf8.count) bytes"
        : "'\(text)' is not a wheel's file name: it does not end in '.whl'"
    case .partCount(let wheel, let count):
      count < 5
        ? "wheel '\(wheel)' has \(count) of the 5 parts of a file name"
        : "wheel '\(wheel)' has \(count) parts in its file name, at most 6 are possible"
    case .namePart(let wheel, let part, let value): "wheel '\(wheel)' has no valid \(part): '\(value)'"
    case .unreadable(let wheel, let reason): "wheel '\(wheel)' cannot be read: \(reason)"
    case .distInfoCount(let wheel, let found):
      found.isEmpty
        ? "wheel '\(wheel)' has no .dist-info directory"
        : "wheel '\(wheel)' has \(found.count) .dist-info directories: \(found.quotedList)"
    case .foreignDistInfo(let wheel, let directory):
      "wheel '\(wheel)' has '\(directory)', which is not its own name and version"
    case .missing(let wheel, let file): "wheel '\(wheel)' has no '\(file)'"
    case .malformed(let wheel, let file, let line, let reason):
      "wheel '\(wheel)': '\(file)'\(line.map { " line \($0)" } ?? ""): \(reason)"
    case .formatVersion(let wheel, let version):
      "wheel '\(wheel)' has wheel format version '\(version)'; only 1.x is known"
    default: contentDescription
    }
  }

  private var contentDescription: String {
    switch self {
    case .unsafePath(let wheel, let file, let reason):
      "wheel '\(wheel)' contains '\(file.printable)': \(reason)"
    case .notAFile(let wheel, let file, let kind):
      "wheel '\(wheel)' contains the \(kind) '\(file)'; wheels hold plain files"
    case .collision(let wheel, let file, let other):
      file == other
        ? "wheel '\(wheel)' installs '\(file)' twice"
        : "wheel '\(wheel)' installs both '\(file)' and '\(other)', which are one file where letter case does not count"
    case .notRecorded(let wheel, let file):
      "wheel '\(wheel)' contains '\(file)', which its RECORD does not list"
    case .recordedOnly(let wheel, let file):
      "wheel '\(wheel)' lists '\(file)' in its RECORD but does not contain it"
    case .wrongSize(let wheel, let file, let recorded, let actual):
      "wheel '\(wheel)': '\(file)' has \(actual) bytes, its RECORD says \(recorded)"
    case .wrongDigest(let wheel, let file, let recorded, let actual):
      "wheel '\(wheel)': '\(file)' is \(actual), its RECORD says \(recorded)"
    case .entryPoint(let wheel, let name, let reason):
      "wheel '\(wheel)': entry point '\(name.printable)' \(reason)"
    case .foreignPlatform(let wheel, let tags):
      "wheel '\(wheel)' is for '\(tags)', and environments are made for none such"
    case .launchersMissing(let wheel):
      "wheel '\(wheel)' has scripts, and there are no Windows launchers to start them with"
    default: "wheel is broken"
    }
  }

  package var hint: String? {
    switch self {
    case .notAWheelName, .partCount, .namePart:
      "wheels are named NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl (PEP 427)"
    case .formatVersion: "choose another version of the package with packages.overrides"
    case .foreignPlatform:
      "platforms are \(Platform.all.map(\.description).joined(separator: ", ")), Linux's with glibc"
    case .launchersMissing: "'ppp doctor' tells why they could not be fetched"
    default:
      "the wheel itself is broken: choose another version with packages.overrides, or build it with packages.forceSource"
    }
  }
}

extension [String] {
  fileprivate var quotedList: String { map { "'\($0)'" }.joined(separator: ", ") }
}

extension String {
  /// The text with control characters as escapes, so that it can be shown on a terminal.
  fileprivate var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.flatMap {
          Array(
            $0.value < 0x20 || $0.value == 0x7f
              ? $0.escaped(asASCII: true).unicodeScalars : "\($0)".unicodeScalars)
        }))
  }
}
