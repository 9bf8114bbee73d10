import Artifacts
import ConfigMerge
import Model
import Processes
package import SystemPackage

/// A repository elsewhere that trees of single commits are taken from.
package struct GitRepository: Sendable {
  let git: Git
  /// It may have a password in it, which no error has.
  let url: String

  package init(git: Git, url: String) {
    self.git = git
    self.url = url
  }

  private var shown: String { url.withoutSecrets }

  /// What the repository calls a branch, a tag or its own branch, and the commit that it is at.
  ///
  /// A tag comes before a branch of the same name, as for git itself.
  func resolve(_ revision: String?) async throws -> (ref: String, commit: String) {
    let result = try await git.run(["ls-remote", "--quiet", "--", url, "HEAD", "refs/heads/*", "refs/tags/*"])
    guard result.succeeded else { throw unreachable(result) }
    var commits: [String: String] = [:]
    for line in result.text.split(separator: "\n") {
      let fields = line.split(separator: "\t", maxSplits: 1)
      if fields.count == 2 { commits[String(fields[1])] = String(fields[0]) }
    }
    let refs = revision.map { ["refs/tags/\($0)", "refs/heads/\($0)", $0] } ?? ["HEAD"]
    for ref in refs {
      // An annotated tag is an object of its own; the commit that it points to is listed with ^{}.
      if let commit = commits["\(ref)^{}"] ?? commits[ref] { return (ref, commit) }
    }
    let names = commits.keys.sorted().compactMap { name in
      name.hasSuffix("^{}") ? nil : name.split(separator: "/").dropFirst(2).joined(separator: "/")
    }
    let wanted = revision ?? "HEAD"
    throw SourceError.unknownRevision(wanted, url: shown, nearest: nearest(to: wanted, in: names))
  }

  /// Puts the files of a ref or a commit into an empty directory, byte for byte as the commit has them.
  ///
  /// Submodules stay empty directories, and files in large file storage stay pointers.
  /// - Returns: the commit.
  func checkOut(_ ref: String, into directory: FilePath) async throws -> String {
    let commit = try await fetch(ref, into: directory)
    try await check("checkout", "--quiet", "--force", "--detach", commit, in: directory)
    try removeTree(directory.appending(".git"))
    return commit
  }

  /// Writes the files of a commit as a tar archive: byte for byte as the commit has them, in a folder `source/`.
  ///
  /// The same commit gives the same bytes. Of submodules and large file storage it has what `checkOut` has. The
  /// repository that is needed for it is made in `directory`.
  /// - Throws: `SourceError`.
  package func archive(commit: String, to path: FilePath, in directory: FilePath) async throws {
    guard commit.isCommit else { throw SourceError.unknownRevision(commit, url: shown, nearest: nil) }
    try makeDirectory(directory)
    let fetched = try await fetch(commit, into: directory)
    let arguments = ["--format=tar", "--prefix=source/", "--output=\(path)", fetched]
    let result = try await git.run(
      ["-c", "tar.umask=0022", "archive"] + arguments, in: directory, timeout: .seconds(300))
    guard result.succeeded else { throw unreachable(result) }
  }

  /// Makes a repository of one commit, which it gives.
  private func fetch(_ ref: String, into directory: FilePath) async throws -> String {
    try await check("init", "--quiet", "--template=", in: directory)
    // These come before what the repository says of its files: no filters, no other line ends, nothing left out.
    let attributes = "* -text -filter -ident -working-tree-encoding -export-ignore -export-subst\n"
    try makeDirectory(directory.appending(".git").appending("info"))
    try writeAtomically(attributes.utf8, to: directory.appending(".git/info/attributes"))
    let fetched = try await git.run(
      ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", url, ref],
      in: directory, timeout: .seconds(600))
    guard fetched.succeeded else {
      // Where the repository itself answers, it is the commit that it doesn't have.
      if ref.isCommit, try await git.run(["ls-remote", "--quiet", "--", url, "HEAD"]).succeeded {
        throw SourceError.unknownRevision(ref, url: shown, nearest: nil)
      }
      throw unreachable(fetched)
    }
    return try await check("rev-parse", "--verify", "FETCH_HEAD^{commit}", in: directory)
  }

  /// Runs git, which has to succeed, and returns what it says.
  @discardableResult
  private func check(_ arguments: String..., in directory: FilePath) async throws -> String {
    let result = try await git.run(arguments, in: directory, timeout: .seconds(300))
    guard result.succeeded else { throw unreachable(result) }
    return String(result.text.prefix { $0 != "\n" })
  }

  private func unreachable(_ result: ProcessResult) -> SourceError {
    let reason = result.timedOut ? "it did not answer in time" : redacting(result.tail(lines: 4))
    return .unreachable(url: shown, reason: reason.isEmpty ? "git said nothing" : reason)
  }
}
