import Artifacts
import Model
import Testing

@testable import Wheels

/// The expected ranks and counts are those of Python's `packaging` 26.2 for the same platforms.
struct SupportedTagsTests {
  @Test(
    "there are as many tags as packaging.tags has",
    arguments: [
      (Platform.linuxX64, 714, 828), (.linuxAArch64, 364, 422), (.macOSX64, 2414, 2800),
      (.macOSAArch64, 489, 567), (.windowsX64, 39, 45),
    ])
  func count(platform: Platform, eleven: Int, thirteen: Int) {
    #expect(tags(11, platform).all.count == eleven)
    #expect(tags(13, platform).all.count == thirteen)
    #expect(Set(tags(13, platform).all).count == thirteen)
  }

  @Test(
    "all tags in their order, a line each, have the digest that packaging's have",
    arguments: [
      (Platform.linuxX64, 11, "d4b8df81c19ae364274f377de56eb56e0d052108a6ae5bbdf62f92dd3a903531"),
      (.linuxX64, 13, "617d67755839b504914a36755bae48d0eab42378214a8ed7911108b01371be0a"),
      (.linuxAArch64, 11, "8f658f629008dece397f7165c75565c2b151425ff559ea8f614f773c696ece98"),
      (.linuxAArch64, 13, "fad28c849454a8b30a651f5b5c03ba2c8361c1ac2fbbaf4d15f6e5bb4938d7b3"),
      (.macOSX64, 11, "3508bc9bdd271ea2541873a5104113cc32f556c885ba74854e3026015ff0c479"),
      (.macOSX64, 13, "90a5b73bef2a1e71f3f33285886490c62be61fab364aea2e720beb9d520ca8ba"),
      (.macOSAArch64, 11, "8e75848a790321c06e9b284cd8a74743b6dbdd61f587a1662f4bf5f1e143b654"),
      (.macOSAArch64, 13, "882dfa0081671bfa42372a97c140689aeb8ecabf68c21d901f08884601740ee8"),
      (.windowsX64, 11, "25fe279013c781dedea3dca88901ef7767812646d92d19f48c8565374a81bdbe"),
      (.windowsX64, 13, "900ed33744e895db260f3775c400fd530d0f382008b960fe6cd1aa21e5757959"),
    ])
  func order(platform: Platform, minor: Int, digest: String) {
    let lines = tags(minor, platform).all.map(\.description).joined(separator: "\n")
    #expect(Digest.sha256(of: lines).hex == digest)
  }

