extension [UInt8] {
  /// Appends the number of bytes, four of them, the lowest first, and the bytes.
  mutating func appendFrame(_ bytes: [UInt8]) {
    let count = UInt32(bytes.count)
    for shift in stride(from: UInt32(0), to: 32, by: 8) { append(UInt8(truncatingIfNeeded: count >> shift)) }
    append(contentsOf: bytes)
  }
}

/// Reads what the worker's process writes: for each file a byte that says which frames follow.
struct FrameReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Nil when there is anything but `count` products.
  mutating func products(count: Int) -> [CodeProduct]? {
    var products: [CodeProduct] = []
    for _ in 0..<count {
      guard let product = product() else { return nil }
      products.append(product)
    }
    return position == bytes.count ? products : nil
  }

  private mutating func product() -> CodeProduct? {
    guard position < bytes.count else { return nil }
    let parts = bytes[position]
    position += 1
    var product = CodeProduct()
    if parts & 1 != 0 {
      guard let source = frame() else { return nil }
      product.source = source
    }
    if parts & 2 != 0 {
      guard let code = frame() else { return nil }
      product.byteCode = code
    }
    if parts & 4 != 0 {
      guard let text = frame() else { return nil }
      product.problem = String(decoding: text, as: UTF8.self)
    }
    return product
  }

  private mutating func frame() -> [UInt8]? {
    guard position + 4 <= bytes.count else { return nil }
    let count = (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
    position += 4
    guard position + count <= bytes.count else { return nil }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }
}
