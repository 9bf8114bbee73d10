extension KnownKeys {
  /// What `recipes/<package>/recipe.json` can hold.
  static let buildRecipe = Shape.object([
    KnownKey(.schema, .text(.any), "The JSON Schema that an editor checks the file against; ppp ignores it"),
    KnownKey(.reason, .text(.reason), "Why the source can't be built without", isRequired: true),
    KnownKey(
      .versions, .text(.specifiers),
      "The versions of the package that it is for, as in >=1.3,<2; all when left out"
    ),
    KnownKey(
      .python, .text(.specifiers), "The Python versions that it is for, as in >=3.12; all when left out"),
    KnownKey(
      .platforms, .list(.text(.platform), isEmptyAllowed: false),
      "The platforms that it is for; all when left out"),
    KnownKey(
      .buildRequires, .list(.text(.requirement)),
      "What the build environment holds, in place of what the package asks for"),
    KnownKey(
      .configSettings, .list(.text(.setting)),
      "KEY=VALUE settings for the build backend; {packageRoot} is the recipe's directory"),
    KnownKey(
      .env, .map(.variable, .scalar),
      "Environment variables of the build; {packageRoot} is the recipe's directory"),
    KnownKey(
      .patches, .list(.text(.source)),
      "Patches for the source, applied in order as 'patch -p1' does, relative to the recipe's directory"),
    KnownKey(.sources, .list(.object(addition)), "Files that the source lacks, fetched by their digests"),
    KnownKey(
      .systemRequires, .list(.text(.systemRequirement)),
      "Programs (gfortran), headers (zlib.h) and libraries (libz.so) that the building machine must have"),
    KnownKey(
      .dependencies, .list(.text(.requirement)),
      "What the package asks for once it is installed, where its source can't be asked"),
    KnownKey(
      .timeout, .integer(1...86400),
      "Seconds that building and testing may take each; build.timeout if left out"),
    KnownKey(
      .test, .list(.text(.any), isEmptyAllowed: false),
      "A program and its arguments, run where the wheel is installed; {packageRoot} is the recipe's directory"
    ),
    KnownKey(
      .testRequires, .list(.text(.requirement)), "What the test needs besides what the wheel asks for"),
  ])

  private static let addition = [
    KnownKey(.url, .text(.url), "Where the file is", isRequired: true),
    KnownKey(.sha256, .text(.digest), "Its SHA-256 digest, 64 hexadecimal digits", isRequired: true),
    KnownKey(
      .to, .text(.sourcePlace),
      "Where it goes in the source; ends with '/' for an archive that is unpacked there without its one folder",
      isRequired: true),
  ]
}
