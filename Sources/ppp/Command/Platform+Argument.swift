import ArgumentParser
package import Model

extension Platform: ExpressibleByArgument {
  package init?(argument: String) {
    guard let platform = Platform.all.first(where: { $0.description == argument }) else { return nil }
    self = platform
  }

  package static var allValueStrings: [String] { Platform.all.map(\.description) }
}
