import FoundationEssentials
import Model
import Modules
import Processes
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// The table of templates, held to the real Jinja.
@Suite(.enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)))
struct JinjaPeerTests {
  @Test("Jinja makes the same of every template in the table")
  func agrees() async throws {
    let script = """
      import json, sys
      import jinja2
      environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
                                       undefined=jinja2.StrictUndefined)
      values = dict(name="demand-classes", package="demand_classes", type="loglog", fast=True, slow=False,
                    count=3, rate=0.5, huge=1.5e16, tiny=0.00001, text='a <b> "c"')
      templates = json.load(sys.stdin)
      print(json.dumps([environment.from_string(template).render(**values) for template in templates]))
      """
    let templates = TemplateTable.cases.map(\.template)
    let result = try await Peers.run(
      "python", ["-c", script], in: "/tmp", input: Array(JSONEncoder().encode(templates)))
    let texts = try JSONDecoder().decode([String].self, from: Data(result.output))
    for (entry, text) in zip(TemplateTable.cases, texts) {
      #expect(Array(entry.text.utf8) == Array(text.utf8), "\(entry.template.debugDescription)")
    }
    #expect(texts.count == TemplateTable.cases.count)
  }
}
