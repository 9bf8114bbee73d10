/// One interpreter, ABI and platform that a wheel runs on (PEP 425), written `cp313-cp313-win_amd64`.
package struct WheelTag: Hashable, Sendable {
  package let python: String
  package let abi: String
  package let platform: String

  package init(python: String, abi: String, platform: String) {
    self.python = python
    self.abi = abi
    self.platform = platform
  }
}

extension WheelTag: CustomStringConvertible {
  package var description: String { "\(python)-\(abi)-\(platform)" }
}
