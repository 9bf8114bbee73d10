import Model
import Testing

@testable import Wheels

struct CoreMetadataTests {
  @Test("fields are read whatever their letter case, and the body is not")
  func reading() throws {
    let text = """
      Metadata-Version: 2.4
      name: Foo.Bar
      Version: 1.0
      Summary: one
      License: MIT License
              and more
      Classifier: License :: OSI Approved :: Apache Software License
      Requires-Dist: a>=1
      Requires-Dist: b; extra == "x"
      Requires-Python: >=3.9

      Name: other
      """
    let metadata = try parse(text)
    #expect(metadata.displayName == "Foo.Bar")
    #expect(metadata.name.normalized == "foo-bar")
    #expect(metadata.version == "1.0")
    #expect(metadata.license == "MIT License")
    #expect(metadata.requiresDist == ["a>=1", "b; extra == \"x\""])
    #expect(metadata.requiresPython == ">=3.9")
  }

  @Test(
    "the licence is the expression, else the field that names one, else the classifiers, else the field",
    arguments: [
      ("License-Expression: MIT OR Apache-2.0\nLicense: x\n", "MIT OR Apache-2.0"),
      ("License: UNKNOWN\nClassifier: License :: OSI Approved :: BSD License\n", "BSD License"), ("", nil),
      (
        "License: Copyright (c) Somebody\n  All rights\nClassifier: License :: OSI Approved :: BSD License\n",
        "BSD License"
      ), ("License: Copyright (c) Somebody\n", "Copyright (c) Somebody"),
    ] as [(String, String?)])
  func license(fields: String, license: String?) throws {
    #expect(try parse("Name: a\nVersion: 1\n\(fields)").license == license)
  }

  @Test(
    "without a name or a version it is refused",
    arguments: ["Version: 1\n", "Name: a\n", "Name: -\nVersion: 1\n", ""])
  func refusal(text: String) {
    #expect(throws: WheelError.self) { try parse(text) }
  }

  @Test("only version 1.x of the wheel format is known")
  func formatVersion() throws {
    let pure = try WheelDescription(
      parsing: "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n", wheel: "w", file: "WHEEL")
    #expect(pure.isPureLibrary)
    for text in ["Wheel-Version: 2.0\n", "Wheel-Version: 1\u{661}\n", "Generator: x\n"] {
      #expect(throws: WheelError.self) { try WheelDescription(parsing: text, wheel: "w", file: "WHEEL") }
    }
  }

  private func parse(_ text: String) throws -> CoreMetadata {
    try CoreMetadata(parsing: text, wheel: "w.whl", file: "METADATA")
  }
}
