import Model
import TOMLFiles

/// The `pyproject.toml` of a repository that modules are added to, as `uv add` and `uv add --dev` would leave it.
///
/// A module becomes a workspace member, a dependency, and a source of its own; what its tests need goes to the `dev` group,
/// package by package that it lacks. Without `[project]` there are no dependencies: members and the group are all.
struct RootProject {
  private static let dependencies = ["project", "dependencies"]
  private static let members = ["tool", "uv", "workspace", "members"]
  private static let sources = ["tool", "uv", "sources"]
  private static let development = ["dependency-groups", "dev"]

  private var edits: ProjectEdits

  /// - Throws: `ProjectError` with the place where the text isn't TOML.
  init(_ bytes: [UInt8], file: String) throws(ProjectError) {
    edits = try ProjectEdits(bytes, file: file)
  }

  var additions: [ProjectAddition] { edits.additions }

  /// What `requires-python` says, if it says anything.
  var requiredPython: String? { edits.value[["project", "requires-python"]]?.string }

  /// The text with all that was added.
  func finished() throws(ProjectError) -> [UInt8] { try edits.finished() }

  /// Adds what is not there yet.
  mutating func add(_ member: ProjectMember) throws(ProjectError) {
    try addMember(member)
    if try !edits.table(["project"]).isEmpty {
      try checkProject(member)
      try addDependency(member)
    }
    for requirement in member.development { try addDevelopment(requirement) }
  }

  // MARK: Workspace

  private mutating func addMember(_ member: ProjectMember) throws(ProjectError) {
    let excluded = ["tool", "uv", "workspace", "exclude"]
    for (number, pattern) in try edits.strings(excluded).enumerated()
    where MemberPattern(pattern).matches(member.directory) {
      throw .excluded(
        member.directory, pattern: pattern, at: edits.position(ofElement: number, at: excluded))
    }
    let members = try edits.strings(Self.members)
    guard !members.contains(where: { MemberPattern($0).matches(member.directory) }) else { return }
    try edits.insert(member.directory, at: Self.members, before: members.count)
  }

  // MARK: Dependencies

  private func checkProject(_ member: ProjectMember) throws(ProjectError) {
    let name = edits.value[["project", "name"]]?.string.flatMap(PackageName.init(ofRequirement:))
    guard name != member.name else {
      throw .nameTaken(member.name, by: "itself", at: edits.position(of: ["project", "name"]))
    }
    for field in try edits.array(["project", "dynamic"]) where field.string == "dependencies" {
      throw .dynamicDependencies(at: edits.position(of: ["project", "dynamic"]), toAdd: [member.name])
    }
  }

  private mutating func addDependency(_ member: ProjectMember) throws(ProjectError) {
    let requirements = try edits.strings(Self.dependencies)
    let known = requirements.firstIndex { PackageName(ofRequirement: $0) == member.name }
    let isOurs = try checkSource(of: member)
    if let known {
      guard isOurs else {
        throw .nameTaken(
          member.name, by: "a dependency", at: edits.position(ofElement: known, at: Self.dependencies))
      }
    } else {
      let place = RequirementOrder(requirements).place(for: member.name.normalized)
      try edits.insert(member.name.normalized, at: Self.dependencies, before: place)
    }
    if !isOurs { edits.addWorkspaceSource(member.name) }
  }

  /// Whether the project knows already that the package is in the workspace.
  private func checkSource(of member: ProjectMember) throws(ProjectError) -> Bool {
    for (key, source) in try edits.table(Self.sources)
    where PackageName(ofRequirement: key) == member.name {
      guard source["workspace"] == .boolean(true) else {
        throw .nameTaken(member.name, by: "a source", at: edits.position(of: Self.sources + [key]))
      }
      return true
    }
    return false
  }

  // MARK: Development

  private mutating func addDevelopment(_ requirement: Requirement) throws(ProjectError) {
    let legacy = ["tool", "uv", "dev-dependencies"]
    var present = Set(try edits.array(Self.dependencies).compactMap(\.string))
    present.formUnion(try edits.array(legacy).compactMap(\.string))
    var visited: Set<String> = []
    present.formUnion(try requirements(ofGroup: "dev", visited: &visited))
    guard !present.contains(where: { PackageName(ofRequirement: $0) == requirement.name }) else { return }
    let group = try edits.array(Self.development)
    let place = RequirementOrder(group.map { $0.string ?? "" }).place(for: requirement.description)
    try edits.insert(requirement.description, at: Self.development, before: place)
  }

  /// A group's requirements, with those of the groups that it includes.
  private func requirements(
    ofGroup name: String, visited: inout Set<String>
  ) throws(ProjectError) -> [String] {
    guard visited.insert(name).inserted else { return [] }
    var requirements: [String] = []
    for element in try edits.array(["dependency-groups", name]) {
      if let text = element.string { requirements.append(text) }
      if let other = element["include-group"]?.string {
        requirements += try self.requirements(ofGroup: other, visited: &visited)
      }
    }
    return requirements
  }
}
