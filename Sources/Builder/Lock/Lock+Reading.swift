import Artifacts
package import Model
import Runtimes
package import SystemPackage
import TOMLFiles

extension Lock {
  /// Reads a lock that ppp wrote; comments and what other tools added are passed over, errors call it `file`.
  ///
  /// - Throws: `LockError` for the first thing that is missing or wrong.
  package init(parsing text: String, file: String) throws(LockError) {
    let top = try TOMLReader<LockError>(text, file: file)
    try Self.checkVersion(top)
    guard let tool = try top.subtable("tool")?.subtable("ppp") else { throw .foreign(file: file) }
    guard try tool.optionalInteger("schema") == Self.schema else {
      throw tool.error("schema", "is not \(Self.schema), the only one that this ppp knows")
    }
    self.init(
      python: try tool.parsed("python", PythonVersion.init(parsing:)),
      platform: try tool.parsed("platform", Platform.init(parsing:)),
      floor: tool.has("floor") ? try tool.parsed("floor", PlatformFloor.init(parsing:)) : nil,
      inputs: try Self.inputs(tool), excludeNewer: try tool.optionalString("exclude-newer"),
      packages: try LockedPackage.list(in: top),
      runtime: try RuntimePin(lockedIn: tool.requiredSubtable("runtime")),
      omissions: try Self.omissions(tool), builds: try Self.builds(tool))
    guard try tool.parsed("recipe", Digest.init(parsing:)) == inputs.digest else {
      throw tool.error("recipe", "is not the digest of [tool.ppp.inputs]; one of them was edited")
    }
  }

  /// Reads the lock in a file, which errors call `name` or else by its path; nil when there is none.
  package static func read(at path: FilePath, named name: String? = nil) throws -> Lock? {
    do {
      return try Lock(parsing: String(decoding: try readFile(path), as: UTF8.self), file: name ?? path.string)
    } catch let error as FileError where error.code == .noSuchFileOrDirectory {
      return nil
    }
  }

  /// Reads a cell's lock; nil when there is none.
  package static func read(of cell: CellID, in workspace: FilePath) throws -> Lock? {
    try read(at: path(of: cell, in: workspace), named: place(of: cell))
  }

  static func checkVersion(_ top: TOMLReader<LockError>) throws(LockError) {
    let version = try top.string("lock-version")
    // PEP 751: another minor version may be read, with unknown keys passed over.
    guard version == "1" || version.hasPrefix("1.") else {
      throw .unknownVersion(file: top.file, version: version)
    }
  }

  private static func inputs(_ tool: TOMLReader<LockError>) throws(LockError) -> LockInputs {
    guard let table = try tool.subtable("inputs") else { return LockInputs([:]) }
    var fields: [String: [String]] = [:]
    for key in table.keys { fields[key] = try table.strings(key) }
    return LockInputs(fields)
  }

  private static func builds(_ tool: TOMLReader<LockError>) throws(LockError) -> [LockedBuild] {
    var builds: [LockedBuild] = []
    for table in try tool.subtables("builds") { builds.append(try LockedBuild(lockedIn: table)) }
    return builds
  }

  private static func omissions(_ tool: TOMLReader<LockError>) throws(LockError) -> [LockedOmission] {
    var omissions: [LockedOmission] = []
    for table in try tool.subtables("omissions") {
      let rule = try table.string("rule")
      guard let rule = LockedOmission.Rule(rawValue: rule) else {
        throw table.error("rule", "has '\(rule)', which is none that this ppp knows")
      }
      omissions.append(
        LockedOmission(
          name: try table.parsed("name", PackageName.init(parsing:)), rule: rule,
          reason: try table.string("reason"), requirement: try table.optionalString("requirement")))
    }
    return omissions
  }
}

extension RuntimePin {
  init(lockedIn table: TOMLReader<LockError>) throws(LockError) {
    let word = try table.string("provider")
    guard let provider = RuntimeSpec.Provider(rawValue: word) else {
      throw table.error("provider", "has '\(word)', which is none that this ppp knows")
    }
    var attributes: [String: String] = [:]
    if let subtable = try table.subtable("attributes") {
      for key in subtable.keys { attributes[key] = try subtable.string(key) }
    }
    var files: [PinnedFile] = []
    for file in try table.subtables("files") {
      files.append(
        PinnedFile(
          name: try file.string("name"), version: try file.optionalString("version"),
          urls: try file.strings("urls"),
          digest: try file.parsed("sha256", Digest.init(parsing:)), size: try file.optionalInteger("size"),
          sha1: try file.optionalString("sha1")))
    }
    self.init(
      provider: provider, version: try table.parsed("version", PythonVersion.init(parsing:)),
      attributes: attributes, files: files)
  }
}
