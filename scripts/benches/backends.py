"""Small sources of an extension module, one for each build backend."""

import gzip
import io
import tarfile

C = """#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *none) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, __FILE__}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tiny", "", -1, methods};
PyMODINIT_FUNC PyInit_tiny(void) { return PyModule_Create(&module); }
"""
SETUP = "from setuptools import setup, Extension\nsetup(ext_modules=[Extension('tiny', ['{}'])])\n"
CMAKE = """cmake_minimum_required(VERSION 3.18)
project(tiny LANGUAGES C)
find_package(Python REQUIRED COMPONENTS Interpreter Development.Module)
python_add_library(tiny MODULE tiny.c WITH_SOABI)
install(TARGETS tiny DESTINATION .)
"""
MESON = """project('tiny', 'c', version: '1.0')
py = import('python').find_installation(pure: false)
py.extension_module('tiny', 'tiny.c', dependencies: py.dependency(), install: true)
"""
CARGO = """[package]
name = "tiny"
version = "1.0.0"
edition = "2021"
[lib]
crate-type = ["cdylib"]
[dependencies]
pyo3-ffi = { path = "binding" }
"""
#: As much of Python's C interface as it takes: the real crate would be a download from another registry.
BINDING = """use std::os::raw::*;
#[repr(C)] pub struct Module {
    pub base: [isize; 5], pub name: *const c_char, pub doc: *const c_char, pub size: isize, pub rest: [*mut c_void; 5],
}
extern "C" { pub fn PyModule_Create2(module: *mut Module, version: c_int) -> *mut c_void; }
"""
RUST = r"""use pyo3_ffi::*;
use std::os::raw::*;
use std::ptr::null_mut;
#[no_mangle] pub extern "C" fn PyInit_tiny() -> *mut c_void {
    let module = Box::leak(Box::new(Module {
        base: [1, 0, 0, 0, 0], name: b"tiny\0".as_ptr() as *const c_char, doc: b"\0".as_ptr() as *const c_char,
        size: -1, rest: [null_mut(); 5] }));
    unsafe { PyModule_Create2(module, 1013) }
}
"""
CRATES = {
    "Cargo.toml": CARGO, "src/lib.rs": RUST, "binding/src/lib.rs": BINDING,
    "binding/Cargo.toml": "[package]\nname = \"pyo3-ffi\"\nversion = \"0.20.0\"\nedition = \"2021\"\n",
}

#: What is required, the backend, and files.
BACKENDS = {
    "setuptools": (["setuptools>=70"], "setuptools.build_meta", {"tiny.c": C, "setup.py": SETUP.format("tiny.c")}),
    "cython": (["setuptools>=70", "cython>=3"], "setuptools.build_meta",
               {"tiny.pyx": "def answer():\n    return 42\n", "setup.py": SETUP.format("tiny.pyx")}),
    "scikit-build-core": (["scikit-build-core>=0.10"], "scikit_build_core.build",
                          {"tiny.c": C, "CMakeLists.txt": CMAKE}),
    "meson-python": (["meson-python"], "mesonpy", {"tiny.c": C, "meson.build": MESON}),
    "maturin": (["maturin>=1.10,<2"], "maturin", CRATES),
    "setuptools-rust": (["setuptools>=70", "setuptools-rust>=1.10"], "setuptools.build_meta", CRATES),
}


def archive(name, directory):
    """Writes the source distribution `tiny_NAME-1.0.tar.gz`, the same bytes each time, and gives its path."""
    requires, backend, files = BACKENDS[name]
    stem = f"tiny_{name.replace('-', '_')}-1.0"
    project = (f"[build-system]\nrequires = {requires}\nbuild-backend = \"{backend}\"\n"
               f"[project]\nname = \"tiny-{name}\"\nversion = \"1.0\"\n")
    if name == "setuptools-rust":
        project += "[[tool.setuptools-rust.ext-modules]]\ntarget = \"tiny\"\nbinding = \"NoBinding\"\n"
    if name == "maturin":
        project += "[tool.maturin]\nmodule-name = \"tiny\"\n"
    metadata = f"Metadata-Version: 2.2\nName: tiny-{name}\nVersion: 1.0\n"
    path = directory / f"{stem}.tar.gz"
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed, \
            tarfile.open(fileobj=packed, mode="w") as tar:
        for file, text in {**files, "pyproject.toml": project, "PKG-INFO": metadata}.items():
            entry = tarfile.TarInfo(f"{stem}/{file}")
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    return path
