package import Model
import Runtimes
package import SystemPackage
import TOMLFiles

extension Lock {
  /// The version of what stands under `[tool.ppp]`.
  static let schema: Int64 = 1

  /// The lock as PEP 751 has it: the same lock, the same bytes.
  package var toml: String {
    var toml = TOMLText()
    toml.field("lock-version", "1.0")
    toml.field("environments", [platform.marker])
    toml.field("requires-python", "==\(python.minorVersion).*")
    toml.field("created-by", "ppp")
    for package in packages { Self.write(package, as: "packages", to: &toml) }
    writeTool(to: &toml)
    return toml.text
  }

  /// Writes the lock to its place, whole or not at all; a file that says the same already is left alone.
  ///
  /// - Returns: whether the file was written.
  @discardableResult
  package func write(to path: FilePath) throws(FileError) -> Bool {
    let bytes = Array(toml.utf8)
    // A file that can't be read is about to be replaced, or writing will say what is wrong with its place.
    if let old = try? readFile(path), old == bytes { return false }
    try writeAtomically(bytes, to: path)
    return true
  }

  /// A package as an element of the array of tables that is called `name`.
  static func write(_ package: LockedPackage, as name: String, to toml: inout TOMLText) {
    toml.table(name, isElement: true)
    toml.field("name", package.name.normalized)
    toml.field("version", package.version)
    toml.field("index", package.index)
    switch package.source {
    case .wheel(let file):
      toml.table("\(name).wheels", isElement: true)
      write(file, to: &toml)
    case .sourceDistribution(let file):
      toml.table("\(name).sdist")
      write(file, to: &toml)
    case .archive(let file, let subdirectory):
      toml.table("\(name).archive")
      write(file, isArchive: true, to: &toml)
      toml.field("subdirectory", subdirectory)
    case .revision(let revision):
      toml.table("\(name).vcs")
      toml.field("type", revision.kind)
      toml.field("url", revision.url)
      toml.field("requested-revision", revision.requested)
      toml.field("commit-id", revision.commit)
      toml.field("subdirectory", revision.subdirectory)
    }
  }

  /// A file's fields; an archive's has no name of its own in PEP 751.
  private static func write(_ file: LockedFile, isArchive: Bool = false, to toml: inout TOMLText) {
    if !isArchive { toml.field("name", file.name) }
    if let time = file.uploadTime { toml.raw("upload-time", time) }
    // Installers take no URLs of this machine's files.
    let path = FileAddress.path(of: file.url)
    toml.field(path == nil ? "url" : "path", path ?? file.url)
    toml.field("size", file.size)
    toml.raw("hashes", "{ sha256 = \(TOMLText.quoted(file.digest.hex)) }")
  }

  private func writeTool(to toml: inout TOMLText) {
    toml.table("tool.ppp")
    toml.raw("schema", String(Self.schema))
    toml.field("python", python.description)
    toml.field("platform", platform.description)
    toml.field("floor", floor?.description)
    toml.field("recipe", inputs.digest.description)
    toml.field("exclude-newer", excludeNewer)
    toml.table("tool.ppp.inputs")
    for (key, values) in inputs.fields.sorted(by: { $0.key < $1.key }) { toml.field(key, values) }
    writeRuntime(to: &toml)
    for build in builds { build.write(to: &toml) }
    for omission in omissions {
      toml.table("tool.ppp.omissions", isElement: true)
      toml.field("name", omission.name.normalized)
      toml.field("rule", omission.rule.rawValue)
      toml.field("reason", omission.reason)
      toml.field("requirement", omission.requirement)
    }
  }

  private func writeRuntime(to toml: inout TOMLText) {
    toml.table("tool.ppp.runtime")
    toml.field("provider", runtime.provider.rawValue)
    toml.field("version", runtime.version.description)
    if !runtime.attributes.isEmpty { toml.table("tool.ppp.runtime.attributes") }
    for (key, value) in runtime.attributes.sorted(by: { $0.key < $1.key }) { toml.field(key, value) }
    for file in runtime.files {
      toml.table("tool.ppp.runtime.files", isElement: true)
      toml.field("name", file.name)
      toml.field("version", file.version)
      toml.field("urls", file.urls)
      toml.field("size", file.size)
      toml.field("sha256", file.digest.hex)
      toml.field("sha1", file.sha1)
    }
  }
}
