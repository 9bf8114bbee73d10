import Model
import SystemPackage

/// What one file says: nil and empty where it says nothing.
struct Configuration: Sendable {
  /// Rules by package and platform; a nil rule takes back a shared one.
  typealias Rules<Rule: Sendable> = [PackageName: ByPlatform<Located<Rule?>>]

  /// What can be said for all platforms, and for one again.
  struct Packages: Sendable {
    var dependencies: [Located<Requirement>]?
    var allowSourceAll: Located<Bool>?
    var strictMissing: Located<Bool>?
    var allowSourceList: [Located<PackageName>] = []
    var forceNoBinaryList: [Located<PackageName>] = []
    var onlyBinaryList: [Located<PackageName>] = []
    var copyFiles: [CopyRule] = []
  }

  struct Runtime: Sendable {
    var provider: Located<RuntimeConfiguration.Provider>?
    var suite: Located<String>?
    var mirror: Located<String>?
    var release: Located<String>?
    var url: Located<String>?
    var sha256: Located<String>?
    var keep: [Located<String>]?
  }

  struct Build: Sendable {
    var archive = ByPlatform<Located<BuildConfiguration.ArchiveFormat>>()
    var layout: Located<BuildConfiguration.Layout>?
    var compressionLevel: Located<Int>?
    var timeout: Located<Int>?
    var enableLogging: Located<Bool>?
    var parallelDownloads: Located<Bool>?
    /// Nil takes back what a weaker file says.
    var level = ByPackage<Located<CodeLevel?>>()
    var optimize: Located<BuildConfiguration.Optimization>?
    var minify = ByPackage<Located<Bool?>>()
    var minifyRemoves: [Located<BuildConfiguration.MinifiedPart>]?
  }

  struct Target: Sendable {
    let platform: Located<Platform>
    let floor: Located<PlatformFloor>?
  }

  var defaultRegistry: Located<String>?
  var additionalRegistries: [Located<String>] = []
  var packages = Packages()
  var platformPackages: [Platform: Packages] = [:]
  /// A nil version takes back a shared override.
  var overrides: [PackageName: Located<String?>] = [:]
  var skip: Rules<RuleReason> = [:]
  var forceSource: Rules<RuleReason> = [:]
  var buildWheel: Rules<BuildWheelRule> = [:]
  var noDeps: [Located<PackageName>] = []
  var runtime = Runtime()
  var platformRuntime: [Platform: Runtime] = [:]
  var platforms: [Target]?
  var build = Build()
  var allowedFailures: [String: ByPlatform<Located<RuleReason?>>] = [:]
  var licences = LicencePolicy()
  var recipeSources: [Located<String>] = []
  var moduleSources: [Located<String>] = []
  /// Patterns of the runenvs that a module is built into; of the shared configuration, that all modules are.
  var moduleRunenvs: [Located<String>]?
  /// The platforms that modules are built for unless they say.
  var modulePlatforms: [Target]?
  /// What a module's source is rendered with, by option.
  var moduleOptions: [String: Located<OptionText>] = [:]
}
