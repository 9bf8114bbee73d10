import Model

/// A template's characters, and where each stands.
struct TemplateText {
  let scalars: [Unicode.Scalar]
  private let place: Place
  /// The index of each line's first character.
  private let lineStarts: [Int]

  private enum Place {
    /// The text is a file's.
    case file(String)
    /// The text is a value in a file: every place in it is the value's.
    case value(SourcePosition)
  }

  /// A file's bytes; line breaks of any kind become `\n`, as Jinja makes them.
  ///
  /// - Throws: `TemplateError.notText` at the first byte that is not UTF-8, or a NUL.
  init(_ bytes: [UInt8], file: String) throws(TemplateError) {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw .notText(at: Self.firstBadPlace(in: bytes, file: file))
    }
    let scalars = Self.normalized(text)
    lineStarts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
    self.scalars = scalars
    place = .file(file)
  }

  /// A value in a file, such as a path in `module.json`.
  init(_ text: String, at position: SourcePosition) {
    scalars = Self.normalized(text)
    lineStarts = []
    place = .value(position)
  }

  func position(of index: Int) -> SourcePosition {
    switch place {
    case .value(let position): return position
    case .file(let file):
      var (line, end) = (1, lineStarts.count)
      while line < end {
        let middle = (line + end + 1) / 2
        if lineStarts[middle - 1] <= index { line = middle } else { end = middle - 1 }
      }
      return SourcePosition(file: file, line: line, column: index - lineStarts[line - 1] + 1)
    }
  }

  private static func normalized(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.utf8.count)
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        result.append("\n")
      } else if scalar != "\n" || previous != "\r" {
        result.append(scalar)
      }
      previous = scalar
    }
    return result
  }

  private static func firstBadPlace(in bytes: [UInt8], file: String) -> SourcePosition {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var (line, column) = (1, 1)
    while case .valid(let scalar) = decoder.parseScalar(from: &iterator), scalar.first != 0 {
      if scalar.first == UInt8(ascii: "\n") { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    return SourcePosition(file: file, line: line, column: column)
  }
}

extension Unicode.Scalar {
  /// What Python's `str.isspace` and `\s` take for white space.
  var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  var isIdentifierStart: Bool { self == "_" || ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
  var isIdentifierPart: Bool { isIdentifierStart || ("0"..."9").contains(self) }
}
