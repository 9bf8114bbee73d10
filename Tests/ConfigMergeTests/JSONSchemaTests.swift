import Model
import SystemPackage
import Testing

@testable import ConfigMerge

@Suite("The JSON Schema and the documentation")
struct JSONSchemaTests {
  @Test("the schema is JSON that describes every known key")
  func keys() throws {
    let schema = try Node.parse(json: Array(jsonSchema().utf8), file: "schema")
    #expect(
      schema.entries.first { $0.key == "$schema" }?.value.string
        == "https://json-schema.org/draft/2020-12/schema")
    var described: Set<String> = []
    collect(schema, into: &described)
    #expect(described == Set(Key.allCases.map(\.rawValue)))
  }

  /// Gathers the names of all properties that have a description.
  private func collect(_ node: Node, into names: inout Set<String>) {
    for entry in node.entries {
      if entry.key == "properties" {
        for property in entry.value.entries
        where property.value.entries.contains(where: { $0.key == "description" }) {
          names.insert(property.key)
        }
      }
      collect(entry.value, into: &names)
    }
    for element in node.elements { collect(element, into: &names) }
  }

  @Test("docs/config.md has every known key")
  func documentation() throws {
    let root = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    let text = String(decoding: try readFile(root.appending("docs/config.md")), as: UTF8.self)
    for key in Key.allCases { #expect(text.contains(key.rawValue), "\(key.rawValue)") }
    for key in KnownKeys.paths { #expect(text.contains("`\(key)`"), "\(key)") }
  }
}
