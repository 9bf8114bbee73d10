package import Model
package import SystemPackage

/// What is done with a package on a platform, other than to take its wheel.
package enum PackageRule: Sendable, Hashable {
  /// It is left out wherever it occurs, as a dependency of others too.
  case skip(reason: String, position: SourcePosition)
  /// Its wheel is built from source as the rule says.
  case buildWheel(BuildWheelRule, position: SourcePosition)
  /// It is built from source even where a wheel exists.
  case forceSource(reason: String, position: SourcePosition)

  package var reason: String {
    switch self {
    case .skip(let reason, _), .forceSource(let reason, _): reason
    case .buildWheel(let rule, _): rule.reason
    }
  }

  package var position: SourcePosition {
    switch self {
    case .skip(_, let position), .buildWheel(_, let position), .forceSource(_, let position): position
    }
  }
}

/// How a package's wheel is built.
package struct BuildWheelRule: Sendable, Hashable {
  package let reason: String
  /// What the build environment holds, in place of what the package itself asks for.
  package let buildRequires: [Requirement]
  /// `KEY=VALUE` settings for the build backend, in their order; `{packageRoot}` is the runenv's directory.
  package let configSettings: [String]
  /// Variables of the build; `{packageRoot}` as above.
  package let environment: [String: String]
  /// Files with patches for the source, in the order in which they are applied.
  package let patches: [Located<String>]
  /// The directory that the patches' paths start from.
  package let base: FilePath
  /// Programs, headers and libraries that the building machine must have.
  package let systemRequires: [String]
  /// In seconds; nil for what `build.timeout` says.
  package let timeout: Int?
  /// The last day on which nobody needs to look at the rule again.
  let until: Located<CalendarDay>?
}

/// A package that is left out, and why.
package struct SkipRule: Sendable, Hashable {
  package let name: PackageName
  package let reason: String
  package let position: SourcePosition
}
