import Model
import Testing

@Suite struct ByteCountTests {
  @Test(
    arguments: [
      (0, "0 B"), (812, "812 B"), (999, "999 B"), (1_000, "1.0 kB"), (999_949, "999.9 kB"),
      (999_950, "1.0 MB"), (4_100_000, "4.1 MB"), (1_234_567_890, "1.2 GB"), (-4_100_000, "-4.1 MB"),
      (Int64.max, "9223.4 PB"), (Int64.min, "-9223.4 PB"),
    ] as [(Int64, String)])
  func `a size has one decimal and the unit that fits`(bytes: Int64, text: String) {
    #expect(ByteCount(bytes).description == text)
  }

  @Test func `a part of a whole is in the unit of the whole`() {
    #expect(ByteCount(84_200_000).description(of: ByteCount(1_230_000_000)) == "0.1 of 1.2 GB")
    #expect(ByteCount(84_200_000).description(of: ByteCount(230_100_000)) == "84.2 of 230.1 MB")
    #expect(ByteCount(3).description(of: ByteCount(12)) == "3 of 12 B")
  }

  @Test(arguments: [(4_100_000, "+4.1 MB"), (0, "0 B"), (-12, "-12 B")] as [(Int64, String)])
  func `a difference has its sign`(bytes: Int64, text: String) {
    #expect(ByteCount(bytes).signedDescription == text)
  }
}
