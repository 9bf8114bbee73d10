import ConfigMerge
import Model
import TOMLFiles

/// What a module's `pyproject.toml` says of the package that it is (PEP 621).
struct ModuleProject {
  let version: PackageVersion
  let summary: String?
  let python: Located<String>?
  /// What comes from indexes.
  let dependencies: [Located<Requirement>]
  /// Other modules: what `[tool.uv.sources]` has from the workspace.
  let needs: [Located<Requirement>]
  let scripts: [ModulePackage.Script]

  /// - Throws: `ModuleError` at the table that is wrong.
  init(parsing text: String, file: String, of module: ModuleName) throws(ModuleError) {
    let top = try TOMLReader<ModuleError>(text, file: file)
    let project = try top.requiredSubtable("project")
    let place = project.position
    let name = try project.string("name")
    guard try project.parsed("name", PackageName.init(parsing:)) == module.packageName else {
      throw .otherName(place, name: name, directory: module.description)
    }
    version = try project.parsed("version", PackageVersion.init(parsing:))
    summary = try project.optionalString("description")
    python = try Self.python(project)
    let requirements = try Self.requirements(project)
    let siblings = try Self.siblings(top, of: requirements, at: place)
    dependencies = requirements.filter { !siblings.contains($0.value.name) }
    needs = requirements.filter { siblings.contains($0.value.name) }
    scripts = try Self.scripts(project)
  }

  private static func python(_ project: TOMLReader<ModuleError>) throws(ModuleError) -> Located<String>? {
    guard let text = try project.optionalString("requires-python") else { return nil }
    do throws(ParseError) {
      return Located(try Requirement.specifiers(pinning: text), at: project.position, origin: .module)
    } catch {
      throw project.error("requires-python", "has '\(text)', not version specifiers as in >=3.11")
    }
  }

  private static func requirements(
    _ project: TOMLReader<ModuleError>
  ) throws(ModuleError) -> [Located<Requirement>] {
    var requirements: [Located<Requirement>] = []
    for text in try project.strings("dependencies") {
      do throws(ParseError) {
        let requirement = try Requirement(parsing: text)
        requirements.append(Located(requirement, at: project.position, origin: .module))
      } catch {
        throw project.error("dependencies", "has " + error.description)
      }
    }
    return requirements
  }

  /// The dependencies that are other modules.
  private static func siblings(
    _ top: TOMLReader<ModuleError>, of requirements: [Located<Requirement>], at place: SourcePosition
  ) throws(ModuleError) -> Set<PackageName> {
    guard let sources = try top.subtable("tool")?.subtable("uv")?.subtable("sources") else { return [] }
    var siblings: Set<PackageName> = []
    for key in sources.keys {
      let name: PackageName
      do throws(ParseError) { name = try PackageName(parsing: key) } catch { continue }
      guard requirements.contains(where: { $0.value.name == name }) else { continue }
      guard try sources.subtable(key)?.has("workspace") ?? false else { throw .otherSource(place, name) }
      siblings.insert(name)
    }
    return siblings
  }

  private static func scripts(
    _ project: TOMLReader<ModuleError>
  ) throws(ModuleError) -> [ModulePackage.Script] {
    var scripts: [ModulePackage.Script] = []
    guard let table = try project.subtable("scripts") else { return [] }
    for name in table.keys {
      scripts.append(ModulePackage.Script(name: name, reference: try table.string(name)))
    }
    return scripts
  }
}
