package import Model
package import SystemPackage

extension Toolchain {
  /// The toolchain together with a Python that answers as that of another platform does.
  ///
  /// In the processes of the build, `sysconfig`, `platform` and `sys.platform` say what they say there; CMake and Meson
  /// get files that say so too. The Python that runs is this machine's, of the same minor version, so that build
  /// requirements run here. The files are written to `directory`, which has to stay while the toolchain is used.
  package func crossing(
    to python: CrossPython, floor: PlatformFloor?, in directory: FilePath
  ) throws -> Toolchain {
    let files = CrossFiles(python: python, floor: floor, compiler: environment, directory: directory)
    try files.write()
    var crossed = self
    crossed.environment["PYTHONPATH"] = directory.string
    crossed.environment["_PYTHON_SYSCONFIGDATA_NAME"] = CrossFiles.moduleName
    crossed.environment["_PYTHON_HOST_PLATFORM"] = python.sysconfigPlatform(floor: floor)
    crossed.environment["CMAKE_TOOLCHAIN_FILE"] = files.cmake.string
    crossed.environment["PPP_PYTHON_INCLUDE"] = python.include.string
    var include = "-I\(python.include)"
    if platform.operatingSystem == .windows { include += " -DMS_WIN64" }
    crossed.environment["CFLAGS"] = include
    crossed.environment["CXXFLAGS"] = include
    if let libraries = python.libraries {
      let linking = "-L\(libraries) -lpython\(python.version.major)\(python.version.minor)"
      crossed.environment["LDFLAGS", default: ""] += " \(linking)"
    }
    crossed.settings["mesonpy"] = ["setup-args": ["--cross-file=\(files.meson)"]]
    return crossed
  }
}
