import ConfigMerge
import Model
import SystemPackage

extension ModuleSource {
  /// A file of the source as messages name it, without passwords; the empty place is the source itself.
  func shownPath(of place: String) -> String {
    let base =
      switch self.place {
      case .directory: description
      case .git(let git):
        "git+\(git.url.withoutSecrets)\(git.revision.map { "@" + $0 } ?? "")"
          + (git.subdirectory.map { "/" + $0 } ?? "")
      case .archive(let archive):
        archive.url.withoutSecrets + (archive.subdirectory.map { "/" + $0 } ?? "")
      }
    let parts = [base == "." ? "" : base.trimmingSlashes, place].filter { !$0.isEmpty }
    return parts.joined(separator: "/")
  }

  /// What finds a module of the source again: `FoundModule.reference`.
  func reference(to place: String, in directory: FilePath, at revision: String?) -> String {
    func inner(_ subdirectory: String?) -> String? {
      let parts = [subdirectory ?? "", place].filter { !$0.isEmpty }
      return parts.isEmpty ? nil : "subdirectory=" + parts.joined(separator: "/")
    }
    switch self.place {
    case .directory: return directory.string
    case .git(let git):
      let pin = revision ?? git.revision
      return "git+\(git.url.withoutSecrets)" + (pin.map { "@" + $0 } ?? "")
        + (inner(git.subdirectory).map { "#" + $0 } ?? "")
    case .archive(let archive):
      return "\(archive.url.withoutSecrets)#sha256=\(archive.sha256.hex)"
        + (inner(archive.subdirectory).map { "&" + $0 } ?? "")
    }
  }
}

extension String {
  /// A URL as it may be written down: without user name and password, but for the user name that ssh needs.
  var withoutSecrets: String {
    guard let start = firstRange(of: "://")?.upperBound else { return self }
    let end = self[start...].firstIndex { "/?#".contains($0) } ?? endIndex
    guard let at = self[start..<end].lastIndex(of: "@") else { return self }
    let user = hasPrefix("ssh:") ? self[start..<at].prefix { $0 != ":" } + "@" : ""
    return self[..<start] + user + self[index(after: at)...]
  }

  fileprivate var trimmingSlashes: String {
    var text = self[...]
    while text.count > 1, text.hasSuffix("/") { text = text.dropLast() }
    return String(text)
  }
}
