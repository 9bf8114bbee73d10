import Model

/// A layer's content in pieces of bounded size, each with the range of the old layer that it most likely came from.
struct PiecePlan {
  let start: Int64
  let size: Int64
  let baseStart: Int64
  let baseSize: Int64

  /// Small files go together up to this many bytes; larger ones make pieces of their own.
  private static let goal: Int64 = 8 << 20

  static func pieces(of content: LayerContent, against base: LayerContent) -> [PiecePlan] {
    let (new, old) = (ContentMap(of: content), ContentMap(of: base))
    guard let new, let old else {
      return cuts(0, content.size).map { slice($0, of: 0..<content.size, in: 0..<base.size) }
    }
    var plans: [PiecePlan] = []
    var run: [ContentMap.Span] = []
    func flush() {
      guard let first = run.first, let last = run.last else { return }
      plans += pieces(first.start..<last.end, counterparts: run.compactMap { old.counterpart(of: $0.path) })
      run = []
    }
    for span in new.spans {
      if span.end - span.start > goal { flush() }
      run.append(span)
      if span.end - (run.first?.start ?? span.start) >= goal { flush() }
    }
    flush()
    let tables = (content.segment..<content.size, base.segment..<base.size)
    return plans
      + cuts(tables.0.lowerBound, tables.0.upperBound).map { slice($0, of: tables.0, in: tables.1) }
  }

  /// The pieces of files that lie together, against the files that they were.
  private static func pieces(
    _ range: Range<Int64>, counterparts: [ContentMap.Span]
  ) -> [PiecePlan] {
    guard let start = counterparts.map(\.start).min(), let end = counterparts.map(\.end).max() else {
      return cuts(range.lowerBound, range.upperBound).map {
        PiecePlan(start: $0.lowerBound, size: Int64($0.count), baseStart: 0, baseSize: 0)
      }
    }
    return cuts(range.lowerBound, range.upperBound).map { slice($0, of: range, in: start..<end) }
  }

  private static func cuts(_ start: Int64, _ end: Int64) -> [Range<Int64>] {
    stride(from: start, to: end, by: Int64.Stride(PatchTable.pieceLimit)).map {
      $0..<min(end, $0 + PatchTable.pieceLimit)
    }
  }

  /// A piece, with as much as may be of the base around the place that is as far into it as the piece is into `whole`.
  private static func slice(
    _ piece: Range<Int64>, of whole: Range<Int64>, in base: Range<Int64>
  ) -> PiecePlan {
    let size = min(base.upperBound - base.lowerBound, PatchTable.baseLimit)
    let middle = base.lowerBound + piece.lowerBound - whole.lowerBound + Int64(piece.count) / 2
    let start = min(max(base.lowerBound, middle - size / 2), base.upperBound - size)
    return PiecePlan(start: piece.lowerBound, size: Int64(piece.count), baseStart: start, baseSize: size)
  }
}
