import ConfigMerge
import Model
import Modules
import Testing

@Suite("Template")
struct TemplateTests {
  @Test("a template makes what Jinja makes of it", arguments: TemplateTable.cases)
  func renders(template: String, text: String) throws {
    let rendered = try Template(Array(template.utf8), file: "a.txt").render(TemplateTable.variables)
    #expect(Array(rendered.utf8) == Array(text.utf8))
  }

  @Test("values that look like tags stay what they are")
  func valuesAreNotTemplates() throws {
    let variables = TemplateVariables(["name": .text("{{ x }}{% if %}")])
    #expect(try Template(Array("{{ name }}".utf8), file: "a").render(variables) == "{{ x }}{% if %}")
  }
}

@Suite("Template errors")
struct TemplateErrorTests {
  @Test(
    "what is wrong is told at its place, with what to do",
    arguments: [
      ("a\n  {{ nam }}", "2:6", "there is no variable 'nam'", "did you mean 'name'?"),
      ("{% if slow %}{{ tpye }}{% endif %}", "1:17", "there is no variable 'tpye'", "did you mean 'type'?"),
      ("{{ }}", "1:1", "something is missing here", "write a variable, or a text in quotes"),
      ("ä{{ name", "1:2", "the '{{' is not closed", "end it with '}}'"),
      ("{{ name | upper }}", "1:9", "filters are not known", "a variable stands alone between '{{' and '}}'"),
      ("{{ name.x }}", "1:8", "'.' cannot stand here", "a variable stands alone between '{{' and '}}'"),
      ("\n{% if fast %}x", "2:1", "the block 'if' is not closed", "end it with '{% endif %}'"),
      ("{% if fast %}{% raw %}", "1:14", "the block 'raw' is not closed", "end it with '{% endraw %}'"),
      ("{# x", "1:1", "the comment is not closed", "end it with '#}'"),
      (
        "{% for x in y %}", "1:4", "there is no block 'for'",
        "the blocks are if, elif, else, endif, raw, endraw"
      ),
      ("{% esle %}", "1:4", "there is no block 'esle'", "did you mean 'else'?"),
      (
        "{% endif %}", "1:4", "'endif' without a block to belong to", "remove it, or open the block before it"
      ),
      (
        "{% if fast %}{% else %}{% else %}{% endif %}", "1:27", "'else' cannot follow 'else'",
        "put 'else' last"
      ),
      ("{% if fast %}{% else if slow %}{% endif %}", "1:22", "'if' cannot stand here", "write 'elif'"),
      ("{% if type == 'loglgo' %}{% endif %}", "1:15", "'type' is never 'loglgo'", "did you mean 'loglog'?"),
      (
        "{% if type %}{% endif %}", "1:7", "this is a text, not true or false",
        "compare it, as in {% if type == \"linear\" %}"
      ),
      (
        "{% if count == '3' %}{% endif %}", "1:16", "a number is never equal to a text",
        "texts stand in quotes; numbers, true and false do not"
      ),
      ("{% if (fast %}{% endif %}", "1:7", "the '(' is not closed", "close it with ')'"),
      (
        "{% if fast = true %}{% endif %}", "1:12", "'=' cannot stand here",
        "conditions are made of ==, !=, not, and, or, and parentheses"
      ),
      (
        "{% if fast == slow == fast %}{% endif %}", "1:20", "comparisons in a row are not known",
        "join two with 'and'"
      ),
      ("{{ 'x }}", "1:4", "the string is not closed", "end it with '"),
      ("{{ 0x1F }}", "1:4", "this number is not understood", "write it as 12 or 0.5"),
      ("{{ 'a\\x' }}", "1:6", "this escape is not known", #"known are \\, \", \', \n and \t"#),
      ("{% %}", "1:1", "a block needs a name", "the blocks are if, elif, else, endif, raw, endraw"),
    ])
  func places(template: String, place: String, problem: String, hint: String) {
    let error = #expect(throws: TemplateError.self) {
      try Template(Array(template.utf8), file: "a.txt").render(TemplateTable.variables)
    }
    #expect(error?.position?.description == "a.txt:\(place)")
    #expect(error?.description == problem)
    #expect(error?.hint == hint)
  }

  @Test("every error of a value in a file is at that value's place")
  func valuePlace() throws {
    let position = SourcePosition(file: "module.json", line: 7, column: 12)
    let error = #expect(throws: TemplateError.self) {
      try Template("src/{{ pakage }}", at: position).render(TemplateTable.variables)
    }
    #expect(error == .unknownVariable("pakage", at: position, known: TemplateTable.values.keys.sorted()))
  }
}

@Suite("Hostile templates")
struct HostileTemplateTests {
  private func template(_ bytes: [UInt8]) throws -> Template { try Template(bytes, file: "a.txt") }

  @Test("bytes that are no text are refused where they stand")
  func notText() {
    let place = SourcePosition(file: "a.txt", line: 2, column: 3)
    #expect(throws: TemplateError.notText(at: place)) {
      try self.template(Array("x\nab".utf8) + [0xFF, 0x41])
    }
    #expect(throws: TemplateError.notText(at: place)) { try self.template(Array("x\nab\0c".utf8)) }
  }

  @Test("a template that makes more text than anybody reads is refused")
  func bomb() throws {
    let template = try template(Array(String(repeating: "{{ name }}", count: 1000).utf8))
    let variables = TemplateVariables(["name": .text(String(repeating: "x", count: 100_000))])
    #expect(throws: TemplateError.tooLarge(file: "a.txt", limit: 16 << 20)) {
      try template.render(variables)
    }
  }

  @Test(
    "nesting has an end",
    arguments: [
      String(repeating: "{% if fast %}", count: 10_000),
      "{% if " + String(repeating: "(", count: 10_000) + "fast %}",
      "{% if " + String(repeating: "not ", count: 10_000) + "fast %}{% endif %}",
    ])
  func nesting(text: String) {
    let error = #expect(throws: TemplateError.self) { try self.template(Array(text.utf8)) }
    #expect(error?.description.contains("nested too deeply") == true)
  }
}
