import Model
import Processes
import SystemPackage
import TestSupport

/// Sources of a package `tiny` that is compiled against numpy, whose module says what numpy's headers say.
enum NumpyScene: String, CaseIterable {
  case setuptools, cython, cmake, meson

  private static let module = """
    #define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
    #include <Python.h>
    #include <numpy/arrayobject.h>
    #define WORD(x) #x
    #define VALUE(x) WORD(x)
    const char seen[] __attribute__((used)) = "numpy's long " VALUE(NPY_SIZEOF_LONG) ", long double " VALUE(NPY_SIZEOF_LONGDOUBLE) ".";
    _Static_assert(sizeof(long) == NPY_SIZEOF_LONG, "another platform's headers");
    static PyObject *answer(PyObject *self, PyObject *none) {
      npy_intp count = 42;
      return PyArray_ZEROS(1, &count, NPY_LONG, 0);
    }
    static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {0}};
    static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tiny", "", -1, methods};
    PyMODINIT_FUNC PyInit_tiny(void) {
      import_array();
      return PyModule_Create(&module);
    }

    """

  var source: [UInt8] {
    var tar = TarMaker()
    func add(_ name: String, _ text: String) { tar.addFile("tiny-1.0/\(name)", text) }
    func addProject(_ requires: String, _ backend: String) {
      tar.addProject(requires: "\"numpy>=2,<3\", \(requires)", backend: backend)
    }
    if self != .cython { add("tiny.c", Self.module) }
    switch self {
    case .setuptools, .cython:
      addProject(#""setuptools>=70", "cython>=3""#, "setuptools.build_meta")
      if self == .cython { add("tiny.pyx", Self.cythonModule) }
      add(
        "setup.py",
        """
        import numpy
        from setuptools import setup, Extension
        setup(ext_modules=[Extension("tiny", ["tiny.\(self == .cython ? "pyx" : "c")"], include_dirs=[numpy.get_include()])])

        """)
    case .cmake:
      addProject(#""scikit-build-core>=0.10""#, "scikit_build_core.build")
      add(
        "CMakeLists.txt",
        """
        cmake_minimum_required(VERSION 3.18)
        project(tiny LANGUAGES C)
        find_package(Python REQUIRED COMPONENTS Interpreter Development.Module NumPy)
        python_add_library(tiny MODULE tiny.c WITH_SOABI)
        target_link_libraries(tiny PRIVATE Python::NumPy)
        install(TARGETS tiny DESTINATION .)

        """)
    case .meson:
      addProject(#""meson-python""#, "mesonpy")
      add(
        "meson.build",
        """
        project('tiny', 'c', version: '1.0')
        py = import('python').find_installation(pure: false)
        py.extension_module('tiny', 'tiny.c', dependencies: [py.dependency(), dependency('numpy')], install: true)

        """)
    }
    return tar.bytes
  }

  private static let cythonModule = """
    cimport numpy
    import numpy as np
    numpy.import_array()
    cdef extern from *:
        \"\"\"
        #define WORD(x) #x
        #define VALUE(x) WORD(x)
        const char seen[] __attribute__((used)) = "numpy's long " VALUE(NPY_SIZEOF_LONG) ", long double " VALUE(NPY_SIZEOF_LONGDOUBLE) ".";
        \"\"\"
    def answer():
        return np.zeros(42, dtype=np.int64)

    """

  /// What a module says of the headers that it was compiled with.
  static func words(of module: FilePath) throws -> String? {
    String(decoding: try readFile(module), as: UTF8.self).firstMatch(
      of: #/numpy's (long [0-9]+, long double [0-9]+)\./#
    ).map { String($0.1) }
  }

  /// How long the array is that the module makes, when a Python for aarch64 runs it with that one's numpy.
  static func answer(in place: FilePath, minorVersion: String) async throws -> String {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      try await Peers.run(
        "uv",
        [
          "pip", "install", "--quiet", "--target", directory.string, "--only-binary", ":all:",
          "--python-version",
          minorVersion, "--python-platform", "aarch64-manylinux_2_28", "numpy>=2,<3",
        ], in: directory)
      let system = Peers.program("rustc").removingLastComponent().removingLastComponent().appending("foreign")
      let command = Command(
        Peers.program("qemu-aarch64-static"),
        [
          "-L", system.string, "\(system)/usr/bin/python\(minorVersion)", "-I", "-c",
          "import sys; sys.path[:0] = sys.argv[1:]; import tiny; print(len(tiny.answer()))", place.string,
          directory.string,
        ], environment: ["OPENBLAS_NUM_THREADS": "1"], timeout: .seconds(300))
      return try await run(checked: command).text
    }
  }
}