  @Test(
    "tags rank as packaging.tags ranks them",
    arguments: [
      (.linuxX64, 11, "cp311-cp311-manylinux_2_28_x86_64", 0),
      (.linuxX64, 11, "cp311-cp311-manylinux2014_x86_64", 12),
      (.linuxX64, 11, "cp311-cp311-manylinux1_x86_64", 26),
      (.linuxX64, 11, "cp311-cp311-linux_x86_64", 27),
      (.linuxX64, 11, "cp311-abi3-manylinux_2_17_x86_64", 39),
      (.linuxX64, 11, "cp311-none-manylinux_2_17_x86_64", 67),
      (.linuxX64, 11, "cp38-abi3-manylinux2014_x86_64", 152),
      (.linuxX64, 11, "cp32-abi3-linux_x86_64", 335),
      (.linuxX64, 11, "py311-none-manylinux_2_17_x86_64", 347),
      (.linuxX64, 11, "py3-none-manylinux2014_x86_64", 376),
      (.linuxX64, 11, "py30-none-linux_x86_64", 699),
      (.linuxX64, 11, "cp311-none-any", 700),
      (.linuxX64, 11, "py311-none-any", 701),
      (.linuxX64, 11, "py3-none-any", 702),
      (.linuxX64, 11, "py38-none-any", 705),
      (.linuxX64, 11, "py30-none-any", 713),
      (.linuxX64, 13, "cp313-cp313-manylinux_2_28_x86_64", 0),
      (.linuxX64, 13, "cp313-cp313-manylinux2014_x86_64", 12),
      (.linuxX64, 13, "cp313-cp313-manylinux1_x86_64", 26),
      (.linuxX64, 13, "cp313-cp313-linux_x86_64", 27),
      (.linuxX64, 13, "cp313-abi3-manylinux_2_17_x86_64", 39),
      (.linuxX64, 13, "cp313-none-manylinux_2_17_x86_64", 67),
      (.linuxX64, 13, "cp38-abi3-manylinux2014_x86_64", 208),
      (.linuxX64, 13, "cp32-abi3-linux_x86_64", 391),
      (.linuxX64, 13, "py313-none-manylinux_2_17_x86_64", 403),
      (.linuxX64, 13, "py3-none-manylinux2014_x86_64", 432),
      (.linuxX64, 13, "py30-none-linux_x86_64", 811),
      (.linuxX64, 13, "cp313-none-any", 812),
      (.linuxX64, 13, "py313-none-any", 813),
      (.linuxX64, 13, "py3-none-any", 814),
      (.linuxX64, 13, "py38-none-any", 819),
      (.linuxX64, 13, "py30-none-any", 827),
      (.linuxAArch64, 11, "cp311-cp311-manylinux_2_28_aarch64", 0),
      (.linuxAArch64, 11, "cp311-cp311-manylinux2014_aarch64", 12),
      (.linuxAArch64, 11, "cp311-cp311-linux_aarch64", 13),
      (.linuxAArch64, 11, "cp37-abi3-manylinux_2_17_aarch64", 95),
      (.linuxAArch64, 11, "py3-none-any", 352),
      (.linuxAArch64, 13, "cp313-cp313-manylinux_2_28_aarch64", 0),
      (.linuxAArch64, 13, "cp313-cp313-manylinux2014_aarch64", 12),
      (.linuxAArch64, 13, "cp313-cp313-linux_aarch64", 13),
      (.linuxAArch64, 13, "cp37-abi3-manylinux_2_17_aarch64", 123),
      (.linuxAArch64, 13, "py3-none-any", 408),
      (.macOSX64, 11, "cp311-cp311-macosx_13_0_x86_64", 0),
      (.macOSX64, 11, "cp311-cp311-macosx_11_0_universal2", 16),
      (.macOSX64, 11, "cp311-cp311-macosx_10_16_intel", 19),
      (.macOSX64, 11, "cp311-cp311-macosx_10_9_x86_64", 60),
      (.macOSX64, 11, "cp311-cp311-macosx_10_9_universal2", 64),
      (.macOSX64, 11, "cp311-abi3-macosx_10_13_x86_64", 132),
      (.macOSX64, 11, "cp36-abi3-macosx_10_9_universal", 737),
      (.macOSX64, 11, "py3-none-macosx_10_12_x86_64", 1290),
      (.macOSX64, 11, "py3-none-any", 2402),
      (.macOSX64, 13, "cp313-cp313-macosx_13_0_x86_64", 0),
      (.macOSX64, 13, "cp313-cp313-macosx_11_0_universal2", 16),
      (.macOSX64, 13, "cp313-cp313-macosx_10_16_intel", 19),
      (.macOSX64, 13, "cp313-cp313-macosx_10_9_x86_64", 60),
      (.macOSX64, 13, "cp313-cp313-macosx_10_9_universal2", 64),
      (.macOSX64, 13, "cp313-abi3-macosx_10_13_x86_64", 132),
      (.macOSX64, 13, "cp36-abi3-macosx_10_9_universal", 929),
      (.macOSX64, 13, "py3-none-macosx_10_12_x86_64", 1482),
      (.macOSX64, 13, "py3-none-any", 2786),
      (.macOSAArch64, 11, "cp311-cp311-macosx_13_0_arm64", 0),
      (.macOSAArch64, 11, "cp311-cp311-macosx_11_0_arm64", 4),
      (.macOSAArch64, 11, "cp311-cp311-macosx_11_0_universal2", 5),
      (.macOSAArch64, 11, "cp311-cp311-macosx_10_9_universal2", 13),
      (.macOSAArch64, 11, "cp39-abi3-macosx_11_0_arm64", 80),
      (.macOSAArch64, 11, "py3-none-macosx_11_0_arm64", 251),
      (.macOSAArch64, 11, "py3-none-any", 477),
      (.macOSAArch64, 13, "cp313-cp313-macosx_13_0_arm64", 0),
      (.macOSAArch64, 13, "cp313-cp313-macosx_11_0_arm64", 4),
      (.macOSAArch64, 13, "cp313-cp313-macosx_11_0_universal2", 5),
      (.macOSAArch64, 13, "cp313-cp313-macosx_10_9_universal2", 13),
      (.macOSAArch64, 13, "cp39-abi3-macosx_11_0_arm64", 118),
      (.macOSAArch64, 13, "py3-none-macosx_11_0_arm64", 289),
      (.macOSAArch64, 13, "py3-none-any", 553),
      (.windowsX64, 11, "cp311-cp311-win_amd64", 0),
      (.windowsX64, 11, "cp311-abi3-win_amd64", 1),
      (.windowsX64, 11, "cp311-none-win_amd64", 2),
      (.windowsX64, 11, "cp39-abi3-win_amd64", 4),
      (.windowsX64, 11, "py3-none-win_amd64", 13),
      (.windowsX64, 11, "cp311-none-any", 25),
      (.windowsX64, 11, "py3-none-any", 27),
      (.windowsX64, 13, "cp313-cp313-win_amd64", 0),
      (.windowsX64, 13, "cp313-abi3-win_amd64", 1),
      (.windowsX64, 13, "cp313-none-win_amd64", 2),
      (.windowsX64, 13, "cp39-abi3-win_amd64", 6),
      (.windowsX64, 13, "py3-none-win_amd64", 15),
      (.windowsX64, 13, "cp313-none-any", 29),
      (.windowsX64, 13, "py3-none-any", 31),
      (.linuxX64, 13, "py2.py3-none-any", 814),
      (.linuxX64, 13, "cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64", 11),
    ] as [(Platform, Int, String, Int)])
  func rank(platform: Platform, minor: Int, tag: String, rank: Int) throws {
    #expect(tags(minor, platform).rank(of: try wheel(tag)) == rank)
  }

