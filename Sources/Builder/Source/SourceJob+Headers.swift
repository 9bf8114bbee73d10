import Model
import Processes
import SystemPackage
import Toolchains

extension SourceJob {
  /// zig for this machine's own platform, with the configuration that this machine's Python really uses.
  ///
  /// Debian's `pyconfig.h` only names another one, by the processor that it is compiled for, below `/usr/include`; there
  /// zig looks for nothing, so as not to take this machine's C library for the floor's.
  func findingConfiguration(
    _ toolchain: Toolchain, of interpreter: FilePath, in directory: FilePath
  ) async throws -> Toolchain {
    let script = """
      import os, shutil, sys, sysconfig
      folder, name = os.path.split(sysconfig.get_path('include'))
      place = os.path.join(sysconfig.get_config_var('MULTIARCH') or '', name)
      own = os.path.join(folder, place, 'pyconfig.h')
      if place != name and os.path.exists(own):
          os.makedirs(os.path.join(sys.argv[1], place))
          shutil.copyfile(own, os.path.join(sys.argv[1], place, 'pyconfig.h'))
      """
    let command = Command(
      interpreter, ["-I", "-c", script, directory.string], environment: ["PATH": "/usr/bin:/bin"],
      timeout: .seconds(60))
    _ = try await Processes.run(checked: command)
    guard FileStatus(of: directory) != nil else { return toolchain }
    var toolchain = toolchain
    for name in ["CFLAGS", "CXXFLAGS"] {
      let flags = [toolchain.environment[name], "-I\(directory)"].compactMap(\.self)
      toolchain.environment[name] = flags.joined(separator: " ")
    }
    return toolchain
  }
}
