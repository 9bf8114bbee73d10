import Artifacts
import Binaries
import Model
import Processes
import SystemPackage

/// Brings the libraries that a wheel's files need into the wheel, under names that meet no other package's, and
/// makes the files find them wherever the environment is.
///
/// A library `libx.so.1` becomes `<package>.libs/libx-<8 digits of its SHA-256>.so.1`, as auditwheel has it.
struct Vendoring {
  let tree: WheelTree
  /// The package's name as the wheel's file name writes it.
  let stem: String
  let libraries: HostLibraries
  /// Python's own library, which the interpreter that loads the file is or has loaded.
  let isInterpreter: (String) -> Bool
  /// By the names that are asked for, the path in the wheel.
  private var places: [String: String] = [:]
  private var vendored: [String] = []
  /// What patchelf is told about each file.
  private var edits: [String: [String]] = [:]

  init(
    tree: WheelTree, stem: String, libraries: HostLibraries, isInterpreter: @escaping (String) -> Bool
  ) {
    self.tree = tree
    self.stem = stem
    self.libraries = libraries
    self.isInterpreter = isInterpreter
  }

  private var folder: String { "\(stem).libs" }

  /// Copies what is needed; the result says what to tell patchelf, by file, and which libraries came along.
  mutating func plan(_ files: [(path: String, file: ELFFile)]) throws
    -> (edits: [String: [String]], vendored: [String])
  {
    for (path, file) in files {
      for name in [file.soname, path.split(separator: "/").last.map(String.init)].compactMap({ $0 }) {
        places[name] = path
      }
    }
    var open = files
    while let (path, file) = open.popLast() { open += try edit(path, file) }
    return (edits, vendored.sorted())
  }

  /// Notes the edits of one file, and gives the libraries that it brought along.
  private mutating func edit(_ path: String, _ file: ELFFile) throws -> [(path: String, file: ELFFile)] {
    guard file.kind != .relocatable else { return [] }
    var brought: [(path: String, file: ELFFile)] = []
    var words = edits[path] ?? []
    var directories: [String] = []
    for name in file.needed where !ManylinuxPolicy.libraries.contains(name) {
      if isInterpreter(name) {
        words += ["--remove-needed", name]
        continue
      }
      if places[name] == nil, let library = try bring(name, neededBy: path, file) { brought.append(library) }
      guard let place = places[name], let here = tree.installedPath(path),
        let there = tree.installedPath(place)
      else { throw RepairError.programNeedsLibrary(wheel: tree.fileName, file: path, library: name) }
      let base = place.split(separator: "/").last.map(String.init) ?? name
      if base != name, place.hasPrefix("\(folder)/") { words += ["--replace-needed", name, base] }
      let directory = originPath(
        from: here, to: there.split(separator: "/").dropLast().joined(separator: "/"))
      if !directories.contains(directory) { directories.append(directory) }
    }
    let kept = file.searchPath.filter { $0.hasPrefix("$ORIGIN") || $0.hasPrefix("${ORIGIN}") }
    let runPath = kept + directories.filter { !kept.contains($0) }
    if runPath != file.runpath || !file.rpath.isEmpty {
      words += runPath.isEmpty ? ["--remove-rpath"] : ["--set-rpath", runPath.joined(separator: ":")]
    }
    edits[path] = words.isEmpty ? nil : words
    return brought
  }

  private mutating func bring(
    _ name: String, neededBy path: String, _ file: ELFFile
  ) throws -> (path: String, file: ELFFile)? {
    guard let source = libraries.find(name, machine: file.machine, runPaths: file.searchPath) else {
      throw RepairError.libraryMissing(wheel: tree.fileName, file: path, library: name)
    }
    let bytes = try readFile(source)
    guard case .elf(let library) = try NativeFile.inspect(bytes: bytes) else { return nil }
    let parts = name.split(separator: ".", maxSplits: 1)
    let tail = parts.count > 1 ? ".\(parts[1])" : ""
    let place = "\(folder)/\(parts[0])-\(Digest.sha256(of: bytes).hex.prefix(8))\(tail)"
    try makeDirectory(tree.path(folder))
    try writeAtomically(bytes, to: tree.path(place), permissions: FilePermissions(rawValue: 0o755))
    places[name] = place
    vendored.append(name)
    edits[place] = ["--set-soname", place.split(separator: "/").last.map(String.init) ?? name]
    return (place, library)
  }
}
