import Artifacts
import ConfigMerge
import Layers
import Model
import Runtimes
import Tools
import Wheels

extension CellBuild {
  /// The cell's layers: interpreter, packages by name, modules, copied files.
  ///
  /// What is missing is fetched and made.
  func prepared() async throws -> PreparedLayers {
    try await withCodeWorkshop { try await prepared(with: $0) }
  }

  private func prepared(with workshop: CodeWorkshop?) async throws -> PreparedLayers {
    let interpreter = try await runtimeLayer()
    let packages = try await lock.packages.concurrentMap(width: 8) { try await packageLayer($0, workshop) }
    let modules = try await recipe.modules.concurrentMap(width: 2) { try await moduleLayer($0, workshop) }
    let layers = [interpreter] + (packages.map(\.layer) + modules.map(\.layer)) + [try await copiedLayer()]
    let (resolved, overwritten) = try await bench.layers.resolvingOverwrites(
      layers.compactMap { $0?.item }, level: level, isCaseSensitive: isCaseSensitive)
    for overwrite in overwritten {
      let text = "\(cell): copyFiles replaces '\(overwrite.path)' of \(overwrite.layer)"
      bench.events(.diagnosed(Diagnostic(.warning, text)))
    }
    return PreparedLayers(
      layers: resolved, packages: packages, modules: modules, hasInterpreter: interpreter != nil,
      madeCount: layers.count { $0?.isNew ?? false })
  }

  /// The interpreter's layer; nil where the user brings the interpreter.
  private func runtimeLayer() async throws -> PreparedLayer? {
    let spec = try RuntimeSpec(recipe)
    let isNew =
      try await bench.layers.find(RuntimeProviders.key(of: lock.runtime, spec: spec, level: level)) == nil
    let layer = try await bench.runtimes.layer(for: lock.runtime, spec: spec, in: bench.layers, level: level)
    return layer.map {
      PreparedLayer(
        item: BundleLayer(name: "cpython \(lock.python)", kind: "runtime", layer: $0), isNew: isNew)
    }
  }

  private func packageLayer(
    _ package: LockedPackage, _ workshop: CodeWorkshop?
  ) async throws -> PreparedPackage {
    let wheel = try await WheelSource(bench: bench, recipe: recipe, lock: lock).wheel(for: package)
    let (base, isNew) = try await layer(
      of: wheel, isRequested: lock.requested.contains(package.name), directURL: package.directURL)
    let distribution = try await DistributionShelf(cache: bench.cache).distribution(of: wheel, scheme: scheme)
    let installed = PreparedLayer(
      item: BundleLayer(name: "\(package.name) \(wheel.fileName.version)", kind: "wheel", layer: base),
      isNew: isNew)
    let (layer, level) = try await levelled(installed, of: package.name, in: workshop)
    return PreparedPackage(
      locked: package, wheel: wheel, distribution: distribution, layer: layer, level: level)
  }

  /// A module's layer is that of a wheel made of its files: where those are what they were, so is the layer.
  private func moduleLayer(_ module: ModulePackage, _ workshop: CodeWorkshop?) async throws -> PreparedModule
  {
    let wheel = module.wheel
    let bytes = try await bench.processors.withSlot { wheel.bytes }
    let located = LocatedWheel(
      digest: Digest.sha256(of: bytes), fileName: try WheelFileName(parsing: wheel.fileName)
    ) { try await bench.artifacts.add(bytes) }
    let (base, isNew) = try await layer(of: located, isRequested: true)
    let distribution = try await DistributionShelf(cache: bench.cache)
      .distribution(of: located, scheme: scheme)
    let item = BundleLayer(
      name: "\(module.name) \(module.version)", kind: PreparedModule.layerKind, layer: base)
    let (layer, level) = try await levelled(
      PreparedLayer(item: item, isNew: isNew), of: module.packageName, in: workshop)
    return PreparedModule(
      module: module, wheel: located, size: Int64(bytes.count), distribution: distribution, layer: layer,
      level: level)
  }

  private func layer(
    of wheel: LocatedWheel, isRequested: Bool, directURL: String? = nil
  ) async throws -> (Layer, isNew: Bool) {
    switch recipe.build.layout.value {
    case .tree: try await treeLayer(of: wheel, isRequested: isRequested, directURL: directURL)
    case .wheelhouse: try await wheelhouseLayer(of: wheel)
    }
  }

  private func treeLayer(
    of wheel: LocatedWheel, isRequested: Bool, directURL: String?
  ) async throws -> (Layer, isNew: Bool) {
    let launchers = try await launchers()
    let key = WheelInstallation.layerKey(
      wheel: wheel.digest, scheme: scheme, isRequested: isRequested, directURL: directURL,
      launchers: launchers, level: level)
    return try await layer(key, of: wheel) {
      let installation = WheelInstallation(
        wheel: $0, fileName: wheel.fileName, scheme: scheme, isRequested: isRequested,
        directURL: directURL, launchers: launchers)
      return try await installation.layer(in: bench.layers, level: level)
    }
  }

  private func wheelhouseLayer(of wheel: LocatedWheel) async throws -> (Layer, isNew: Bool) {
    try await layer(wheelhouseLayerKey(of: wheel.digest, fileName: wheel.fileName, level: level), of: wheel) {
      try await Wheels.wheelhouseLayer(of: $0, fileName: wheel.fileName, in: bench.layers, level: level)
    }
  }

  /// The layer of this key, found or made of the wheel.
  ///
  /// Cells that want the same layer at the same time wait for one of them without taking up a processor.
  private func layer(
    _ key: LayerKey, of wheel: LocatedWheel, making make: (StoredArtifact) async throws -> Layer
  ) async throws -> (Layer, isNew: Bool) {
    if let layer = try await bench.layers.find(key) { return (layer, false) }
    var isNew = false
    let layer = try await bench.layersInWork.run(key.digest) {
      if let layer = try await bench.layers.find(key) { return layer }
      isNew = true
      let artifact = try await wheel.artifact()
      return try await bench.processors.withSlot {
        try await bench.reporting(
          Step(.layer, wheel.fileName.description), { ByteCount($0.size).description }
        ) { try await make(artifact) }
      }
    }
    return (layer, isNew)
  }

  /// What commands begin with on Windows; nil elsewhere.
  private func launchers() async throws -> WindowsLaunchers? {
    guard scheme.isWindows else { return nil }
    let programs = try await bench.toolbox.windowsLaunchers()
    return WindowsLaunchers(console: programs.console, graphical: programs.gui)
  }

  /// The layer of what `copyFiles` copies, or nil when that is nothing.
  private func copiedLayer() async throws -> PreparedLayer? {
    guard !copied.isEmpty else { return nil }
    let key = LayerKey(
      kind: BundleLayer.overwritingKind, version: CopiedFile.formatVersion,
      fields: copied.map { ("/\($0.path)", $0.identity) } + [("level", String(level))])
    let isNew = try await bench.layers.find(key) == nil
    let layer = try await bench.layers.make(key, level: level, isCaseSensitive: isCaseSensitive) {
      writer, _ in
      for file in copied { try writer.add(file) }
    }
    let item = BundleLayer(name: "copied files", kind: BundleLayer.overwritingKind, layer: layer)
    return PreparedLayer(item: item, isNew: isNew)
  }
}
