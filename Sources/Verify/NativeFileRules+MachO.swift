import Binaries
import Model

extension NativeFileRules {
  func findings(_ images: [MachOImage], at path: String) -> [Finding] {
    guard let image = images.first(where: { $0.machine == machine }) else {
      let isLoadable = images.contains(where: \.isLoadable)
      return [wrongMachine(images.map(\.machine), at: path, isLoadable: isLoadable)]
    }
    guard image.isLoadable else { return [] }
    var findings: [Finding] = []
    if let system = image.platform, system != "macOS" {
      findings.append(Finding("is for \(system), not macOS"))
    }
    if let floor, let needed = image.minimumSystem, (needed.major, needed.minor) > (floor.major, floor.minor)
    {
      findings.append(Finding("needs macOS \(needed), but the platform's floor is \(floor)"))
    }
    if machine == .aarch64, !image.isSigned {
      findings.append(Finding("is not signed, and macOS on arm64 loads nothing that isn't"))
    }
    return findings + image.dependencies.compactMap { finding($0, of: image, at: path) }
  }

  private func finding(_ dependency: MachOImage.Dependency, of image: MachOImage, at path: String) -> Finding?
  {
    let name = dependency.name
    if dependency.isWeak || system.contains(name) { return nil }
    let last = String(name.split(separator: "/").last ?? "")
    if name.hasPrefix("@rpath/") {
      let rest = String(name.dropFirst("@rpath/".count))
      if index.contains(rest, searchPath: image.rpaths, origin: path) { return nil }
    } else if name.hasPrefix("@") {
      if index.contains(path: name, origin: path) { return nil }
    } else if name.contains("/") {
      return Finding("needs '\(name)', which is a path of another machine", library: name)
    }
    // dyld takes a library that is loaded already, by its install name.
    if index.contains(name: last) { return nil }
    return Finding(
      "needs '\(name)', which is neither in the environment nor a part of macOS", library: name)
  }
}

extension MachOImage {
  /// Whether dyld ever sees it: object files and debug symbols are for linkers and debuggers.
  fileprivate var isLoadable: Bool {
    switch kind {
    case .executable, .dynamicLibrary, .bundle: true
    case .object, .other: false
    }
  }
}
