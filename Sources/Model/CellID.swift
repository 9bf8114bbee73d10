/// One runenv on one platform, written `python-3.13.5-science@linux-x64`: the unit of planning and building.
package struct CellID: Hashable, Sendable {
  package let runenv: String
  package let platform: Platform

  package init(runenv: String, platform: Platform) {
    self.runenv = runenv
    self.platform = platform
  }
}

extension CellID: CustomStringConvertible {
  package init(parsing text: String) throws(ParseError) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ParseError(
        expected: "cell", text: text, hint: "write RUNENV@PLATFORM, as in python-3.13.5@linux-x64")
    }
    self.init(runenv: String(parts[0]), platform: try Platform(parsing: String(parts[1])))
  }

  package var description: String { "\(runenv)@\(platform)" }
}

extension CellID: Comparable {
  package static func < (left: CellID, right: CellID) -> Bool {
    (left.runenv, left.platform) < (right.runenv, right.platform)
  }
}

extension CellID: TextCodable {}
