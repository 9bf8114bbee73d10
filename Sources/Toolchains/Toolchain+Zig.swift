import Artifacts
package import Model
package import SystemPackage

extension Toolchain {
  /// zig as `cc`, `c++`, `ar` and `ranlib` for a target, on any machine that zig runs on.
  ///
  /// The programs are scripts in a directory of their own below `directory`, made when they are not there; zig keeps
  /// what it compiled of its libraries in `caches`. Its own C++ library is linked into what it makes.
  package static func zig(
    _ target: ZigTarget, program: FilePath, version: String, host: Platform?, in directory: FilePath,
    caches: FilePath
  ) throws -> Toolchain {
    let headers =
      target.platform.operatingSystem == .windows ? directory.appending("windows-headers") : nil
    if let headers { try WindowsSpellings.write(to: headers) }
    let scripts = ["cc", "c++", "ar", "ranlib", "lib", "dlltool", "rc", "install_name_tool"].map {
      (name: $0, text: CompilerScript(name: $0, target: target, program: program, headers: headers).text)
    }
    let digest = Digest.sha256(of: Array(scripts.map(\.text).joined().utf8))
    let place = directory.appending("zig-\(version)-\(target.triple)-\(digest.hex.prefix(8))")
    try makeDirectory(place)
    try makeDirectory(caches)
    for (name, text) in scripts where FileStatus(of: place.appending(name)) == nil {
      try writeAtomically(
        Array(text.utf8), to: place.appending(name), permissions: FilePermissions(rawValue: 0o755))
    }
    func path(_ name: String) -> String { place.appending(name).string }
    let shared = "\(path("cc")) -shared"
    var environment = [
      "CC": path("cc"), "CXX": path("c++"), "AR": path("ar"), "RANLIB": path("ranlib"),
      "LDSHARED": shared, "LDCXXSHARED": "\(path("c++")) -shared", "LDFLAGS": "-Wl,-s",
      "ZIG_GLOBAL_CACHE_DIR": caches.string, "ZIG_LOCAL_CACHE_DIR": caches.string,
    ]
    if target.platform.operatingSystem == .macosx {
      let undefined = "-undefined dynamic_lookup"
      environment["LDSHARED"] = "\(shared) \(undefined)"
      environment["LDCXXSHARED"] = "\(path("c++")) -shared \(undefined)"
      environment["LDFLAGS"] = undefined
      environment["INSTALL_NAME_TOOL"] = path("install_name_tool")
      environment["MACOSX_DEPLOYMENT_TARGET"] = target.floor?.description
    }
    if target.platform.operatingSystem == .windows { environment["RC"] = path("rc") }
    return Toolchain(
      identity: "zig \(version) \(target.triple)", platform: target.platform,
      isCross: target.platform != host, searchPath: [place], environment: environment, writable: [caches])
  }
}
