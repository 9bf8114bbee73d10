import Artifacts
import ConfigMerge
import Layers
import Model
import Runtimes
import Tools
import Wheels

extension CellBuild {
  /// The cell's layers: interpreter, packages by name, copied files.
  ///
  /// What is missing is fetched and made.
  func prepared() async throws -> PreparedLayers {
    let interpreter = try await runtimeLayer()
    let packages = try await lock.packages.concurrentMap(width: 8) { try await packageLayer($0) }
    var layers = packages.map(\.layer)
    if let interpreter { layers.insert(interpreter, at: 0) }
    if let files = try await copiedLayer() { layers.append(files) }
    let (resolved, overwritten) = try await bench.layers.resolvingOverwrites(
      layers, level: level, isCaseSensitive: isCaseSensitive)
    for overwrite in overwritten {
      let text = "\(cell): copyFiles replaces '\(overwrite.path)' of \(overwrite.layer)"
      bench.events(.diagnosed(Diagnostic(.warning, text)))
    }
    return PreparedLayers(
      layers: resolved, packages: packages, hasInterpreter: interpreter != nil,
      madeCount: packages.count(where: \.isNew))
  }

  /// The interpreter's layer; nil where the user brings the interpreter.
  private func runtimeLayer() async throws -> BundleLayer? {
    let spec = try RuntimeSpec(recipe)
    let layer = try await bench.runtimes.layer(for: lock.runtime, spec: spec, in: bench.layers, level: level)
    return layer.map { BundleLayer(name: "cpython \(lock.python)", kind: "runtime", layer: $0) }
  }

  private func packageLayer(_ package: LockedPackage) async throws -> PreparedPackage {
    let wheel = try await WheelSource(bench: bench, recipe: recipe, lock: lock).wheel(for: package)
    let (layer, isNew) =
      switch recipe.build.layout.value {
      case .tree: try await treeLayer(of: wheel, isRequested: lock.requested.contains(package.name))
      case .wheelhouse: try await wheelhouseLayer(of: wheel)
      }
    let distribution = try await DistributionShelf(cache: bench.cache).distribution(of: wheel, scheme: scheme)
    let name = "\(package.name) \(wheel.fileName.version)"
    return PreparedPackage(
      locked: package, wheel: wheel, distribution: distribution,
      layer: BundleLayer(name: name, kind: "wheel", layer: layer), isNew: isNew)
  }

  private func treeLayer(of wheel: LocatedWheel, isRequested: Bool) async throws -> (Layer, isNew: Bool) {
    let launchers = try await launchers()
    let key = WheelInstallation.layerKey(
      wheel: wheel.digest, scheme: scheme, isRequested: isRequested, launchers: launchers, level: level)
    if let layer = try await bench.layers.find(key) { return (layer, false) }
    let installation = WheelInstallation(
      wheel: try await wheel.artifact(), fileName: wheel.fileName, scheme: scheme, isRequested: isRequested,
      launchers: launchers)
    return try await bench.processors.withSlot {
      let step = Step(.layer, wheel.fileName.description)
      bench.events(.started(step))
      let layer = try await installation.layer(in: bench.layers, level: level)
      bench.events(.finished(step, .done(formatted(byteCount: layer.size))))
      return (layer, true)
    }
  }

  /// What commands begin with on Windows; nil elsewhere.
  private func launchers() async throws -> WindowsLaunchers? {
    guard scheme.isWindows else { return nil }
    let programs = try await bench.toolbox.windowsLaunchers()
    return WindowsLaunchers(console: programs.console, graphical: programs.gui)
  }

  private func wheelhouseLayer(of wheel: LocatedWheel) async throws -> (Layer, isNew: Bool) {
    let key = wheelhouseLayerKey(of: wheel.digest, fileName: wheel.fileName, level: level)
    if let layer = try await bench.layers.find(key) { return (layer, false) }
    let layer = try await Wheels.wheelhouseLayer(
      of: wheel.artifact(), fileName: wheel.fileName, in: bench.layers, level: level)
    return (layer, true)
  }

  /// The layer of what `copyFiles` copies, or nil when that is nothing.
  private func copiedLayer() async throws -> BundleLayer? {
    guard !copied.isEmpty else { return nil }
    let key = LayerKey(
      kind: BundleLayer.overwritingKind, version: 1,
      fields: copied.map { ($0.path, $0.identity) } + [("level", String(level))])
    let layer = try await bench.layers.make(key, level: level, isCaseSensitive: isCaseSensitive) {
      writer, _ in
      for file in copied { try writer.add(file) }
    }
    return BundleLayer(name: "copied files", kind: BundleLayer.overwritingKind, layer: layer)
  }
}
