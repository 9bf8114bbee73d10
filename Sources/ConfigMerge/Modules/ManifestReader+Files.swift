import Model
import SystemPackage

extension ManifestReader {
  mutating func files(_ node: Node?) -> [ModuleFile] {
    let files = (node?.elements ?? []).compactMap { element -> ModuleFile? in
      let condition = condition(element[.when])
      guard let from = located(element[.from]) else { return nil }
      return ModuleFile(
        from: from, to: located(element[.to]) ?? from.map(ModuleFile.standardTarget),
        isTemplate: element[.template]?.boolean ?? false, condition: condition)
    }
    for (index, file) in files.enumerated() {
      checkThere(file)
      checkTarget(file, among: files[..<index])
    }
    return files
  }

  /// Reports a file that isn't in the module; what a pattern matches is looked for when it is copied.
  private mutating func checkThere(_ file: ModuleFile) {
    guard let directory, let position = file.from.position, !file.isPattern else { return }
    let path = directory.appending(file.from.value)
    guard FileStatus(of: path, followingLinks: false) == nil else { return }
    let near = nearest(to: path.lastComponent?.string ?? "", in: names(in: path.removingLastComponent()))
    checker.report(
      "there is no '\(file.from.value)' in the module", at: position,
      hint: near.map { "did you mean '\($0)'?" } ?? "make it, or remove the entry")
  }

  private func names(in directory: FilePath) -> [String] {
    // A directory that can't be listed has no name to offer.
    (try? listDirectory(directory)) ?? []
  }

  /// Reports a target that a standard setting leaves in a forbidden place, and one that two files have at once.
  private mutating func checkTarget(_ file: ModuleFile, among others: ArraySlice<ModuleFile>) {
    guard let position = file.to.position else { return }
    if file.to.position == file.from.position, !file.to.value.split(separator: "/").contains(".."),
      let hint = ModuleFile.problem(ofTarget: file.to.value)
    {
      checker.report("'\(file.to.value)' is not a target path", at: position, hint: hint)
    }
    let first = others.first { other in
      other.to.value == file.to.value && other.condition.isCompatible(with: file.condition)
        && (other.from.value == file.from.value || isFile(other) && isFile(file))
    }
    if let first, let place = first.to.position {
      checker.report(
        "two entries go to '\(file.to.value)' under the same options", at: position,
        hint: "the other is at \(place); give them conditions that exclude each other, or remove one")
    }
  }

  private func isFile(_ file: ModuleFile) -> Bool {
    guard let directory, !file.isPattern else { return false }
    return FileStatus(of: directory.appending(file.from.value))?.kind == .file
  }
}
