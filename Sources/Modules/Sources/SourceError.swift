package import ConfigMerge
package import Model
package import SystemPackage

/// Why a module or its source could not be had.
///
/// URLs in it carry no user names and no passwords.
package enum SourceError: UserFacingError, Equatable {
  case unknownModule(ModuleName, nearest: String?, known: [String])
  /// There are modules of the name, of other versions.
  case noSuchVersion(ModuleReference, found: [String])
  /// A module needs versions of another that aren't there; `chosen` when one was taken for another's sake.
  case unmetNeed(of: ModuleName, ModuleNeed, found: [String])
  case needsUnknown(of: ModuleName, ModuleNeed, nearest: String?)
  /// The names from a module over what it needs to itself.
  case cycle([ModuleName], position: SourcePosition)
  case missingDirectory(FilePath, shownAs: String)
  case notModules(String)
  case noGit(url: String)
  case offline(String)
  case unreachable(url: String, reason: String)
  case unknownRevision(String, url: String, nearest: String?)
  case missingSubdirectory(String, source: String)
  /// A directory of a source that leads out of it over a symbolic link.
  case leavesSource(String, source: String)
  case noFetcher(String)

  package var description: String {
    switch self {
    case .unknownModule(let name, _, _): "there is no module '\(name)'"
    case .noSuchVersion(let reference, _): "there is no '\(reference)'"
    case .unmetNeed(let name, let need, let found):
      "'\(name)' needs '\(need)', and there is \(found.joined(separator: ", "))"
    case .needsUnknown(let name, let need, _): "'\(name)' needs '\(need.name)', which no source has"
    case .cycle(let names, _):
      "modules need each other in a circle: \(names.map(\.description).joined(separator: " → "))"
    case .missingDirectory(_, let text): "the source '\(text)' is not there"
    case .notModules(let text): "'\(text)' is not one module"
    case .noGit(let url): "git is needed for '\(url)' and is not installed"
    case .offline(let what): "'\(what)' is not in the cache, and this run is offline"
    case .unreachable(let url, let reason): "git cannot read '\(url)': \(reason)"
    case .unknownRevision(let revision, let url, _): "'\(url)' has no branch, tag or commit '\(revision)'"
    case .missingSubdirectory(let name, let source): "there is no directory '\(name)' in '\(source)'"
    case .leavesSource(let name, let source): "the directory '\(name)' leads out of '\(source)'"
    case .noFetcher(let url): "'\(url)' cannot be fetched here"
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .unmetNeed(_, let need, _), .needsUnknown(_, let need, _): need.position
    case .cycle(_, let position): position
    default: nil
    }
  }

  package var hint: String? {
    switch self {
    case .unknownModule(_, let near?, _), .needsUnknown(_, _, let near?): "did you mean '\(near)'?"
    case .unknownModule(_, nil, let known):
      known.isEmpty
        ? "no source has modules; see modules.sources in the shared configuration"
        : "'ppp modules list' shows the \(known.count) that there are"
    case .needsUnknown: "add the source that has it to modules.sources"
    case .noSuchVersion(_, let found): "there is \(found.joined(separator: ", "))"
    case .unmetNeed: "use another version of one of them, or widen the range"
    case .cycle: "remove one of these needs"
    case .missingDirectory(let path, _): "make '\(path)', or correct the source"
    case .notModules: "name the directory that has the module.json"
    case .noGit: "install git, or use a directory or an archive as the source"
    case .offline: "run once without --offline"
    case .unreachable: "check the address, the network and your access to the repository"
    case .unknownRevision(_, _, let near?): "did you mean '\(near)'?"
    case .unknownRevision(let revision, _, nil):
      revision.isCommitPrefix ? "write all 40 digits of a commit" : "see its tags with 'git ls-remote'"
    case .missingSubdirectory, .leavesSource: "correct the subdirectory of the source"
    case .noFetcher: nil
    }
  }
}

extension String {
  /// Whether it is the start of a commit's digits.
  var isCommitPrefix: Bool { (4...39).contains(utf8.count) && utf8.allSatisfy(\.isLowerHexadecimal) }

  /// Whether it is a whole commit: 40 digits, or 64 in repositories of SHA-256.
  var isCommit: Bool { [40, 64].contains(utf8.count) && utf8.allSatisfy(\.isLowerHexadecimal) }
}

extension UInt8 {
  fileprivate var isLowerHexadecimal: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
}
