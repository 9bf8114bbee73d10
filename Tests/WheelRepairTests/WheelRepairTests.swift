import Model
import Testing

@testable import WheelRepair

@Suite struct WheelRepairTests {
  @Test(
    "the way to a library's directory starts from the file that looks for it",
    arguments: [
      ("tiny.so", "tiny.libs", "$ORIGIN/tiny.libs"), ("a/b/c.so", "a.libs", "$ORIGIN/../../a.libs"),
      ("a/b.so", "a", "$ORIGIN"), ("a/b.so", "a/lib", "$ORIGIN/lib"), ("x.libs/y.so", "x.libs", "$ORIGIN"),
    ])
  func origin(file: String, directory: String, expected: String) {
    #expect(originPath(from: file, to: directory) == expected)
  }

  @Test("policies are in order, and old ones have the names that old installers know")
  func policies() {
    let all = ManylinuxPolicy.all
    #expect(all.map(\.glibc) == all.map(\.glibc).sorted())
    let tags = all.first { $0.glibc == PlatformFloor(2, 17) }?.tags("x86_64")
    #expect(tags == ["manylinux_2_17_x86_64", "manylinux2014_x86_64"])
  }

  @Test("without native code the oldest policy of the processor fits")
  func oldest() {
    #expect(ManylinuxPolicy.oldest(for: [], architecture: .x64)?.glibc == PlatformFloor(2, 5))
    #expect(ManylinuxPolicy.oldest(for: [], architecture: .aarch64)?.glibc == PlatformFloor(2, 17))
  }
}
