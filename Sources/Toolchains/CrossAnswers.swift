import Model
import SystemPackage

/// What a Python of another platform says of itself, for the files that have this machine's say it too.
struct CrossAnswers: Encodable {
  let variables: [String: String]
  let machine: String
  let system: String
  /// Empty where this machine's own are as good.
  let release: String
  let version: String
  /// The version of macOS; empty elsewhere.
  let macOS: String
  let osName: String
  let sysPlatform: String
  let include: String
  /// Empty where it is not unpacked.
  let prefix: String

  init(_ python: CrossPython, floor: PlatformFloor?, compiler: [String: String]) {
    let system = python.platform.operatingSystem
    machine = python.machine
    self.system = python.system
    (release, version) = python.release(floor: floor)
    macOS = system == .macosx ? floor?.description ?? "11.0" : ""
    osName = python.osName
    sysPlatform = python.sysPlatform
    include = python.include.string
    prefix = python.prefix?.string ?? ""
    var variables = [
      "EXT_SUFFIX": python.extensionSuffix, "SOABI": python.soabi, "MULTIARCH": python.multiarch,
      "SHLIB_SUFFIX": system == .windows ? ".pyd" : ".so", "INCLUDEPY": include,
      "CONFINCLUDEPY": include, "ARFLAGS": "rcs", "CCSHARED": system == .windows ? "" : "-fPIC",
    ]
    for name in ["CC", "CXX", "AR", "RANLIB", "LDSHARED", "LDCXXSHARED", "MACOSX_DEPLOYMENT_TARGET"] {
      variables[name] = compiler[name]
    }
    variables["BLDSHARED"] = compiler["LDSHARED"]
    // This machine's library is not the one to link with.
    if system != .linux { for name in ["LIBDIR", "LDLIBRARY", "LIBRARY"] { variables[name] = "" } }
    self.variables = variables
  }
}
