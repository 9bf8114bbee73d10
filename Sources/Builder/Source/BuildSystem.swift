import Model
import TOMLKit

/// A `pyproject.toml` whose `[build-system]` can be changed (PEP 518); without one the backend is setuptools.
struct BuildSystem {
  private let table: TOMLTable

  /// - Throws: `TOMLParseError`.
  init(projectFile bytes: [UInt8]) throws {
    table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
  }

  var requires: [String] {
    get { table["build-system"]?.table?["requires"]?.array?.compactMap(\.string) ?? [] }
    set {
      let system = table["build-system"]?.table ?? TOMLTable()
      system["requires"] = TOMLArray(newValue)
      table["build-system"] = system
    }
  }

  var text: String { table.convert(to: .toml) }
}
