import Model
import SystemPackage
import Wheels

extension CodeLayer {
  /// The products with native code where it can be made, and the reason where it can't.
  ///
  /// `__init__` and `__main__` have byte code: packages are found by the one, and `python -m` reads the other. So have
  /// files that may be data.
  func natives(
    of products: [(CodeSource, CodeProduct)], among modules: Set<String>, tools: NativeTools,
    in home: FilePath
  ) async throws -> [(CodeSource, CodeProduct)] {
    let worker = try await NativeWorker(tools: tools, home: home)
    return try await Array(products.enumerated()).concurrentMap(width: 64) { number, item in
      let source = item.0
      var product = item.1
      guard product.byteCode != nil, modules.contains(source.path), Self.isPlainModule(source.name) else {
        return (source, product)
      }
      let code = product.source ?? source.bytes
      let outcome = try await processors.withSlot {
        try await worker.run(source.name, code, number: number)
      }
      switch outcome {
      case .made(let library): product.native = library
      case .refused(let reason): product.problem = reason
      }
      return (source, product)
    }
  }

  /// Whether a file of this name is made native.
  static func isPlainModule(_ name: some StringProtocol) -> Bool {
    let stem = name.split(separator: "/").last?.prefix { $0 != "." }
    return stem != "__init__" && stem != "__main__"
  }

  /// At `native`, a module that can't be native fails.
  func refuse(_ products: [String: CodeProduct], _ package: String) throws(LevelError) {
    guard form.level == .native else { return }
    let problems = products.filter {
      $0.value.byteCode != nil && $0.value.native == nil && $0.value.problem != nil
    }
    .sorted { $0.key < $1.key }
    guard let first = problems.first else { return }
    throw .notNative(
      package: package, count: problems.count, first: scheme.recordPath(of: first.key),
      reason: first.value.problem ?? "")
  }
}
