import ConfigMerge
import Model

/// A module's cell keeps to the versions of its runenv's lock, so that both share their layers.
extension Lock {
  /// The versions that a module's cell has to keep to, by package.
  ///
  /// What a source tells only when it is built has none, and what the module's own file says is left to it.
  func held(for recipe: Recipe) -> [PackageName: String] {
    packages.reduce(into: [:]) { held, package in
      guard let version = package.version, !recipe.released.contains(package.name) else { return }
      held[package.name] = version
    }
  }

  /// What of a module's lock is not as its runenv's lock now has it.
  func departures(from base: Lock, for recipe: Recipe) -> [KeyChange] {
    let held = base.held(for: recipe)
    var changes = packages.compactMap { package -> KeyChange? in
      guard let version = held[package.name], let own = package.version, own != version else { return nil }
      return KeyChange(package.name.description, old: own, new: "\(version), as its runenv has it")
    }
    if floor == base.floor, runtime != base.runtime {
      changes.append(KeyChange("interpreter", old: nil, new: "the runenv's own"))
    }
    return changes
  }
}
