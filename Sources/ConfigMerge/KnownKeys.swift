import Model

/// The one table of what a configuration file can hold.
///
/// Files are checked against it, `jsonSchema()` is made of it, and docs/config.md is tested against it.
enum KnownKeys {
  static let root = Shape.object([
    schema,
    KnownKey(.registries, registries, "The package indexes to ask"),
    packages,
    KnownKey(.runtime, .object(runtimeKeys + [platformRuntime]), "Where the Python interpreter comes from"),
    KnownKey(
      .platforms, platforms,
      "The platforms to build for: a list of names, or a mapping that gives each a floor; all when left out"),
    build,
    verify,
    KnownKey(.audit, audit, "What audits hold the environments to", isSharedOnly: true),
    KnownKey(.recipes, recipes, "How packages are built that can't be built as they are", isSharedOnly: true),
    KnownKey(
      .modules, modules, "The modules: where they come from, and what they are built into", isSharedOnly: true
    ),
  ])

  /// What `modules/<name>/config.json` can hold.
  static let module = Shape.object([
    schema,
    KnownKey(
      .runenvs, moduleRunenvs,
      "The runenvs that the module is built into, as patterns; '!' before one leaves out"),
    KnownKey(
      .platforms, platforms,
      "The platforms that it is built for, of those that each runenv has; all of them when left out"),
    KnownKey(
      .options, .map(.word, .scalar),
      "What the module's source is rendered with, by option; its defaults when left out"),
    packages,
    build,
    verify,
  ])

  private static let schema = KnownKey(
    .schema, .text(.any), "The JSON Schema that an editor checks the file against; ppp ignores it")
  private static let packages = KnownKey(.packages, packageKeys, "What is installed, and how")
  private static let build = KnownKey(.build, buildKeys, "How bundles are made")
  private static let verify = KnownKey(.verify, verifyKeys, "What verification accepts")

  private static let registries = Shape.object([
    KnownKey(
      .default, .text(.url), "The index that is asked first", default: .text(Registries.standardURL)),
    KnownKey(.additional, .list(.text(.url)), "Indexes to ask for what the first doesn't have, in order"),
  ])

  private static let packageKeys = Shape.object(
    [
      KnownKey(
        .dependencies, requirements,
        "The requirements to install (PEP 508); a runenv's list replaces the shared one"),
      KnownKey(
        .overrides, .map(.packageName, .nullable(.text(.override))),
        "Versions that replace those in every dependency list, by package; \"\" or null takes a shared one back"
      ),
      KnownKey(
        .skip, rules(reason), "Packages to leave out, with the reason, by package and platform"),
      KnownKey(
        .forceSource, rules(reason),
        "Packages to build from source even where a wheel exists, with the reason, by package and platform"),
      KnownKey(
        .buildWheel, rules(buildWheel), "Packages to build a wheel of, and how, by package and platform"),
      KnownKey(.noDeps, packageNames, "Packages whose own dependencies are not followed"),
      KnownKey(.resolution, resolution, "What may be built from source"),
      KnownKey(.copyFiles, copyFiles, "Files to copy into the environment"),
      KnownKey(.platformSpecific, .map(.platform, platformPackages), "What is different on one platform"),
    ])

  private static let platformPackages = Shape.object([
    KnownKey(.dependencies, requirements, "Requirements to append on this platform"),
    KnownKey(.resolution, resolution, "What may be built from source on this platform"),
    KnownKey(.copyFiles, copyFiles, "Files to copy on this platform, after the others"),
  ])

  private static let requirements = Shape.list(.text(.requirement))
  private static let packageNames = Shape.list(.text(.packageName))

  private static func rules(_ rule: Shape) -> Shape {
    .map(.packageName, .nullable(.map(.platformOrAll, .nullable(rule))))
  }

  private static let reason = Shape.either(
    .text(.reason),
    .object([KnownKey(.reason, .text(.reason), "Why the rule is there", isRequired: true), until]))

  private static let until = KnownKey(
    .until, .text(.day),
    "The last day of the rule, as in 2026-12-31; it stays in effect, with a warning, behind that")

  private static let buildWheel = Shape.object([
    KnownKey(.reason, .text(.reason), "Why it has to be built", isRequired: true),
    KnownKey(.buildRequires, requirements, "The build environment, in place of what the package asks for"),
    KnownKey(
      .configSettings, .list(.text(.setting)),
      "KEY=VALUE settings for the build backend; {packageRoot} is the runenv's directory"),
    KnownKey(.env, .map(.variable, .scalar), "Environment variables of the build; {packageRoot} as above"),
    KnownKey(
      .patches, .list(.text(.source)),
      "Patches for the source, applied in order as patch -p1 does, relative to the directory of this configuration file"
    ),
    KnownKey(
      .systemRequires, .list(.text(.systemRequirement)),
      "Programs, headers (*.h) and libraries (lib*.so) that the building machine must have"),
    KnownKey(
      .timeout, .integer(1...86400), "Seconds that building this package may take; build.timeout if left out"),
    until,
  ])

  private static let resolution = Shape.object([
    KnownKey(
      .allowSourceAll, .boolean, "Build any package that has no wheel from source",
      default: Outline(.boolean(false))),
    KnownKey(
      .strictMissing, .boolean, "Fail instead of leaving out what can't be had",
      default: Outline(.boolean(false))),
    KnownKey(
      .allowSourceList, packageNames, "Packages that may be built from source when they have no wheel"),
    KnownKey(.forceNoBinaryList, packageNames, "Packages that are always built from source"),
    KnownKey(.onlyBinaryList, packageNames, "Packages that are never built from source"),
  ])

