/// Every key that a configuration file, a module's manifest or a recipe can hold, wherever it stands.
package enum Key: String, Sendable, CaseIterable {
  case schema = "$schema"

  case registries
  case `default`
  case additional

  case packages
  case dependencies
  case overrides
  case skip
  case forceSource
  case buildWheel
  case reason
  case until
  case buildRequires
  case configSettings
  case env
  case patches
  case systemRequires
  case noDeps
  case resolution
  case allowSourceAll
  case strictMissing
  case allowSourceList
  case forceNoBinaryList
  case onlyBinaryList
  case copyFiles
  case from
  case to
  case platformSpecific

  case runtime
  case provider
  case suite
  case mirror
  case release
  case url
  case sha256
  case keep

  case platforms
  case floor

  case build
  case archive
  case layout
  case compressionLevel
  case timeout
  case enableLogging
  case parallelDownloads
  case level
  case optimize
  case minify
  case minifyRemoves

  case verify
  case allow

  case audit
  case licences
  case deny

  case recipes
  case modules
  case sources
  case runenvs

  case name
  case version
  case summary
  case python
  case inputs
  case outputs
  case options
  case type
  case choices
  case help
  case entryPoint
  case devDependencies
  case requirement
  case when
  case needs
  case files
  case template
  case notes

  case versions
  case test
  case testRequires
}
