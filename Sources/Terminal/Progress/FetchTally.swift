import Model

/// All downloads together: how many, how many bytes, how fast.
struct FetchTally {
  private(set) var started = 0
  private(set) var ended = 0
  /// Bytes of downloads that have ended.
  private var endedBytes: Int64 = 0
  /// Downloads that run: their bytes so far, and in all where that is known.
  private var running: [Step: (completed: Int64, total: Int64?)] = [:]
  /// What had arrived when, over the last seconds.
  private var samples: [(time: Duration, bytes: Int64)] = []

  var isRunning: Bool { !running.isEmpty }

  var completed: ByteCount { ByteCount(endedBytes + running.values.reduce(0) { $0 + $1.completed }) }

  /// Nil while the size of a running download is not known.
  var total: ByteCount? {
    var total = endedBytes
    for download in running.values {
      guard let size = download.total else { return nil }
      total += size
    }
    return ByteCount(total)
  }

  /// Bytes a second over the last three seconds; nil until there is something to say.
  func rate(at time: Duration) -> ByteCount? {
    guard let first = samples.first, case let span = time - first.time, span > .milliseconds(200) else {
      return nil
    }
    return ByteCount(Int64(Double(completed.bytes - first.bytes) / (span / .seconds(1))))
  }

  mutating func start(_ step: Step) {
    if running.updateValue((0, nil), forKey: step) == nil { started += 1 }
  }

  mutating func progress(_ step: Step, completed: Int64, total: Int64?, at time: Duration) {
    guard running[step] != nil else { return }
    running[step] = (completed, total)
    if samples.last.map({ time - $0.time > .milliseconds(100) }) ?? true {
      samples.append((time, self.completed.bytes))
    }
    samples.removeAll { time - $0.time > .seconds(3) }
  }

  /// One that was there already and never started is not counted; one that ended early has what it got.
  mutating func end(_ step: Step, isDone: Bool) {
    guard let download = running.removeValue(forKey: step) else { return }
    ended += 1
    endedBytes += isDone ? download.total ?? download.completed : download.completed
    if running.isEmpty { samples = [] }
  }
}
