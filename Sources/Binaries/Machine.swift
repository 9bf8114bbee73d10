package import Model

/// The processor that a native file is for, by the name that its format's tools print.
package struct Machine: Hashable, Sendable, Codable, CustomStringConvertible {
  package let description: String

  private init(_ name: String) { description = name }

  package static let x64 = Machine("x86_64")
  package static let aarch64 = Machine("aarch64")
  package static let x86 = Machine("i386")
  package static let arm = Machine("arm")

  /// The processor of a platform.
  package init(_ platform: Platform) {
    self =
      switch platform.architecture {
      case .x64: .x64
      case .aarch64: .aarch64
      }
  }

  /// Code that runs beside the processor, in a GPU or in the kernel: it fits every platform.
  package var isAccelerator: Bool { Self.accelerators.values.contains(self) }

  private static let accelerators: [UInt16: Machine] = [
    190: Machine("cuda"), 224: Machine("amdgpu"), 247: Machine("bpf"),
  ]

  private static let elfMachines: [UInt16: Machine] = [
    3: .x86, 8: Machine("mips"), 20: Machine("ppc"), 21: Machine("ppc64"), 22: Machine("s390x"), 40: .arm,
    62: .x64, 183: .aarch64, 243: Machine("riscv"), 258: Machine("loongarch"),
  ]

  /// By `e_machine`, as in elf.h.
  init(elf value: UInt16) {
    self = Self.elfMachines[value] ?? Self.accelerators[value] ?? Machine("ELF machine \(value)")
  }

  /// By `cputype`, as in mach/machine.h.
  init(machO value: UInt32) {
    self =
      switch value {
      case 7: .x86
      case 0x0100_0007: .x64
      case 12: .arm
      case 0x0100_000C: .aarch64
      case 18: Machine("ppc")
      case 0x0100_0012: Machine("ppc64")
      default: Machine("Mach-O CPU \(value)")
      }
  }

  /// By `IMAGE_FILE_MACHINE_…`, as in the PE format's specification.
  init(pe value: UInt16) {
    self =
      switch value {
      case 0x14C: .x86
      case 0x8664: .x64
      case 0x1C0, 0x1C4: .arm
      case 0xAA64, 0xA641, 0xA64E: .aarch64
      default: Machine("PE machine \(value)")
      }
  }

  package init(from decoder: any Decoder) throws {
    description = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
