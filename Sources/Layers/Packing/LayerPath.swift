/// The rules for names inside a layer: relative to the prefix, `/` between parts, usable on every platform.
package enum LayerPath {
  /// Refuses a path that is not in its plain form, leaves the prefix, or means something else on Windows.
  static func check(_ path: String) throws(LayersError) {
    let utf8 = path.utf8
    guard let first = utf8.first else { throw .unsafePath(path, reason: "it is empty") }
    if first == UInt8(ascii: "/") { throw .unsafePath(path, reason: "it is absolute") }
    if utf8.count > 4096 { throw .unsafePath(String(path.prefix(80)) + "…", reason: "it is too long") }
    var length = 0
    var dots = 0
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "/"):
        try checkPart(of: path, length: length, dots: dots)
        (length, dots) = (0, 0)
        continue
      case UInt8(ascii: "\\"):
        throw .unsafePath(path, reason: "it has a backslash, which separates parts on Windows")
      case 0: throw .unsafePath(path, reason: "it has a NUL byte")
      case UInt8(ascii: "."): dots += 1
      default: break
      }
      length += 1
    }
    try checkPart(of: path, length: length, dots: dots)
  }

  private static func checkPart(of path: String, length: Int, dots: Int) throws(LayersError) {
    if length == 0 { throw .unsafePath(path, reason: "it has an empty part") }
    if length > 255 { throw .unsafePath(path, reason: "a part of it is longer than 255 bytes") }
    if length == dots, dots == 1 { throw .unsafePath(path, reason: "it has a part '.'") }
    if length == dots, dots == 2 { throw .unsafePath(path, reason: "it leaves the prefix") }
  }

  /// Refuses a symbolic link at `path` whose target may lie outside the prefix.
  ///
  /// `..` is allowed only at a target's start: behind the name of another link it could mean any place.
  package static func check(target: String, of path: String) throws(LayersError) {
    if target.isEmpty || target.utf8.contains(0) || target.utf8.contains(UInt8(ascii: "\\")) {
      throw .unsafeLink(path, target: target, reason: "the target is not a relative path")
    }
    if target.utf8.first == UInt8(ascii: "/") {
      throw .unsafeLink(path, target: target, reason: "the target is absolute")
    }
    var depth = path.utf8.count { $0 == UInt8(ascii: "/") }
    var isBelow = false
    for part in target.split(separator: "/") where part != "." {
      if part == ".." {
        depth -= 1
        if isBelow { throw .unsafeLink(path, target: target, reason: "'..' stands behind a name") }
        if depth < 0 { throw .unsafeLink(path, target: target, reason: "the target lies outside") }
      } else {
        isBelow = true
      }
    }
  }

  /// What a file system that ignores letter case goes by; Swift's strings compare by canonical equivalence as well.
  static func folded(_ path: String) -> String { path.lowercased() }

  /// The directories above a path, the nearest first: `a/b` and `a` for `a/b/c`.
  static func parents(of path: String) -> some Sequence<Substring> {
    sequence(state: Substring(path)) { rest in
      guard let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
      rest = rest[..<slash]
      return rest
    }
  }
}