  private static let copyFiles = Shape.list(
    .object([
      KnownKey(
        .from, .text(.source), "The file or directory, relative to the directory of this configuration file",
        isRequired: true),
      KnownKey(
        .to, .text(.destination),
        "Where it goes, relative to the environment; may start with {site-packages}",
        isRequired: true),
    ]))

  private static let runtimeKeys = [
    KnownKey(
      .provider, .choice(RuntimeConfiguration.Provider.allCases.map(\.rawValue)),
      "Who provides the interpreter",
      default: .text("python-build-standalone")),
    KnownKey(.suite, .text(.word), "Debian's suite, as in bookworm"),
    KnownKey(.mirror, .text(.url), "Where the provider's files are, in place of its own server"),
    KnownKey(.release, .text(.date), "The release of python-build-standalone, as in 20250612"),
    KnownKey(.url, .text(.url), "The archive to unpack, for the provider 'archive'"),
    KnownKey(.sha256, .text(.digest), "The archive's SHA-256 digest, 64 hexadecimal digits"),
    KnownKey(.keep, .list(.text(.pattern)), "Patterns of files to keep that are stripped otherwise"),
  ]

  private static let platformRuntime = KnownKey(
    .platformSpecific, .map(.platform, .object(runtimeKeys)),
    "The same keys for one platform, which win there")

  private static let platforms = Shape.either(
    .list(.text(.platform), isEmptyAllowed: false), .map(.platform, platform))

  private static let platform = Shape.nullable(
    .object([
      KnownKey(
        .floor, .text(.floor),
        "The oldest system to run on: a glibc version on Linux, a macOS version on macOS")
    ]))

  private static let buildKeys = Shape.object([
    KnownKey(
      .archive, .either(archiveFormat, .map(.platformOrAll, archiveFormat)),
      "The bundle's format, or one by platform",
      default: .text("tar.zst")),
    KnownKey(
      .layout, .choice(BuildConfiguration.Layout.allCases.map(\.rawValue)),
      "An installed tree, or a wheelhouse: the wheels themselves", default: .text("tree")),
    KnownKey(.compressionLevel, .integer(1...19), "Zstandard's level", default: Outline(.integer(3))),
    KnownKey(
      .timeout, .integer(1...86_400), "Seconds that building one package from source may take",
      default: Outline(.integer(BuildConfiguration.standardTimeout))),
    KnownKey(
      .enableLogging, .boolean, "Keep the output of builds from source that succeed, too",
      default: Outline(.boolean(false))),
    KnownKey(
      .parallelDownloads, .boolean, "Download several files at once", default: Outline(.boolean(true))),
    KnownKey(
      .level, .either(codeLevel, .map(.packageNameOrAll, .nullable(codeLevel))),
      "What becomes of packages' Python code: one level, or one by package", default: .text("instant")),
    KnownKey(
      .optimize, .choice(BuildConfiguration.Optimization.allCases.map(\.rawValue)),
      "Whether sources stay beside what the level makes of them (debug), or go (release)",
      default: .text("debug")),
    KnownKey(
      .minify, .either(.boolean, .map(.packageNameOrAll, .nullable(.boolean))),
      "Whether Python code is made smaller: of all packages, or by package", default: Outline(.boolean(false))
    ),
    KnownKey(
      .minifyRemoves, .list(.choice(BuildConfiguration.MinifiedPart.allCases.map(\.rawValue))),
      "What is made smaller by leaving it out, too: docstrings, annotations"),
  ])

  private static let codeLevel = Shape.choice(CodeLevel.allCases.map(\.rawValue))
  private static let archiveFormat = Shape.choice(BuildConfiguration.ArchiveFormat.allCases.map(\.rawValue))

  private static let verifyKeys = Shape.object([
    KnownKey(
      .allow, .map(.pattern, .nullable(.map(.platformOrAll, .nullable(reason)))),
      "Failures that are known and accepted, with the reason, by import or file pattern and platform")
  ])

  private static let audit = Shape.object([KnownKey(.licences, licences, "Which licences packages may have")])

  private static let licences = Shape.object([
    KnownKey(
      .allow, .list(.text(.licencePattern)),
      "The licences that packages may have, as patterns of SPDX identifiers; all but those denied when left out"
    ),
    KnownKey(
      .deny, .list(.text(.licencePattern)),
      "The licences that they may not have, as patterns of SPDX identifiers"),
    KnownKey(
      .packages, .map(.packageName, .text(.licence)),
      "The licences of packages that don't state theirs, as SPDX expressions, by package"),
  ])

  private static let recipes = Shape.object([
    KnownKey(
      .sources, .list(.text(.moduleSource)),
      "Where recipes are found besides recipes/, in order: directories, git repositories, archives")
  ])

  private static let modules = Shape.object([
    KnownKey(
      .sources, .list(.text(.moduleSource)),
      "Where modules are found besides modules/, in order: directories, git repositories, archives"),
    KnownKey(
      .runenvs, moduleRunenvs,
      "The runenvs that every module in modules/ is built into unless it says, as patterns"),
    KnownKey(
      .platforms, .list(.text(.platform), isEmptyAllowed: false),
      "The platforms that they are built for unless they say"),
  ])

  private static let moduleRunenvs = Shape.list(.text(.pattern))
}

extension KnownKeys {
  /// Every key that is not inside a mapping of the user's names or a list, dotted: `build.layout`.
  static var paths: [String] { paths(in: root, prefix: "") }

  static func paths(in shape: Shape, prefix: String) -> [String] {
    guard case .object(let keys) = shape else { return [] }
    return keys.flatMap { key in
      let inner = paths(in: key.shape, prefix: prefix + key.name + ".")
      return inner.isEmpty ? [prefix + key.name] : inner
    }
  }
}
