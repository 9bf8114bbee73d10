import ConfigMerge
import Model

/// Where an entry of a manifest's `files` writes to, filled in and found to stay in the module's directory.
struct ModuleTarget: Hashable, Sendable {
  /// None for the module's directory itself.
  let parts: [String]
  /// Whether it was written with a slash at its end: a file goes into it then.
  let isDirectory: Bool

  init(_ entry: ModuleFile, variables: TemplateVariables) throws {
    let text = try Self.text(of: entry, variables)
    let kept = text.split(separator: "/", omittingEmptySubsequences: false).filter { $0 != "." }
    isDirectory = kept.isEmpty || kept.last == ""
    parts = (kept.last == "" ? kept.dropLast() : kept).map(String.init)
    if let problem = text.isEmpty ? "it is empty" : Self.problem(of: parts, written: text) {
      throw RenderingError.badTarget(text, problem: problem, at: entry.to.position)
    }
  }

  /// The way to a file below this target.
  func path(to inner: [String]) -> String { (parts + inner).joined(separator: "/") }

  /// A target that the manifest doesn't give is where the file is in the source, and no template.
  private static func text(
    of entry: ModuleFile, _ variables: TemplateVariables
  ) throws(TemplateError) -> String {
    guard let position = entry.to.position, position != entry.from.position else { return entry.to.value }
    return try Template(entry.to.value, at: position).render(variables)
  }

  private static func problem(of parts: [String], written text: String) -> String? {
    if text.hasPrefix("/") { return "it is absolute" }
    if text.utf8.count > 1024 { return "it is longer than 1024 bytes" }
    if text.contains("\\") { return "it has a backslash in it" }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return "it has a control character in it"
    }
    if parts.contains("") { return "a part of it is empty" }
    if parts.contains(where: { $0.utf8.count > 255 }) { return "a part of it is longer than 255 bytes" }
    return ModuleFile.problem(ofTarget: parts.joined(separator: "/"))
  }
}
