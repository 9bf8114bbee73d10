import TestSupport

extension TarMaker {
  /// The `pyproject.toml` of the package `tiny`; `requires` are the items of TOML's array.
  mutating func addProject(requires: String, backend: String) {
    addFile(
      "tiny-1.0/pyproject.toml",
      """
      [build-system]
      requires = [\(requires)]
      build-backend = "\(backend)"
      [project]
      name = "tiny"
      version = "1.0"

      """)
  }
}
