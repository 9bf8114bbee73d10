package import Model
package import SystemPackage

/// One environment recipe: a directory `runenvs/python-3.13.5[-variant]`.
package struct Runenv: Sendable {
  /// The directory's name; with a module in it, `+` and the module's name behind that.
  package let id: String
  package let python: PythonVersion
  /// What follows the version in the name: `science`.
  package let variant: String?
  package let directory: FilePath
  /// Nil when the runenv has the shared configuration as it is.
  package let configFile: FilePath?
  /// The platforms it is built for, in ppp's order, with the place that names them.
  package let platforms: [Located<Platform>]
  let merge: Merge
  /// What is put into it: the modules that a module needs, then the module; none in the runenv itself.
  package let modules: [ModulePackage]

  init(
    id: String, python: PythonVersion, variant: String?, directory: FilePath, configFile: FilePath?,
    platforms: [Located<Platform>], merge: Merge, modules: [ModulePackage] = []
  ) {
    self.id = id
    self.python = python
    self.variant = variant
    self.directory = directory
    self.configFile = configFile
    self.platforms = platforms
    self.merge = merge
    self.modules = modules
  }

  /// The id without the module.
  var base: String { String(id.prefix { $0 != CellID.moduleMark }) }

  /// The packages whose versions a module's own file says.
  var released: Set<PackageName> {
    modules.isEmpty ? [] : Set(merge.chain.last?.overrides.keys.map(\.self) ?? [])
  }
}

extension Runenv {
  /// The parts of a runenv's directory name.
  struct Name: Hashable {
    let python: PythonVersion
    let variant: String?

    /// Reads `python-<X.Y.Z>[-variant]`.
    init(parsing text: String) throws(ParseError) {
      let hint = "name it python-<X.Y.Z>[-variant], as in python-3.13.5 or python-3.13.5-science"
      let error = ParseError(expected: "runenv directory name", text: text, hint: hint)
      guard text.hasPrefix("python-") else { throw error }
      let rest = text.dropFirst(7)
      let version = rest.prefix { $0 != "-" }
      do throws(ParseError) { python = try PythonVersion(parsing: String(version)) } catch {
        throw Self.error(text, hint)
      }
      guard version.endIndex < rest.endIndex else {
        variant = nil
        return
      }
      let variant = rest[version.endIndex...].dropFirst()
      let isSound = variant.utf8.allSatisfy { $0.isVariantPart }
      guard isSound, variant.utf8.first.map({ $0 != 0x2D && $0 != 0x2E }) ?? false else { throw error }
      self.variant = String(variant)
    }

    private static func error(_ text: String, _ hint: String) -> ParseError {
      ParseError(expected: "runenv directory name", text: text, hint: hint)
    }
  }
}

extension UInt8 {
  /// A letter, a digit or one of `-`, `_`, `.`.
  fileprivate var isVariantPart: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
      || self == 0x2D || self == 0x2E || self == 0x5F
  }
}
