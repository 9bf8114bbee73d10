import Model

extension Checker {
  /// What the table can't say of `platforms`: each stands once, there is one at least, and Windows has no floor.
  mutating func checkPlatforms(_ node: Node?) {
    guard let node else { return }
    if case .mapping(let entries) = node.content, entries.isEmpty {
      report("the mapping is empty", at: node.position, hint: "leave the key out for all platforms")
    }
    var places: [String: SourcePosition] = [:]
    for element in node.elements {
      guard let name = element.string else { continue }
      if let first = places[name] {
        report("'\(name)' is listed twice", at: element.position, hint: "it was first given at \(first)")
      } else {
        places[name] = element.position
      }
    }
    for entry in node.entries {
      guard let floor = entry.value[.floor],
        let platform = parsed({ () throws(ParseError) in try Platform(parsing: entry.key) })
      else { continue }
      if PlatformFloor.standard(for: platform) == nil {
        report("\(platform) has no floor", at: floor.position, hint: "remove it")
      }
    }
  }
}
