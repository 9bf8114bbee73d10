import Binaries
import Model

extension NativeFileRules {
  func findings(_ file: ELFFile, at path: String) -> [Finding] {
    if file.machine.isAccelerator { return [] }
    guard file.machine == machine else {
      return [wrongMachine([file.machine], at: path, isLoadable: file.kind != .relocatable)]
    }
    return versionFindings(file, at: path) + libraryFindings(file, at: path)
  }

  private func versionFindings(_ file: ELFFile, at path: String) -> [Finding] {
    guard let floor else { return [] }
    var findings: [Finding] = []
    let floorVersion = SymbolVersion(floor.major, floor.minor)
    // A program is started by the system's dynamic linker, with the system's C library.
    let layout = EnvironmentLayout(platform: platform)
    let isOnBundledGlibc = file.interpreter == nil || layout.isStartedByBundledLinker(path)
    let limit = isOnBundledGlibc ? max(floorVersion, bundledGlibc ?? floorVersion) : floorVersion
    if let needed = file.highestVersion("GLIBC"), needed > limit {
      let what = limit == floorVersion ? "the platform's floor is" : "the environment brings"
      findings.append(Finding("needs glibc \(needed), but \(what) \(limit)"))
    }
    let systemCxx = file.versionNeeds.filter { $0.library == "libstdc++.so.6" }
    if let needed = systemCxx.flatMap(\.versions).compactMap({ SymbolVersion($0, of: "GLIBCXX") }).max(),
      !index.contains(name: "libstdc++.so.6")
    {
      let limit = SymbolVersion.standardCxx(forGlibc: floor)
      if needed > limit {
        findings.append(
          Finding("needs libstdc++ \(needed), but systems with glibc \(floor) have \(limit)"))
      }
    }
    return findings
  }

  private func libraryFindings(_ file: ELFFile, at path: String) -> [Finding] {
    file.needed.compactMap { finding($0, of: file, at: path) }
  }

  private func finding(_ name: String, of file: ELFFile, at path: String) -> Finding? {
    // A name with a slash is a path, which is not searched for.
    if name.contains("/") {
      return index.contains(path: name, origin: path)
        ? nil : Finding("needs '\(name)', which is a path of another machine", library: name)
    }
    if system.contains(name) { return nil }
    guard index.contains(name: name) else {
      return Finding(
        "needs '\(name)', which is neither in the environment nor on every \(platform) system", library: name)
    }
    // Nothing is loaded before a program, so its libraries must be where it looks.
    if file.interpreter == nil { return nil }
    let bundled = bundledGlibc == nil ? [] : ["@executable_path/../\(EnvironmentLayout.glibcDirectory)"]
    if index.contains(name, searchPath: file.searchPath + bundled, origin: path) { return nil }
    let places = file.searchPath.isEmpty ? "nowhere" : "in '\(file.searchPath.joined(separator: ":"))'"
    return Finding("needs '\(name)' of the environment, but looks \(places)", library: name)
  }
}
