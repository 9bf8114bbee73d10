import ArgumentParser
package import Model

extension ModuleName: ExpressibleByArgument {
  package init?(argument: String) {
    do throws(ParseError) { try self.init(parsing: argument) } catch { return nil }
  }
}
