import Model
import SystemPackage
import Testing

@testable import ConfigMerge

@Suite("The JSON Schema and the documentation")
struct JSONSchemaTests {
  @Test("the schema is JSON that describes every known key")
  func keys() throws {
    var described: Set<String> = []
    let schemas = [
      jsonSchema(), moduleConfigurationJSONSchema(), moduleJSONSchema(), buildRecipeJSONSchema(),
    ]
    for text in schemas {
      let schema = try Node.parse(json: Array(text.utf8), file: "schema")
      #expect(
        schema.entries.first { $0.key == "$schema" }?.value.string
          == "https://json-schema.org/draft/2020-12/schema")
      collect(schema, into: &described)
    }
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

  @Test(
    "docs/config.md and docs/modules.md have every key that their files know",
    arguments: [("docs/config.md", false), ("docs/modules.md", true)])
  func documentation(page: String, isOfModules: Bool) throws {
    let root = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    let text = String(decoding: try readFile(root.appending(page)), as: UTF8.self)
    let schema = isOfModules ? moduleJSONSchema() : jsonSchema()
    var known: Set<String> = []
    collect(try Node.parse(json: Array(schema.utf8), file: "schema"), into: &known)
    for key in known { #expect(text.contains(key), "\(key)") }
    for key in isOfModules ? KnownKeys.manifestPaths : KnownKeys.paths {
      #expect(text.contains("`\(key)`"), "\(key)")
    }
  }
}