  @Test(
    "a wheel for another system, a newer one or another Python has no rank",
    arguments: [
      (Platform.linuxX64, "cp313-cp313-manylinux_2_29_x86_64"),
      (.linuxX64, "cp313-cp313-musllinux_1_2_x86_64"),
      (.linuxX64, "cp313-cp313t-manylinux_2_28_x86_64"), (.linuxX64, "cp312-cp312-manylinux_2_28_x86_64"),
      (.linuxX64, "cp314-abi3-manylinux_2_28_x86_64"), (.linuxX64, "py2-none-any"),
      (.linuxAArch64, "cp313-cp313-manylinux_2_28_x86_64"),
      (.linuxAArch64, "py3-none-manylinux_2_16_aarch64"),
      (.macOSAArch64, "cp313-cp313-macosx_14_0_arm64"), (.macOSAArch64, "cp313-cp313-macosx_10_9_x86_64"),
      (.macOSX64, "cp313-cp313-macosx_11_0_arm64"), (.windowsX64, "cp313-cp313-win32"),
      (.windowsX64, "cp313-cp313-win_arm64"),
    ])
  func foreign(platform: Platform, tag: String) throws {
    #expect(tags(13, platform).rank(of: try wheel(tag)) == nil)
  }

  @Test("a higher floor takes newer wheels")
  func floor() throws {
    let version = PythonVersion(3, 13, 5)
    let linux = SupportedTags(python: version, platform: .linuxX64, floor: PlatformFloor(2, 34))
    #expect(linux.rank(of: try wheel("cp313-cp313-manylinux_2_34_x86_64")) == 0)
    let mac = SupportedTags(python: version, platform: .macOSX64, floor: PlatformFloor(10, 13))
    #expect(mac.rank(of: try wheel("cp313-cp313-macosx_10_13_x86_64")) == 0)
    #expect(mac.rank(of: try wheel("cp313-cp313-macosx_11_0_x86_64")) == nil)
  }

  @Test("the best wheel has the best tag, then the highest build")
  func best() throws {
    let names = [
      "a-1.0-py3-none-any.whl", "a-1.0-cp313-cp313-manylinux2014_x86_64.whl",
      "a-1.0-9-cp313-cp313-manylinux_2_28_x86_64.whl", "a-1.0-10-cp313-cp313-manylinux_2_28_x86_64.whl",
      "a-1.0-cp313-cp313-win_amd64.whl",
    ].map { try? WheelFileName(parsing: $0) }.compactMap(\.self)
    #expect(names.count == 5)
    #expect(tags(13, .linuxX64).best(of: names)?.build == "10")
    #expect(tags(13, .windowsX64).best(of: names)?.text == names[4].text)
    #expect(tags(13, .macOSX64).best(of: names)?.text == names[0].text)
    #expect(tags(13, .macOSX64).best(of: [names[4]]) == nil)
  }

  private func tags(_ minor: Int, _ platform: Platform) -> SupportedTags {
    SupportedTags(python: PythonVersion(3, minor, 0), platform: platform)
  }

  private func wheel(_ tag: String) throws -> WheelFileName { try WheelFileName(parsing: "a-1.0-\(tag).whl") }
}
