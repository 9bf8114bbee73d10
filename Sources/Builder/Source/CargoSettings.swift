import Model
import SystemPackage
import TOMLKit

/// What a configuration of cargo's says: a source's own, in its `.cargo`, or the user's.
struct CargoSettings {
  private let table: TOMLTable

  /// Reads the `config.toml` in a folder; empty where there is none.
  ///
  /// - Throws: `TOMLParseError`.
  init(in folder: FilePath) throws {
    let places = ["config.toml", "config"].map { folder.appending($0) }
    let place = places.first { FileStatus(of: $0) != nil }
    table = try TOMLTable(string: String(decoding: place.map { try readFile($0) } ?? [], as: UTF8.self))
  }

  /// Whether it has its crates with it: a folder that stands in for crates.io.
  var bringsCrates: Bool {
    guard let sources = table["source"]?.table,
      let name = sources["crates-io"]?.table?["replace-with"]?.string, let source = sources[name]?.table
    else { return false }
    return source["directory"]?.string != nil || source["local-registry"]?.string != nil
  }

  /// Where crates come from, as a configuration of its own, without what gives access there.
  var sources: String {
    let kept = TOMLTable()
    if let sources = table["source"]?.table { kept["source"] = sources }
    let registries = TOMLTable()
    for (name, registry) in table["registries"]?.table ?? TOMLTable() {
      if let index = registry.table?["index"]?.string { registries[name] = TOMLTable(["index": index]) }
    }
    kept["registries"] = registries
    return kept.convert(to: .toml)
  }

  /// Its flags for rustc; nil where they depend on more than the target, so that only cargo can tell.
  ///
  /// Given to cargo in so many words they keep those of the user's own configuration out.
  func flags(for target: String) -> [String]? {
    let targets = table["target"]?.table
    let isConditional = targets?.keys.contains { key in
      key.hasPrefix("cfg(") && targets?[key]?.table?["rustflags"] != nil
    }
    guard isConditional != true else { return nil }
    let flags = targets?[target]?.table?["rustflags"] ?? table["build"]?.table?["rustflags"]
    if let text = flags?.string { return text.split(separator: " ").map(String.init) }
    return flags?.array?.compactMap(\.string) ?? []
  }
}
