import Model
import Testing

@testable import Wheels

struct WheelFileNameTests {
  @Test("all parts are read, and tag sets are expanded")
  func parts() throws {
    let wheel = try WheelFileName(
      parsing: "Foo_Bar-1.0+cu126-2local-py2.py3-none-manylinux_2_17_x86_64.win_amd64.whl")
    #expect(wheel.name.normalized == "foo-bar")
    #expect(wheel.version == "1.0+cu126")
    #expect(wheel.build == "2local")
    #expect(
      wheel.tags.map(\.description) == [
        "py2-none-manylinux_2_17_x86_64", "py2-none-win_amd64", "py3-none-manylinux_2_17_x86_64",
        "py3-none-win_amd64",
      ])
    #expect(wheel.description == "Foo_Bar-1.0+cu126-2local-py2.py3-none-manylinux_2_17_x86_64.win_amd64.whl")
  }

  @Test(
    "what is no wheel's name is refused with the part that is wrong",
    arguments: [
      ("numpy-2.2-cp312.whl", "wheel 'numpy-2.2-cp312.whl' has 3 of the 5 parts of a file name"),
      ("a-1-2-3-4-5-6.whl", "wheel 'a-1-2-3-4-5-6.whl' has 7 parts in its file name, at most 6 are possible"),
      ("a-1.0.tar.gz", "'a-1.0.tar.gz' is not a wheel's file name: it does not end in '.whl'"),
      ("-1.0-py3-none-any.whl", "wheel '-1.0-py3-none-any.whl' has no valid name: ''"),
      ("a-x-py3-none-any.whl", "wheel 'a-x-py3-none-any.whl' has no valid version: 'x'"),
      ("a-1/2-py3-none-any.whl", "wheel 'a-1/2-py3-none-any.whl' has no valid version: '1/2'"),
      ("a-1-x-py3-none-any.whl", "wheel 'a-1-x-py3-none-any.whl' has no valid build tag: 'x'"),
      ("a-1-py3.-none-any.whl", "wheel 'a-1-py3.-none-any.whl' has no valid Python tag: 'py3.'"),
      ("a-1-py3--any.whl", "wheel 'a-1-py3--any.whl' has no valid ABI tag: ''"),
      ("a-1-py3-none-é.whl", "wheel 'a-1-py3-none-é.whl' has no valid platform tag: 'é'"),
    ])
  func refusal(text: String, message: String) {
    let error = #expect(throws: WheelError.self) { try WheelFileName(parsing: text) }
    #expect(error?.description == message)
  }

  @Test("a name whose tags would expand to millions is refused")
  func bomb() {
    let set = (0..<1000).map { "t\($0)" }.joined(separator: ".")
    #expect(throws: WheelError.self) { try WheelFileName(parsing: "a-1-\(set)-\(set)-\(set).whl") }
  }

  @Test(
    "a directory is the wheel's when name and version are, however they are spelt",
    arguments: [
      ("Foo_Bar-1.0", true), ("foo-bar-1.0", true), ("foo.bar-1.0.0", true), ("foo_bar-01.0", true),
      ("foo_bar-1.1", false), ("foo-1.0", false), ("foo_bar", false), ("", false),
    ])
  func stem(stem: String, isOwn: Bool) throws {
    #expect(try WheelFileName(parsing: "foo_bar-1.0-py3-none-any.whl").matches(stem: stem) == isOwn)
  }
}
