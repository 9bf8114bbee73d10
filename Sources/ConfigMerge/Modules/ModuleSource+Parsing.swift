package import Model
package import SystemPackage

extension ModuleSource {
  /// Reads a directory, `git+https://host/x.git@v1.2#subdirectory=modules`, or
  /// `https://host/x.tar.gz#sha256=…&subdirectory=…`.
  ///
  /// A relative directory is one below `base`.
  package init(parsing text: String, relativeTo base: FilePath) throws(ParseError) {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Self.error(text, "it is empty; write '.' for this directory")
    }
    guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw Self.error(text, "it has a control character in it")
    }
    if text.hasPrefix("git+") {
      self.init(place: .git(try Self.gitPlace(text)), text: text)
    } else if let scheme = text.scheme {
      guard ["https", "http", "file"].contains(scheme) else {
        throw Self.error(
          text, ["ssh", "git"].contains(scheme) ? "write git+\(text) for a git repository" : Self.forms)
      }
      self.init(place: .archive(try Self.archivePlace(text)), text: text)
    } else {
      guard !text.hasPrefix("-") else { throw Self.error(text, "write ./\(text) for a directory") }
      self.init(place: .directory(base.pushing(FilePath(text)).lexicallyNormalized()), text: text)
    }
  }

  private static let forms =
    "write a directory, git+https://host/x.git@TAG, or https://host/x.tar.gz#sha256=DIGEST"

  private static func error(_ text: String, _ hint: String) -> ParseError {
    ParseError(expected: "module source", text: text, hint: hint)
  }

  private static func gitPlace(_ text: String) throws(ParseError) -> GitPlace {
    let (location, fragment) = text.dropFirst(4).cut(at: "#")
    guard let scheme = String(location).scheme, ["https", "http", "ssh", "file"].contains(scheme) else {
      throw error(text, "write git+https://, git+ssh:// or git+file://")
    }
    let fields = try fields(fragment, known: ["subdirectory"], of: text)
    let behind = location.dropFirst(scheme.utf8.count + 3)
    let slash = behind.firstIndex(of: "/") ?? behind.endIndex
    let (host, path) = (behind[..<slash], behind[slash...])
    guard path.utf8.count > 1, scheme == "file" || !host.isEmpty else {
      throw error(text, "name the repository, as in git+https://host/x.git")
    }
    // A name that starts with a hyphen is an option to the programs that git runs.
    let name = host.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    guard !name.hasPrefix("-"), !host.hasPrefix("-") else { throw error(text, "a host starts with a letter") }
    guard let at = path.lastIndex(of: "@") else {
      return GitPlace(url: String(location), revision: nil, subdirectory: fields["subdirectory"])
    }
    let revision = String(path[path.index(after: at)...])
    guard revision.isGitRevision else {
      throw error(text, "behind the '@' comes a branch, a tag or a commit, as in @v1.2")
    }
    return GitPlace(
      url: String(location[..<at]), revision: revision, subdirectory: fields["subdirectory"])
  }

  private static func archivePlace(_ text: String) throws(ParseError) -> ArchivePlace {
    let (location, fragment) = text[...].cut(at: "#")
    let fields = try fields(fragment, known: ["sha256", "subdirectory"], of: text)
    guard let digits = fields["sha256"] else {
      throw error(text, "add the archive's digest: #sha256=… (sha256sum tells it)")
    }
    do throws(ParseError) {
      return ArchivePlace(
        url: String(location), sha256: try Digest(parsing: digits), subdirectory: fields["subdirectory"])
    } catch {
      throw Self.error(text, "the sha256 has 64 hexadecimal digits")
    }
  }

  /// The `key=value` fields behind `#`.
  private static func fields(
    _ fragment: Substring, known: [String], of text: String
  ) throws(ParseError) -> [String: String] {
    var fields: [String: String] = [:]
    for field in fragment.split(separator: "&") {
      let (key, value) = field.cut(at: "=")
      guard known.contains(String(key)) else {
        let near = nearest(to: String(key), in: known).map { "did you mean '\($0)='?" }
        throw error(text, near ?? "behind the '#' come \(known.joined(separator: "= and "))=")
      }
      fields[String(key)] = String(value)
    }
    if let subdirectory = fields["subdirectory"] {
      let parts = subdirectory.split(separator: "/").filter { $0 != "." }
      guard !subdirectory.hasPrefix("/"), !parts.contains(".."), !subdirectory.contains("\\") else {
        throw error(text, "the subdirectory stays inside: write it without '..' and without a slash in front")
      }
      fields["subdirectory"] = parts.isEmpty ? nil : parts.joined(separator: "/")
    }
    return fields
  }
}

extension String {
  /// What stands before `://`, in lower case.
  fileprivate var scheme: String? {
    guard let range = firstRange(of: "://") else { return nil }
    let scheme = self[..<range.lowerBound]
    let isScheme =
      !scheme.isEmpty && scheme.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x2B }
    return isScheme ? scheme.lowercased() : nil
  }

  /// Whether git takes it as the name of a branch, a tag or a commit and as nothing else (git-check-ref-format(1)).
  fileprivate var isGitRevision: Bool {
    guard let first = utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return false }
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    let areSound = parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
    let isPlain = unicodeScalars.allSatisfy {
      $0.value > 0x20 && $0.value != 0x7F && !"~^:?*[\\".unicodeScalars.contains($0)
    }
    return areSound && isPlain && !contains("..") && !hasSuffix(".")
  }
}

extension Substring {
  /// What comes before and after the first `separator`.
  fileprivate func cut(at separator: Character) -> (Substring, Substring) {
    guard let index = firstIndex(of: separator) else { return (self, "") }
    return (self[..<index], self[self.index(after: index)...])
  }
}
