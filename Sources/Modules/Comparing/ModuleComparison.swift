import ConfigMerge
package import Model

/// What became of an added module: on the user's side, and at its source.
///
/// It is a value to print; nothing is ever written by it.
package struct ModuleComparison: Sendable {
  package let module: AddedModule
  /// The version that the source has now.
  package let sourceVersion: PackageVersion
  /// Every file of either side, sorted by path.
  package let files: [FileComparison]

  /// Whether the source has something that the module doesn't.
  package var isOutdated: Bool { files.contains { $0.inSource != .unchanged && !$0.isSameNow } }
  /// Whether the user has changed anything since it was added.
  package var isChangedHere: Bool { files.contains { $0.here != .unchanged } }
}

/// One file of an added module, three-way: as it was added, as it is here, and as the source would add it now.
package struct FileComparison: Sendable, Hashable {
  package enum Change: String, Sendable, Codable {
    case unchanged
    case changed
    case added
    case removed
  }

  /// In the module's directory.
  package let path: String
  /// What the user did to it.
  package let here: Change
  package let inSource: Change
  /// As it was added; nil where that can't be had again, and for a file that is new.
  package let base: [UInt8]?
  /// Nil where there is none.
  package let yours: [UInt8]?
  package let theirs: [UInt8]?

  /// Whether both sides have the same, however they came to it.
  package var isSameNow: Bool { yours == theirs }
  /// Whether both sides changed it, and not in the same way.
  package var isConflict: Bool { here != .unchanged && inSource != .unchanged && !isSameNow }
}

extension ModuleComparison {
  /// Compares an added module with its source.
  ///
  /// `current` is the module as the source has it now, rendered with the options that were chosen then; an option that
  /// it no longer has is dropped, and one that is new has its default. `original` is the source at what was recorded,
  /// where it can be had again.
  /// - Throws: `RenderingError` when the source now needs an option that has no default, `FileError`.
  package init(_ module: AddedModule, with current: FoundModule, original: FoundModule?) throws {
    let theirs = try Side(rendering: current, for: module)
    var base: Side?
    if let original, original.manifest.version == module.version {
      base = try Side(rendering: original, for: module)
    }
    let paths = Set(module.files.keys).union(theirs.files.keys)
    self.module = module
    sourceVersion = current.manifest.version
    files = try paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { path in
      try FileComparison(
        path, recorded: module.files[path], yours: module.content(of: path), theirs: theirs.files[path],
        base: base?.files[path])
    }
  }
}

/// What a source would write.
private struct Side {
  var files: [String: [UInt8]] = [:]

  init(rendering found: FoundModule, for module: AddedModule) throws {
    var options: [String: OptionValue] = [:]
    for option in found.manifest.options { options[option.name] = module.options[option.name] }
    for file in try render(found, options: options, recordedAs: module.source).files {
      files[file.path] =
        file.path == RenderedModule.projectFile ? projectPart(of: file.bytes) : file.bytes
    }
  }
}
