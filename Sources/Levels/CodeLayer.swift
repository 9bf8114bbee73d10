import Artifacts
package import Layers
package import Model
package import SystemPackage
package import Wheels

/// Makes the layer of a package whose Python code is in another form than its wheel has it.
///
/// It is made of the layer that installing the wheel makes; everything but Python code is as it is there, and RECORD is
/// right. Files that nothing can be made of stay as they are, and are told.
package struct CodeLayer: Sendable {
  let form: CodeForm
  let interpreter: CompilingInterpreter
  /// python-minifier's wheel, where the form minifies.
  let minifier: FilePath?
  /// Where the form wants native code that can be made; without them `mixed` is byte code.
  let native: NativeTools?
  let scheme: InstallScheme
  let store: LayerStore
  /// Waits for a processor for each piece of the work.
  let processors: Slots
  /// Where directories for the work are made.
  let scratch: FilePath
  let events: EventSink

  package init(
    form: CodeForm, interpreter: CompilingInterpreter, minifier: FilePath?, native: NativeTools? = nil,
    scheme: InstallScheme,
    store: LayerStore, processors: Slots, scratch: FilePath, events: @escaping EventSink
  ) {
    precondition((form.minification == nil) == (minifier == nil), "minifying needs the minifier")
    self.form = form
    self.interpreter = interpreter
    self.minifier = minifier
    self.native = native
    self.scheme = scheme
    self.store = store
    self.processors = processors
    self.scratch = scratch
    self.events = events
  }

  /// Raised whenever the same code would be made into other bytes.
  package static let formatVersion = 1

  /// What the layer depends on: the installed wheel, the form, and who compiles; of byte code the platform is no part.
  package func key(of base: Layer, level: Int) -> LayerKey {
    LayerKey(
      kind: form.layerKind, version: Self.formatVersion,
      fields: [
        ("layer", base.digest.description), ("form", form.words.joined(separator: "\n")),
        ("compiler", "\(interpreter.version) \(interpreter.cacheTag)"),
        ("native", native?.identity ?? "none"), ("level", String(level)),
      ])
  }

  /// The layer from the store, made first when it is not there; `package` is for messages.
  ///
  /// - Throws: `LevelError`, and what the store throws; nothing is stored then.
  package func layer(of base: Layer, package: String, level: Int) async throws -> Layer {
    let key = key(of: base, level: level)
    if let layer = try await store.find(key) { return layer }
    let entries = try await blocking { _ in try store.entries(of: base) }
    let files = PythonFiles(entries, scheme: scheme)
    let products = try await products(of: files, in: base, package: package)
    try refuse(products, package)
    tell(products, package)
    let rewriting = CodeRewriting(
      entries: entries, products: products, keepsSources: form.keepsSources, cacheTag: interpreter.cacheTag,
      suffix: native?.suffix,
      movable: Set(files.files.filter { $0.role == .module }.map(\.path)), scheme: scheme)
    return try await processors.withSlot {
      try await store.make(key, level: level) { writer, cancellation in
        try rewriting.write(try store.reader(of: base), into: writer, package: package, cancellation)
      }
    }
  }

  /// What comes of each file that can be imported, by path; every piece of it waits for a processor.
  private func products(
    of files: PythonFiles, in base: Layer, package: String
  ) async throws -> [String: CodeProduct] {
    let wanted = files.files.filter { [.module, .inNoPackage].contains($0.role) }
    guard !wanted.isEmpty else { return [:] }
    let names = Dictionary(uniqueKeysWithValues: wanted.map { ($0.path, $0.place(in: scheme)) })
    let chunks = try await processors.withSlot {
      try await blocking { try read(names, from: base, $0) }
    }
    return try await withTemporaryDirectory(in: scratch) { home in
      let worker = CodeWorker(interpreter: interpreter, form: form, minifier: minifier, home: home)
      let made = try await chunks.concurrentMap(width: Self.width) { chunk in
        let products = try await processors.withSlot { try await worker.run(chunk, of: package) }
        return zip(chunk, products).map { ($0, $1) }
      }.flatMap(\.self)
      let modules = Set(files.files.filter { $0.role == .module }.map(\.path))
      var all = made
      if let native { all = try await natives(of: made, among: modules, tools: native, in: home) }
      return Dictionary(uniqueKeysWithValues: all.map { ($0.path, $1) })
    }
  }

  /// Pieces of one package that may wait for processors at once.
  private static let width = 64
  /// A piece is large enough for the start of a process not to matter, and small enough for all processors to have one.
  private static let chunkCount = 64
  private static let chunkBytes = 1 << 20

  private func read(
    _ names: [String: String], from base: Layer, _ cancellation: Cancellation
  ) throws -> [[CodeSource]] {
    var chunks: [[CodeSource]] = []
    var (chunk, size): ([CodeSource], Int) = ([], 0)
    let reader = try store.reader(of: base)
    while let entry = try reader.next() {
      try cancellation.check()
      guard let path = try entry.relativePath(), let name = names[path] else { continue }
      let bytes = try reader.readAll(limit: Int(PythonFiles.sizeLimit))
      chunk.append(CodeSource(path: path, name: name, bytes: bytes))
      size += bytes.count
      if chunk.count == Self.chunkCount || size >= Self.chunkBytes {
        chunks.append(chunk)
        (chunk, size) = ([], 0)
      }
    }
    return chunk.isEmpty ? chunks : chunks + [chunk]
  }

  private func tell(_ products: [String: CodeProduct], _ package: String) {
    let problems = products.compactMap { path, product in product.problem.map { (path, product, $0) } }
      .sorted { $0.0 < $1.0 }
    guard let (path, product, problem) = problems.first else { return }
    let what = product.byteCode == nil ? "stays as it is" : "is not what its level says"
    let more = problems.count > 1 ? " (and \(problems.count - 1) more like it)" : ""
    events(.diagnosed(Diagnostic(.warning, "'\(path)' of \(package) \(what): \(problem)\(more)")))
  }
}
