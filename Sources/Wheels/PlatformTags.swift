import Model

/// The platform parts of wheel tags that a system takes, best first.
///
/// Linux: glibc wheels down to 2.5 (x86-64) or 2.17 (64-bit ARM) with their legacy names (PEP 513, 571, 599, 600).
/// macOS: the yearly versions down to 11, then those of 10, of which 64-bit ARM has only `universal2`.
func platformTags(for platform: Platform, floor: PlatformFloor?) -> [String] {
  switch platform.operatingSystem {
  case .linux:
    let machine = platform.architecture == .x64 ? "x86_64" : "aarch64"
    return linuxTags(machine, glibc: floor ?? PlatformFloor(2, 28))
  case .macosx: return macTags(platform.architecture, floor: floor ?? PlatformFloor(13, 0))
  case .windows: return platform.architecture == .x64 ? ["win_amd64"] : ["win_arm64"]
  }
}

private func linuxTags(_ machine: String, glibc: PlatformFloor) -> [String] {
  let oldest = machine == "x86_64" ? 5 : 17
  let legacy = [17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"]
  var tags: [String] = []
  // There is no glibc 3; a floor that names one takes every glibc 2 there can be.
  let newest = glibc.major == 2 ? glibc.minor : glibc.major > 2 ? 99 : 0
  for minor in stride(from: newest, through: oldest, by: -1) {
    tags.append("manylinux_2_\(minor)_\(machine)")
    if let name = legacy[minor] { tags.append("\(name)_\(machine)") }
  }
  return tags + ["linux_\(machine)"]
}

private func macTags(_ architecture: Platform.Architecture, floor: PlatformFloor) -> [String] {
  let isARM = architecture == .aarch64
  let formats =
    isARM ? ["arm64", "universal2"] : ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"]
  func tags(_ version: String, _ formats: [String]) -> [String] { formats.map { "macosx_\(version)_\($0)" } }
  guard floor.major >= 11 else {
    guard floor.major == 10, !isARM else { return [] }
    return stride(from: floor.minor, through: 4, by: -1).flatMap { tags("10_\($0)", formats) }
  }
  return stride(from: floor.major, through: 11, by: -1).flatMap { tags("\($0)_0", formats) }
    + stride(from: 16, through: 4, by: -1).flatMap { tags("10_\($0)", isARM ? ["universal2"] : formats) }
}
