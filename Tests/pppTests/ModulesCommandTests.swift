import FoundationEssentials
import Model
import TestSupport
import Testing

@testable import ppp

@Suite("ppp modules")
struct ModulesCommandTests {
  @Test("list shows the workspace's modules before those of other sources, of which the first counts")
  func list() async throws {
    let files = ModuleFiles.sales.at("modules/sales").merging(
      ModuleFiles.report.at("more/report").merging(ModuleFiles.sales.version("2.0").at("more/sales")) { $1 }
    ) { $1 }
    try await inScene(files.merging(["shared-config.json": #"{"modules": {"sources": ["more"]}}"#]) { $1 }) {
      scene in
      let ending = try await scene.run("modules", "list")
      #expect(
        ending.output
          == """
          module  version  source   summary
          report  1.0.0    more     Report what was sold
          sales   1.0.0    modules  Sum sales, product by product

          """)
      #expect((ending.status, ending.errors) == (0, ""))
      let json = try await scene.run("modules", "list", "--format", "json")
      let names = try JSONDecoder().decode([Name].self, from: Data(json.output.utf8)).map(\.name)
      #expect(names == ["report", "sales"])
    }
  }

  private struct Name: Decodable { let name: String }

  @Test("search finds by words in names, summaries, inputs and outputs")
  func search() async throws {
    let files = ModuleFiles.sales.at("lib/sales").merging(ModuleFiles.report.at("lib/report")) { $1 }
    try await inScene(files) { scene in
      let found = try await scene.run("modules", "search", "totals.csv", "--from", "lib")
      #expect(found.status == 0)
      #expect(found.output.split(separator: "\n").count == 3, "\(found)")
      let one = try await scene.run("modules", "search", "product", "by", "--from", "lib")
      #expect(one.output.contains("sales") && !one.output.contains("report"), "\(one)")
      let none = try await scene.run("modules", "search", "weather", "--from", "lib")
      #expect(none.status == 1)
      #expect(none.errors == "no module has 'weather' in it; 'ppp modules list' shows them all\n")
    }
  }

  @Test("show says first what a module takes and gives, then its options and what it needs")
  func show() async throws {
    let files = ModuleFiles.sales.at("lib/sales").merging(ModuleFiles.report.at("lib/report")) { $1 }
    try await inScene(files) { scene in
      let sales = try await scene.run("modules", "show", "sales", "--from", "lib")
      #expect(
        sales.output == """
          sales 1.0.0
          Sum sales, product by product

          takes    sales.csv       one row a sale: product, units
          gives    totals.csv      one row a product
          options  unit=piece|box  what is counted; piece unless you say otherwise
          uses     six>=1.16, tomli (unit=box)
          python   >=3.11
          source   lib

          add it: ppp add module sales

          """, "\(sales)")
      let report = try await scene.run("modules", "show", "report@1.0", "--from", "lib")
      #expect(report.output.contains("options  title=TEXT  what stands above; to be given\n"), "\(report)")
      #expect(report.output.contains("needs    sales>=1\n"))
      #expect(report.output.hasSuffix("add it: ppp add module report --option title=TEXT\n"))
      let json = try await scene.run("modules", "show", "sales", "--from", "lib", "--format", "json")
      #expect(json.output.contains("\"inputs\""))
    }
  }

  @Test("what is wrong is said with the nearest name, and misuse of the command line is misuse")
  func wrong() async throws {
    try await inScene(ModuleFiles.sales.at("lib/sales")) { scene in
      let unknown = try await scene.run("modules", "show", "sale", "--from", "lib")
      #expect(unknown.errors == "error: there is no module 'sale'\n  hint: did you mean 'sales'?\n")
      #expect(unknown.status == 1)
      let version = try await scene.run("modules", "show", "sales@2", "--from", "lib")
      #expect(version.errors == "error: there is no 'sales@2'\n  hint: there is 1.0.0\n")
      let keyword = try await scene.run("modules", "show", "class", "--from", "lib")
      #expect(keyword.status == 64)
      #expect(keyword.errors.contains("it is a Python keyword"))
      let nowhere = try await scene.run("modules", "list")
      #expect(
        nowhere.errors.hasPrefix(
          "error: there is no module source at '\(scene.workspace)'\n  hint: name one with --from"))
      #expect(nowhere.status == 64)
      let missing = try await scene.run("modules", "show", "sales", "--from", "nothing")
      #expect(missing.errors.hasPrefix("error: the source 'nothing' is not there"))
    }
  }

  @Test("a wrong source in the configuration is told with its place")
  func wrongSource() async throws {
    try await inScene(["shared-config.json": #"{"modules": {"sources": ["ssh://x/y"]}}"#]) { scene in
      let ending = try await scene.run("modules", "list")
      #expect(ending.status == 2)
      #expect(ending.errors.hasPrefix("shared-config.json:1:26: error: "), "\(ending)")
    }
  }

  @Test("a wrong manifest is told with its place and hides no other module")
  func wrongManifest() async throws {
    let files = ModuleFiles.sales.at("lib/sales").merging(["lib/bad/module.json": "{\n  \"nam\": \"bad\"\n}"])
    { $1 }
    try await inScene(files) { scene in
      let ending = try await scene.run("modules", "list", "--from", "lib")
      #expect(ending.status == 0)
      #expect(ending.output.contains("\nsales "))
      #expect(ending.errors.contains("lib/bad/module.json:2:3: error: unknown key 'nam'"), "\(ending)")
      let asked = try await scene.run("modules", "show", "bad", "--from", "lib")
      #expect(asked.status == 2)
    }
  }
}
