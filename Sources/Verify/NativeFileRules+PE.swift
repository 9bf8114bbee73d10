import Binaries
import Model

extension NativeFileRules {
  func findings(_ file: PEFile, at path: String) -> [Finding] {
    if file.isManaged { return [] }
    guard file.machine == machine else {
      // Installers keep launchers for other processors at hand, as setuptools its `cli-32.exe`.
      let isLoaded = EnvironmentLayout(platform: platform).loadsByName(path)
      return [wrongMachine([file.machine], at: path, isLoadable: isLoaded)]
    }
    return missing(file.imports).map { name in
      Finding("needs '\(name)', which is neither in the environment nor a part of Windows", library: name)
    }
      + missing(file.delayedImports).map { name in
        Finding(
          "may call '\(name)', which is neither in the environment nor a part of Windows", library: name,
          isFatal: false)
      }
  }

  private func missing(_ names: [String]) -> [String] {
    names.filter { !index.contains(name: $0) && !system.contains($0) }
  }
}
