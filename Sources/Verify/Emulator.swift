package import SystemPackage

/// Runs programs of another Linux machine: qemu's user mode.
package struct Emulator: Hashable, Sendable {
  /// The program: `qemu-aarch64-static`.
  package let executable: FilePath
  /// Where the programs' C library and dynamic linker are, for environments that don't bring theirs.
  package let systemRoot: FilePath?

  package init(executable: FilePath, systemRoot: FilePath? = nil) {
    self.executable = executable
    self.systemRoot = systemRoot
  }
}
