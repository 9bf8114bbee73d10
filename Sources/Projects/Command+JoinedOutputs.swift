import Processes
import SystemPackage

extension Command {
  /// The command with its standard error written where its standard output goes, so that the lines keep their order.
  ///
  /// A script without a first line that names its interpreter is read by `sh`.
  var joiningOutputs: Command {
    var joined = self
    joined.executable = "/bin/sh"
    joined.arguments = ["-c", #"exec "$0" "$@" 2>&1"#, executable.string] + arguments
    return joined
  }
}
