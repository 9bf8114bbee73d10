import Catalogue
import ConfigMerge
import Layers
import Model
import Wheels

/// A cell's layers in the order of its bundle, with what is installed by them.
struct PreparedLayers: Sendable {
  let layers: [BundleLayer]
  let packages: [PreparedPackage]
  let modules: [PreparedModule]
  let hasInterpreter: Bool
  /// How many of the layers this build made; the others were there.
  let madeCount: Int
}

/// A layer before it is freed of what others overwrite.
struct PreparedLayer: Sendable {
  let item: BundleLayer
  /// Whether it was made now, for this cell.
  let isNew: Bool
}

/// A package of a cell, down to the wheel that it is installed from.
struct PreparedPackage: Sendable {
  let locked: LockedPackage
  let wheel: LocatedWheel
  let distribution: InstalledDistribution
  let layer: PreparedLayer
  /// Nil where its code is as the wheel has it.
  let level: LevelRecord?
}

/// A module of a cell, down to the wheel that its files make.
struct PreparedModule: Sendable {
  static let layerKind = "module"

  let module: ModulePackage
  let wheel: LocatedWheel
  /// The wheel's, in bytes.
  let size: Int64
  let distribution: InstalledDistribution
  let layer: PreparedLayer
  let level: LevelRecord?
}

extension PreparedLayers {
  /// Everything that can be imported.
  var distributions: [InstalledDistribution] {
    packages.map(\.distribution) + modules.map(\.distribution)
  }
}
