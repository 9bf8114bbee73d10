import Model
package import SystemPackage

/// How far this machine lets a program be kept from the network and from other people's files.
///
/// Made of Linux's namespaces by util-linux's unshare(1). A program that is confined has no network at all, sees all
/// file systems but `/proc`, `/sys` and `/dev` as read-only but for the directories that are named, and takes all that
/// it started with it when it ends, also what left its process group.
package struct Confinement: Sendable, Hashable {
  package enum Strength: Sendable, Hashable {
    case full
    /// No network, and no process survives; files are as they are.
    case noNetwork
    case none
  }

  package let strength: Strength
  private let words: [String]

  /// A program of which nothing is taken away.
  package static let nothing = Confinement(strength: .none, words: [])

  private static let processes = ["--net", "--pid", "--fork", "--kill-child"]

  /// Finds out what is permitted here, by trying.
  package static func strongest(searchPath: String?) async throws -> Confinement {
    guard let unshare = findExecutable("unshare", in: searchPath),
      findExecutable("mount", in: searchPath) != nil
    else { return .nothing }
    for user in [[], ["--map-root-user"]] {
      for strength in [Strength.full, .noNetwork] {
        let mounts = strength == .full ? ["--mount", "--mount-proc"] : []
        let candidate = Confinement(strength: strength, words: [unshare.string] + user + processes + mounts)
        let trial = Command("/bin/sh", ["-c", "exit 0"], environment: ["PATH": searchPath ?? ""])
        let confined = candidate.confining(trial, writable: ["/tmp"])
        if try await run(confined.limited(to: .seconds(20))).succeeded { return candidate }
      }
    }
    return .nothing
  }

  /// The same program with less around it, its standard error joined to its standard output.
  ///
  /// What it leaves running is ended with it. The command's PATH has to have `mount` where files are kept from it.
  package func confining(_ command: Command, writable: [FilePath]) -> Command {
    var confined = command
    let program = [command.executable.string] + command.arguments
    confined.leavesNothing = true
    switch strength {
    case .full:
      let places = writable.map(\.string)
      confined.executable = FilePath(words[0])
      confined.arguments =
        words.dropFirst() + ["/bin/sh", "-c", Self.script, "sh", "\(places.count)"] + places + program
    case .noNetwork:
      confined.executable = FilePath(words[0])
      confined.arguments = words.dropFirst() + ["/bin/sh", "-c", Self.joined, "sh"] + program
    case .none:
      confined.executable = "/bin/sh"
      confined.arguments = ["-c", Self.joined, "sh"] + program
    }
    return confined
  }

  private static let joined = "exec \"$@\" 2>&1"

  /// Binding a directory to itself makes a mount of it, which stays writable when that of `/` is not any more.
  ///
  /// What else was mounted before becomes read-only with the options that it has, which the kernel may not let go; a
  /// mount that is hidden under another can't be, and needn't. In mountinfo (proc_pid_mountinfo(5)) spaces are `\040`.
  private static let script = #"""
    set -e
    here=$PWD count=$1
    shift
    mounts=$(cut -d ' ' -f 5,6 /proc/self/mountinfo)
    own=:
    while [ "$count" -gt 0 ]; do mount --bind "$1" "$1"; own=$own$1:; shift; count=$((count - 1)); done
    while read -r place options; do
      case "$place" in *\\*) place=$(printf '%b' "$(printf %s "$place" | sed 's/\\\([0-7]\)/\\0\1/g')") ;; esac
      case "$place" in /|/proc|/proc/*|/sys|/sys/*|/dev|/dev/*) continue ;; esac
      case "$own" in *":$place:"*) continue ;; esac
      case ",$options," in *,ro,*) continue ;; esac
      mount -o "remount,bind,ro${options#rw}" "$place" 2>/dev/null || :
    done <<END
    $mounts
    END
    mount -o remount,ro,bind /
    cd "$here"
    exec "$@" 2>&1
    """#
}

extension Command {
  fileprivate func limited(to timeout: Duration) -> Command {
    var command = self
    command.timeout = timeout
    return command
  }
}
