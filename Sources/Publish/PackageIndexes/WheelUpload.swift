/// What becomes of a wheel at an index.
package struct WheelUpload: Sendable {
  package enum Change: String, Sendable, Codable {
    case added
    case replaced
    case unchanged
  }

  package let wheel: CatalogueWheel
  package let change: Change
}
