import FoundationEssentials
import Model
import SystemPackage

/// The files that make this machine's Python, CMake and Meson answer for another platform.
struct CrossFiles {
  let python: CrossPython
  let floor: PlatformFloor?
  let compiler: [String: String]
  let directory: FilePath

  static let moduleName = "_sysconfigdata_ppp_cross"

  var cmake: FilePath { directory.appending("toolchain.cmake") }
  var meson: FilePath { directory.appending("cross.ini") }

  func write() throws {
    try makeDirectory(directory)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let files: [(String, [UInt8])] = [
      ("target.json", Array(try encoder.encode(CrossAnswers(python, floor: floor, compiler: compiler)))),
      ("\(Self.moduleName).py", Array(Self.sysconfigData.utf8)),
      ("sitecustomize.py", Array(Self.customization.utf8)),
      ("toolchain.cmake", Array(cmakeText.utf8)), ("cross.ini", Array(mesonText.utf8)),
    ]
    for (name, bytes) in files { try writeAtomically(bytes, to: directory.appending(name)) }
  }

  private var cmakeText: String {
    let include = python.include
    let names = ["Python", "Python3"]
    let library = python.libraries?.appending("python\(python.version.major)\(python.version.minor).lib")
    var lines = [
      "set(CMAKE_SYSTEM_NAME \(python.system))", "set(CMAKE_SYSTEM_PROCESSOR \(python.machine))",
      "set(CMAKE_C_COMPILER \"\(compiler["CC"] ?? "cc")\")",
      "set(CMAKE_CXX_COMPILER \"\(compiler["CXX"] ?? "c++")\")",
      "set(CMAKE_AR \"\(compiler["AR"] ?? "ar")\")",
      "set(CMAKE_RANLIB \"\(compiler["RANLIB"] ?? "ranlib")\")",
      // This machine's strip knows only this machine's files; symbols are left out when files are linked.
      "set(CMAKE_STRIP true)", "set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)",
    ]
    if python.platform.operatingSystem == .windows {
      lines.append("set(CMAKE_RC_COMPILER \"\(compiler["RC"] ?? "rc")\")")
    }
    if python.platform.operatingSystem == .macosx, let floor {
      lines.append("set(CMAKE_OSX_DEPLOYMENT_TARGET \(floor))")
      lines.append("set(CMAKE_OSX_ARCHITECTURES \(python.machine))")
      lines.append("set(CMAKE_OSX_SYSROOT \"\" CACHE STRING \"\")")
      // There is nothing here to change run paths with once a file is linked.
      lines.append("set(CMAKE_BUILD_WITH_INSTALL_RPATH TRUE)")
      lines.append(
        "set(CMAKE_INSTALL_NAME_TOOL \"\(compiler["INSTALL_NAME_TOOL"] ?? "false")\" CACHE FILEPATH \"\")")
    }
    for name in names {
      lines.append("set(\(name)_INCLUDE_DIR \"\(include)\" CACHE PATH \"\")")
      lines.append("set(\(name)_SOABI \"\(python.soabi)\" CACHE STRING \"\")")
      if let library { lines.append("set(\(name)_LIBRARY \"\(library)\" CACHE FILEPATH \"\")") }
    }
    lines.append("set(PYTHON_INCLUDE_DIR \"\(include)\" CACHE PATH \"\")")
    lines.append("set(PYTHON_MODULE_EXTENSION \"\(python.extensionSuffix)\" CACHE STRING \"\")")
    return lines.map { $0 + "\n" }.joined()
  }

  private var mesonText: String {
    let isARM = python.platform.architecture == .aarch64
    let system =
      switch python.platform.operatingSystem {
      case .linux: "linux"
      case .macosx: "darwin"
      case .windows: "windows"
      }
    let family = isARM ? "aarch64" : "x86_64"
    return """
      [binaries]
      c = '\(compiler["CC"] ?? "cc")'
      cpp = '\(compiler["CXX"] ?? "c++")'
      ar = '\(compiler["AR"] ?? "ar")'
      [host_machine]
      system = '\(system)'
      cpu_family = '\(family)'
      cpu = '\(family)'
      endian = 'little'
      [properties]
      needs_exe_wrapper = true

      """
  }
}
