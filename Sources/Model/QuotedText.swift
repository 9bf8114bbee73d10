extension String {
  /// The text in double quotes, as JSON, TOML and YAML all read it.
  ///
  /// Escaped are quotes, backslashes, controls below U+0020, and of the rest what `isEscaped` says; those must be in
  /// the Basic Multilingual Plane.
  package func quoted(escaping isEscaped: (Unicode.Scalar) -> Bool = { _ in false }) -> String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || isEscaped(scalar):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
