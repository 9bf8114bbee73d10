import ConfigMerge
import Layers
import Levels
import Model
import Runtimes
import Wheels

extension Recipe {
  /// The versions of the code that makes the cell's layers, by kind: another version makes other bytes of the same files.
  ///
  /// A first version goes without saying, so that a setting that brings another kind of layer is the only change told.
  func layerFormats(isCopying: Bool) -> [String] {
    var formats: [String: Int] = [:]
    if runtime.provider.value != .external { formats["runtime"] = RuntimeProviders.formatVersion }
    switch build.layout.value {
    case .tree: formats["wheel"] = WheelInstallation.formatVersion
    case .wheelhouse: formats["wheelhouse"] = wheelhouseFormatVersion
    }
    if changesCode { formats["code"] = CodeLayer.formatVersion }
    if isCopying {
      formats["copied"] = CopiedFile.formatVersion
      formats["omission"] = LayerStore.omissionFormatVersion
    }
    if build.archive.value == .zip { formats["zip"] = LayerStore.zipFormatVersion }
    return formats.filter { $0.value > 1 }.map { "\($0.key) \($0.value)" }.sorted()
  }
}
