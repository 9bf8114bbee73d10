import ConfigMerge
import Model
import Processes
import Runtimes
import SystemPackage
import Toolchains

/// What is needed to compile a cell's packages for its platform on this machine, and whether that can be done.
struct CrossSource {
  /// What the cell's interpreter lacks to be compiled against; who asked says what can't be made for that.
  struct Lack: Error {
    let reason: String
  }

  let bench: Workbench
  let recipe: Recipe
  let lock: Lock

  /// Why a package can't be compiled for the platform here; nil when it may be tried.
  ///
  /// It is decided by the package's own statements, before anything runs.
  func objection(to tree: SourceTree) throws -> String? {
    if tree.isRust, lock.platform.rustTarget == nil {
      return "it is written in Rust, which is compiled for Linux only"
    }
    if tree.hasFile(suffix: ".f90") || tree.hasFile(suffix: ".f") {
      return "it has Fortran code, and zig compiles C and C++"
    }
    switch lock.platform.operatingSystem {
    case .macosx:
      if tree.hasFile(suffix: ".mm") || tree.hasFile(suffix: ".m") {
        return "it has Objective-C code, which needs Apple's SDK"
      }
    case .windows:
      if tree.hasFile(suffix: ".asm") { return "it has assembly code for Microsoft's assembler" }
    case .linux: break
    }
    return nil
  }

  /// The headers, and for Windows the import library, of the cell's own interpreter.
  ///
  /// Of a Linux interpreter that the user brings, this machine's headers of the same minor version stand in: between
  /// Linux's 64-bit processors they do not differ in what extension modules see.
  /// - Throws: `Lack` where there are none.
  func python(interpreter: FilePath, in scratch: FilePath) async throws -> CrossPython {
    let prefix = try await bench.runtimes.unpacked(
      lock.runtime, spec: try RuntimeSpec(recipe), in: bench.layers,
      level: recipe.build.compressionLevel.value)
    let include: FilePath
    var libraries: FilePath?
    if let prefix, lock.platform.operatingSystem == .windows {
      include = prefix.appending("include")
      libraries = prefix.appending("libs")
    } else if let prefix {
      include = prefix.appending("include").appending("python\(lock.python.minorVersion)")
    } else if lock.platform.operatingSystem == .linux {
      include = try await ownHeaders(of: interpreter, in: scratch.appending("headers"))
    } else {
      throw Lack(
        reason:
          "its interpreter is 'external', so there are no headers of it; the provider 'python-build-standalone' has them"
      )
    }
    for path in [include.appending("Python.h")] + (libraries.map { [$0] } ?? []) {
      guard FileStatus(of: path) != nil else {
        throw Lack(
          reason: "its interpreter has no '\(path.lastComponent?.string ?? "")' to compile against")
      }
    }
    return CrossPython(
      version: lock.python, platform: lock.platform, include: include, libraries: libraries, prefix: prefix)
  }

  /// A copy of the headers with the configuration that they really use: Debian's `pyconfig.h` only names another one,
  /// by the processor that it is compiled for.
  private func ownHeaders(of interpreter: FilePath, in directory: FilePath) async throws -> FilePath {
    let script = """
      import os, shutil, sys, sysconfig
      shutil.copytree(sysconfig.get_path('include'), sys.argv[1])
      folder, name = os.path.split(sysconfig.get_path('include'))
      own = os.path.join(folder, sysconfig.get_config_var('MULTIARCH') or '', name, 'pyconfig.h')
      if os.path.exists(own):
          shutil.copyfile(own, sys.argv[1] + '/pyconfig.h')
      """
    let command = Command(
      interpreter, ["-I", "-c", script, directory.string], environment: ["PATH": "/usr/bin:/bin"],
      timeout: .seconds(60))
    _ = try await run(checked: command)
    return directory
  }
}
