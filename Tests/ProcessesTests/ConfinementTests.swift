import Model
import SystemPackage
import Testing

@testable import Processes

#if canImport(Glibc)
import Glibc
#endif

@Suite struct ConfinementTests {
  /// Mounts a file system of its own at the directory that comes first, and runs the program that follows.
  private static let mounting = #"mount -t tmpfs -o nosuid none "$0" && mkdir "$0/own" && exec "$@""#

  @Test(
    "file systems beside that of '/' are read-only too, but for what is named",
    .enabled(if: getuid() == 0, "only root can mount what the test needs"))
  func otherFileSystem() async throws {
    let searchPath = "/usr/bin:/bin:/usr/sbin:/sbin"
    let confinement = try await Confinement.strongest(searchPath: searchPath)
    guard confinement.strength == .full, let unshare = findExecutable("unshare", in: searchPath) else {
      return
    }
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp confined ") { directory in
      let other = directory.appending("other place")
      try makeDirectory(other)
      let writing =
        #"for place in "$1/x" "$1/own/x" /usr/x; do (: >"$place") 2>/dev/null && echo "wrote $place"; done"#
      let program = Command(
        "/bin/sh", ["-c", writing, "sh", other.string], environment: ["PATH": searchPath],
        workingDirectory: directory)
      var outer = confinement.confining(program, writable: [other.appending("own")])
      outer.arguments =
        ["--mount", "/bin/sh", "-c", Self.mounting, other.string, outer.executable.string] + outer.arguments
      outer.executable = unshare
      let result = try await run(outer)
      #expect(result.text == "wrote \(other)/own/x\n", "\(result.text)\(result.errorText)")
    }
  }
}
