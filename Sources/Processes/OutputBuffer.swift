/// What a program wrote, in bounded memory: whole up to the limit, beyond it the first and the last half.
struct OutputBuffer {
  private let limit: Int
  private var head: [UInt8] = []
  /// A ring once it is full: `oldest` is where the next byte goes.
  private var tail: [UInt8] = []
  private var oldest = 0
  private(set) var total = 0

  init(limit: Int) {
    self.limit = max(limit, 2)
  }

  private var headLimit: Int { limit / 2 }
  private var tailLimit: Int { limit - limit / 2 }

  var isOverflowing: Bool { total > limit }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    total += bytes.count
    let forHead = min(bytes.count, headLimit - head.count)
    head.append(contentsOf: bytes[..<forHead])
    var rest = bytes[forHead...]
    let room = min(rest.count, tailLimit - tail.count)
    tail.append(contentsOf: rest.prefix(room))
    rest = rest.dropFirst(room).suffix(tailLimit)
    while !rest.isEmpty {
      let part = rest.prefix(tailLimit - oldest)
      tail.replaceSubrange(oldest..<oldest + part.count, with: part)
      oldest = (oldest + part.count) % tailLimit
      rest = rest.dropFirst(part.count)
    }
  }

  /// The bytes, with a line in the middle that says how many were dropped there, if any were.
  var bytes: [UInt8] {
    guard isOverflowing else { return head + tail }
    let notice = "\n[… \(total - limit) bytes left out …]\n"
    return head + Array(notice.utf8) + tail[oldest...] + tail[..<oldest]
  }
}
