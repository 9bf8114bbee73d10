import Model
import SystemPackage
import TestSupport

@testable import Builder

/// Sources of a package `tiny` written in Rust, whose module has `answer()`.
enum RustScene: String, CaseIterable {
  case maturin, setuptools

  /// A crate with Python's C interface, as far as it is used here; named so that maturin takes what depends on it for
  /// a Python module.
  static let binding = """
    #![allow(non_snake_case)]
    use std::os::raw::*;
    #[repr(C)] pub struct Method {
        pub name: *const c_char, pub call: Option<extern "C" fn(*mut c_void, *mut c_void) -> *mut c_void>,
        pub flags: c_int, pub doc: *const c_char }
    #[repr(C)] pub struct Module {
        pub base: [isize; 5], pub name: *const c_char, pub doc: *const c_char, pub size: isize,
        pub methods: *mut Method, pub rest: [*mut c_void; 4] }
    extern "C" {
        pub fn PyLong_FromLong(value: c_long) -> *mut c_void;
        pub fn PyModule_Create2(module: *mut Module, version: c_int) -> *mut c_void;
    }

    """

  private static let library = """
    use pyo3_ffi::*;
    use std::os::raw::*;
    use std::ptr::null_mut;
    extern "C" fn answer(_: *mut c_void, _: *mut c_void) -> *mut c_void {
        let sum = std::panic::catch_unwind(|| {
            if std::env::args().count() > 999 { panic!() }
            (0..7).map(|x| x * 2).collect::<Vec<c_long>>().iter().sum()
        });
        unsafe { PyLong_FromLong(sum.unwrap_or(0)) }
    }
    #[no_mangle] pub extern "C" fn PyInit_tiny() -> *mut c_void {
        let text = |text: &'static [u8]| text.as_ptr() as *const c_char;
        let methods = Box::leak(Box::new([
            Method { name: text(b"answer\\0"), call: Some(answer), flags: 4, doc: text(b"\\0") },
            Method { name: null_mut(), call: None, flags: 0, doc: null_mut() }]));
        let module = Box::leak(Box::new(Module {
            base: [1, 0, 0, 0, 0], name: text(b"tiny\\0"), doc: text(b"\\0"), size: -1,
            methods: methods.as_mut_ptr(), rest: [null_mut(); 4] }));
        unsafe { PyModule_Create2(module, 1013) }
    }

    """

  /// `crates` says where the crate is: in the source, or somewhere that cargo has to know.
  func source(crates: String = "{ path = \"binding\" }", locked lock: String? = nil) -> [UInt8] {
    var tar = TarMaker()
    func add(_ name: String, _ text: String) { tar.addFile("tiny-1.0/\(name)", text) }
    let requires = self == .maturin ? #""maturin>=1.10,<2""# : #""setuptools>=70", "setuptools-rust>=1.10""#
    let backend = self == .maturin ? "maturin" : "setuptools.build_meta"
    add("PKG-INFO", "Metadata-Version: 2.2\nName: tiny\nVersion: 1.0\n")
    add(
      "pyproject.toml",
      """
      [build-system]
      requires = [\(requires)]
      build-backend = "\(backend)"
      [project]
      name = "tiny"
      version = "1.0"
      [[tool.setuptools-rust.ext-modules]]
      target = "tiny"
      binding = "NoBinding"

      """)
    add(
      "Cargo.toml",
      """
      [package]
      name = "tiny"
      version = "1.0.0"
      edition = "2021"
      [lib]
      crate-type = ["cdylib"]
      [dependencies]
      pyo3-ffi = \(crates)

      """)
    add("src/lib.rs", Self.library)
    if let lock { add("Cargo.lock", lock) }
    if crates.contains("path") {
      add("binding/Cargo.toml", Self.bindingManifest)
      add("binding/src/lib.rs", Self.binding)
    }
    return tar.bytes
  }

  static let bindingManifest = "[package]\nname = \"pyo3-ffi\"\nversion = \"0.20.0\"\nedition = \"2021\"\n"
}
