import Binaries
import Foundation
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// Sources whose build backends come from the package index, compiled for linux-aarch64.
@Suite(
  "Build backends, for another platform",
  .enabled(
    if: Peers.areWanted && SourceScene.python != nil
      && SourceScene.hasZig))
struct CrossBuildPeerTests {
  @Test("setuptools, Cython, CMake and Meson compile for the other platform", arguments: Backend.allCases)
  func backend(_ backend: Backend) async throws {
    try await SourceScene.with { scene in
      try await scene.withWheelForARM(of: backend.source) { directory in
        let name = try #require(try listDirectory(directory).first { $0.hasPrefix("tiny.") })
        guard case .elf(let file) = try NativeFile.inspect(directory.appending(name)) else {
          Issue.record("no ELF file")
          return
        }
        #expect(file.machine == .aarch64 && name.hasSuffix("-aarch64-linux-gnu.so"))
      }
    }
  }

  @Test("mypyc compiles Python for the other platform")
  func mypyc() async throws {
    var tar = TarMaker()
    tar.addFile(
      "tiny-1.0/pyproject.toml",
      """
      [build-system]
      requires = ["setuptools>=70", "mypy[mypyc]==1.11.2"]
      build-backend = "setuptools.build_meta"
      [project]
      name = "tiny"
      version = "1.0"

      """)
    tar.addFile("tiny-1.0/tiny.py", "def answer() -> int:\n    return sum(range(7)) * 2\n")
    tar.addFile(
      "tiny-1.0/setup.py",
      """
      from mypyc.build import mypycify
      from setuptools import setup
      setup(py_modules=[], ext_modules=mypycify(["tiny.py"]))

      """)
    try await SourceScene.with { scene in
      try await scene.withWheelForARM(of: tar.bytes) { directory in
        let name = try #require(try listDirectory(directory).first { $0.hasPrefix("tiny.cpython") })
        guard case .elf(let file) = try NativeFile.inspect(directory.appending(name)) else {
          Issue.record("no ELF file")
          return
        }
        #expect(file.machine == .aarch64)
      }
    }
  }

  @Test("an optional extension that can't be compiled is an error, not a wheel without it")
  func optional() async throws {
    try await SourceScene.with { scene in
      try scene.lock(Backend.setuptools.source(code: "#error no luck\n"))
      let problem = try await scene.problem()
      #expect(problem.message.contains("without 'tiny', which could not be compiled"))
      #expect(problem.message.contains("no luck"))
    }
  }

  enum Backend: String, CaseIterable {
    case setuptools, cython, cmake, meson

    var source: [UInt8] { source(code: "") }

    func source(code: String) -> [UInt8] {
      var tar = TarMaker()
      let c = """
        \(code)#include <Python.h>
        static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tiny", "", -1, 0};
        PyMODINIT_FUNC PyInit_tiny(void) { return PyModule_Create(&module); }

        """
      func add(_ name: String, _ text: String) { tar.addFile("tiny-1.0/\(name)", text) }
      if self != .cython { add("tiny.c", c) }
      switch self {
      case .setuptools:
        tar.addProject(requires: #""setuptools>=70""#, backend: "setuptools.build_meta")
        add(
          "setup.py",
          "from setuptools import setup, Extension\nsetup(ext_modules=[Extension('tiny', ['tiny.c'], optional=True)])\n"
        )
      case .cython:
        tar.addProject(requires: #""setuptools>=70", "cython>=3""#, backend: "setuptools.build_meta")
        add("tiny.pyx", "def answer():\n    return 42\n")
        add(
          "setup.py",
          "from setuptools import setup, Extension\nsetup(ext_modules=[Extension('tiny', ['tiny.pyx'])])\n")
      case .cmake:
        tar.addProject(requires: #""scikit-build-core>=0.10""#, backend: "scikit_build_core.build")
        add(
          "CMakeLists.txt",
          """
          cmake_minimum_required(VERSION 3.18)
          project(tiny LANGUAGES C)
          find_package(Python REQUIRED COMPONENTS Interpreter Development.Module)
          python_add_library(tiny MODULE tiny.c WITH_SOABI)
          install(TARGETS tiny DESTINATION .)

          """)
      case .meson:
        tar.addProject(requires: #""meson-python""#, backend: "mesonpy")
        add(
          "meson.build",
          """
          project('tiny', 'c', version: '1.0')
          py = import('python').find_installation(pure: false)
          py.extension_module('tiny', 'tiny.c', dependencies: py.dependency(), install: true)

          """)
      }
      return tar.bytes
    }
  }
}
