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
      ("target.json", Array(try encoder.encode(Target(self)))),
      ("\(Self.moduleName).py", Array(Self.sysconfigData.utf8)),
      ("sitecustomize.py", Array(Self.customization.utf8)),
      ("toolchain.cmake", Array(cmakeText.utf8)), ("cross.ini", Array(mesonText.utf8)),
    ]
    for (name, bytes) in files { try writeAtomically(bytes, to: directory.appending(name)) }
  }

  /// What the Python files read.
  private struct Target: Encodable {
    let variables: [String: String]
    let machine: String
    let system: String
    let sysPlatform: String
    let include: String

    init(_ files: CrossFiles) {
      let python = files.python
      machine = python.machine
      system = python.system
      sysPlatform = python.sysPlatform
      include = python.include.string
      var variables = [
        "EXT_SUFFIX": python.extensionSuffix, "SOABI": python.soabi, "MULTIARCH": python.multiarch,
        "SHLIB_SUFFIX": python.platform.operatingSystem == .windows ? ".pyd" : ".so", "INCLUDEPY": include,
        "CONFINCLUDEPY": include, "ARFLAGS": "rcs", "CCSHARED": "-fPIC",
      ]
      if python.platform.operatingSystem == .windows { variables["CCSHARED"] = "" }
      for name in ["CC", "CXX", "AR", "RANLIB", "LDSHARED", "LDCXXSHARED", "MACOSX_DEPLOYMENT_TARGET"] {
        variables[name] = files.compiler[name]
      }
      variables["BLDSHARED"] = files.compiler["LDSHARED"]
      self.variables = variables
    }
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
      "set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)",
    ]
    if python.platform.operatingSystem == .macosx, let floor {
      lines.append("set(CMAKE_OSX_DEPLOYMENT_TARGET \(floor))")
      lines.append("set(CMAKE_OSX_ARCHITECTURES \(python.machine))")
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

  /// The building Python's own variables, with those of the target over them.
  private static let sysconfigData = #"""
    import importlib, json, os, sys

    with open(os.path.join(os.path.dirname(__file__), "target.json"), encoding="utf-8") as file:
        _target = json.load(file)
    _name = "_sysconfigdata_{0}_{1}_{2}".format(
        sys.abiflags, "linux", getattr(sys.implementation, "_multiarch", ""))
    build_time_vars = dict(importlib.import_module(_name).build_time_vars)
    for _key in ("CFLAGS", "OPT", "BASECFLAGS", "PY_CFLAGS", "CONFIGURE_CFLAGS", "LDFLAGS", "PY_LDFLAGS"):
        _words = str(build_time_vars.get(_key, "")).split()
        build_time_vars[_key] = " ".join(
            word for word in _words
            if not word.startswith(("-march", "-mtune", "-m64", "-fcf-protection", "-specs", "-Wl,-z", "-L", "-I", "-flto", "-fno-lto")))
    build_time_vars.update(_target["variables"])

    """#

  /// Runs at the start of every Python of the build, also of those that build tools start.
  private static let customization = #"""
    import json, os, platform, sys, sysconfig

    # What is imported before sys.platform changes works as on this machine.
    import asyncio, ctypes, multiprocessing, pathlib, shutil, subprocess, tempfile, threading, zipfile

    with open(os.path.join(os.path.dirname(__file__), "target.json"), encoding="utf-8") as file:
        _target = json.load(file)
    _uname, _get_path, _get_paths = os.uname, sysconfig.get_path, sysconfig.get_paths
    _headers = dict.fromkeys(("include", "platinclude"), _target["include"])


    def _other_uname():
        own = _uname()
        return os.uname_result((_target["system"], own.nodename, own.release, own.version, _target["machine"]))


    def _other_path(name, *arguments, **options):
        return _headers.get(name) or _get_path(name, *arguments, **options)


    def _other_paths(*arguments, **options):
        return {**_get_paths(*arguments, **options), **_headers}


    os.uname, sysconfig.get_path, sysconfig.get_paths = _other_uname, _other_path, _other_paths
    platform.system = lambda: _target["system"]
    platform.machine = lambda: _target["machine"]
    sys.platform = _target["sysPlatform"]

    """#
}
