import Artifacts
import Catalogue
import ConfigMerge
import Layers
import Levels
import Model
import Processes
import SystemPackage
import Tools
import Wheels

extension CellBuild {
  /// Calls `body` with what the code of the cell's packages is worked on with; nil where all of it stays as it is.
  func withCodeWorkshop(
    _ body: (CodeWorkshop?) async throws -> PreparedLayers
  ) async throws -> PreparedLayers {
    let names = lock.packages.map(\.name) + recipe.modules.map(\.packageName)
    let forms = names.map(recipe.codeForm).filter { !$0.isUnchanged }
    guard !forms.isEmpty else { return try await body(nil) }
    return try await withTemporaryDirectory(in: bench.cache.appending("tmp")) { scratch in
      try await body(try await workshop(for: forms, in: scratch))
    }
  }

  private func workshop(for forms: [CodeForm], in scratch: FilePath) async throws -> CodeWorkshop {
    guard let program = try await bench.hostInterpreter.interpreter(for: lock.python) else {
      throw LevelError.noInterpreter(lock.python)
    }
    let isMinifying = forms.contains { $0.minification != nil }
    let interpreter = try await CompilingInterpreter(program, for: lock.python)
    return CodeWorkshop(
      interpreter: interpreter,
      minifier: isMinifying ? try await bench.toolbox.pythonMinifier().path : nil,
      native: try await nativeTools(for: forms, interpreter, in: scratch))
  }

  /// The layer of a package with its code in the form that the configuration says, and what is on record of that.
  func levelled(
    _ installed: PreparedLayer, of package: PackageName, in workshop: CodeWorkshop?
  ) async throws -> (PreparedLayer, LevelRecord?) {
    let form = recipe.codeForm(of: package)
    guard let workshop, !form.isUnchanged else { return (installed, nil) }
    let maker = CodeLayer(
      form: form, interpreter: workshop.interpreter,
      minifier: form.minification == nil ? nil : workshop.minifier,
      native: [.native, .mixed].contains(form.level) ? workshop.native : nil, scheme: scheme,
      store: bench.layers,
      processors: bench.processors, scratch: bench.cache.appending("tmp"), events: bench.events)
    let (base, name) = (installed.item.layer, installed.item.name)
    let key = maker.key(of: base, level: level)
    let known = try await bench.layers.find(key)
    let layer =
      if let known { known } else {
        try await bench.layersInWork.run(key.digest) {
          try await bench.reporting(
            Step(.layer, name, detail: form.layerKind), { ByteCount($0.size).description }
          ) { try await maker.layer(of: base, package: name, level: level) }
        }
      }
    let store = bench.layers
    let remaining = try await blocking { _ in
      form.remaining(
        in: try store.entries(of: layer), scheme: scheme, cacheTag: workshop.interpreter.cacheTag)
    }
    let record = LevelRecord(
      level: form.level, keepsSources: form.keepsSources, isMinified: form.minification != nil,
      sources: remaining.map { LevelRecord.Source(path: $0.path, reason: $0.reason) })
    let item = BundleLayer(name: name, kind: form.layerKind, layer: layer)
    return (PreparedLayer(item: item, isNew: installed.isNew || known == nil), record)
  }
}
