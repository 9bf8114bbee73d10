import Model
import SystemPackage
import TOMLKit

/// What a source says about building it: the `[build-system]` of its `pyproject.toml` (PEP 518).
///
/// Without one the backend is setuptools in its old manner, which needs a `setup.py`.
struct BuildSystem: Equatable {
  let requires: [String]
  /// `MODULE` or `MODULE:OBJECT`.
  let backend: String
  /// Folders in the source to import the backend from.
  let backendPath: [String]

  static let legacy = (backend: "setuptools.build_meta:__legacy__", requires: ["setuptools>=40.8.0"])

  /// - Throws: `TOMLParseError`.
  init(projectFile bytes: [UInt8]) throws {
    let table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))["build-system"]?.table
    func strings(_ key: String) -> [String]? { table?[key]?.array?.compactMap(\.string) }
    requires = strings("requires") ?? Self.legacy.requires
    backend = table?["build-backend"]?.string ?? Self.legacy.backend
    backendPath = strings("backend-path") ?? []
  }

  /// Whether it says that it needs Rust.
  var usesRust: Bool {
    backend.hasPrefix("maturin")
      || requires.contains { text in
        ["maturin", "setuptools-rust"].contains { text.lowercased().hasPrefix($0) }
      }
  }

  /// Whether the backend compiles with more than one process at a time when told to.
  ///
  /// `requirements` are what the build environment has: the source's own, or a rule's or recipe's in their place.
  func isParallel(requiring requirements: [String]) -> Bool {
    let names = ["scikit_build_core", "mesonpy", "maturin", "skbuild", "py_build_cmake"]
    return names.contains { backend.hasPrefix($0) }
      || requirements.contains { text in
        ["cmake", "ninja", "setuptools-rust"].contains { text.lowercased().hasPrefix($0) }
      }
  }
}
