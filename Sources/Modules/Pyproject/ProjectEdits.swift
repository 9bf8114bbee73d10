import Model
import TOMLFiles

/// Additions to a `pyproject.toml`, each made in its text and in what it says: in the end the two must agree.
struct ProjectEdits {
  let file: String
  private(set) var text: ProjectText
  /// What the text says with all additions.
  private(set) var value: TOMLValue
  private(set) var additions: [ProjectAddition] = []

  init(_ bytes: [UInt8], file: String) throws(ProjectError) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText(file: file) }
    value = try TOMLValue.parse(text, file: file, as: ProjectError.self)
    self.text = ProjectText(bytes)
    self.file = file
  }

  /// The place of a key.
  func position(of path: [String]) -> SourcePosition {
    SourcePosition(file: file, line: text.line(of: path) ?? 1, column: 1)
  }

  /// The place of an array's element.
  func position(ofElement number: Int, at path: [String]) -> SourcePosition {
    guard case .array(let elements) = text.outline.value(at: path)?.content, elements.indices.contains(number)
    else { return position(of: path) }
    return SourcePosition(file: file, line: text.line(of: elements[number].range.lowerBound), column: 1)
  }

  func error(_ path: [String], _ problem: String) -> ProjectError {
    .badValue(
      file: file, line: text.line(of: path) ?? 1, key: path.joined(separator: "."), problem: problem)
  }

  /// The table at a path; none when there is nothing.
  func table(_ path: [String]) throws(ProjectError) -> [String: TOMLValue] {
    guard let value = value[path] else { return [:] }
    guard let table = value.table else { throw error(path, "is not a table") }
    return table
  }

  /// The array at a path; none when there is nothing.
  func array(_ path: [String]) throws(ProjectError) -> [TOMLValue] {
    for length in 1..<path.count { _ = try table(Array(path.prefix(length))) }
    guard let value = value[path] else { return [] }
    guard let array = value.array else { throw error(path, "is not a list") }
    return array
  }

  /// An array of which each element is a text.
  func strings(_ path: [String]) throws(ProjectError) -> [String] {
    var strings: [String] = []
    for element in try array(path) {
      guard let string = element.string else { throw error(path, "has an element that is not a string") }
      strings.append(string)
    }
    return strings
  }

  /// Adds a text to an array, which is made where it isn't there; `number` is that of the element it comes before.
  mutating func insert(_ element: String, at path: [String], before number: Int) throws(ProjectError) {
    let key = path.joined(separator: ".")
    if value[path] == nil {
      text.add(path, "[\(TOMLText.quoted(element))]")
    } else if !text.insert(element, intoArrayAt: path, before: number) {
      throw .cannotEdit(file: file, toAdd: "'\(element)' to \(key)")
    }
    value.update(path) { value in
      var elements = value?.array ?? []
      elements.insert(.string(element), at: number)
      value = .array(elements)
    }
    additions.append(ProjectAddition(key: key, text: element))
  }

  /// Marks a package as one that the workspace has.
  mutating func addWorkspaceSource(_ name: PackageName) {
    let path = ["tool", "uv", "sources", name.normalized]
    text.add(path, "{ workspace = true }")
    value.update(path) { $0 = .table(["workspace": .boolean(true)]) }
    additions.append(ProjectAddition(key: path.dropLast().joined(separator: "."), text: name.normalized))
  }

  /// The text, if it says what it said before and what was added, and nothing else.
  func finished() throws(ProjectError) -> [UInt8] {
    let isSound: Bool
    do throws(ProjectError) {
      isSound = try TOMLValue.parse(text.text, file: file, as: ProjectError.self) == value
    } catch {
      isSound = false
    }
    guard isSound else {
      throw .cannotEdit(file: file, toAdd: additions.map(\.description).joined(separator: ", "))
    }
    return text.bytes
  }
}
