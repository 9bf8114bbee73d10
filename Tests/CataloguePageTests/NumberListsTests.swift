import Testing

@testable import CataloguePage

@Suite struct NumberListsTests {
  @Test func `a set is written as its distances, in base 36`() {
    var lists = NumberLists()
    #expect(lists.number(of: [40, 3, 4, 3]) == 0)
    #expect(lists.texts == ["3 1 10"])
  }

  @Test func `equal sets are one`() {
    var lists = NumberLists()
    #expect([lists.number(of: [1, 2]), lists.number(of: []), lists.number(of: [2, 1])] == [0, 1, 0])
    #expect(lists.texts == ["1 1", ""])
  }

  @Test func `a set that is much like a full one is written as what sets it apart, never of another such`() {
    var lists = NumberLists()
    _ = lists.number(of: 0..<100)
    _ = lists.number(of: 1..<101)
    _ = lists.number(of: 1..<102)
    _ = lists.number(of: [7])
    #expect(lists.texts.dropFirst() == ["0|0|2s", "0|0|2s 1", "7"])
  }
}
