import Model

/// Where each file of a wheel goes, and which files are made; nothing is read or written yet.
struct InstallPlan {
  struct Copy {
    let member: WheelContents.Member
    /// Relative to the environment's prefix.
    let path: String
    let isExecutable: Bool
    /// Whether its `#!python` line becomes a launcher.
    let isScript: Bool
  }

  struct Addition {
    let path: String
    let bytes: [UInt8]
    let isExecutable: Bool
  }

  /// By the members' paths in the archive.
  private(set) var copies: [String: Copy] = [:]
  /// INSTALLER, REQUESTED, direct_url.json and launchers, sorted by path; RECORD comes last, once all hashes are known.
  private(set) var additions: [Addition] = []
  let recordPath: String

  /// - Throws: `WheelError.collision` when two files have one place, and for unknown kinds of data.
  init(
    _ contents: WheelContents, scheme: InstallScheme, isRequested: Bool, directURL: String?,
    launchers: Launchers
  )
    throws(WheelError)
  {
    let distInfo = "\(scheme.sitePackages)/\(contents.distInfo)"
    recordPath = "\(distInfo)/RECORD"
    additions = [Addition(path: "\(distInfo)/INSTALLER", bytes: Array("ppp\n".utf8), isExecutable: false)]
    if isRequested {
      additions.append(Addition(path: "\(distInfo)/REQUESTED", bytes: [], isExecutable: false))
    }
    if let directURL {
      additions.append(
        Addition(path: "\(distInfo)/direct_url.json", bytes: Array(directURL.utf8), isExecutable: false))
    }
    for point in contents.entryPoints.commands {
      additions.append(try launchers.launcher(for: point, wheel: contents.fileName.text))
    }
    additions.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let remade = Set(
      ["RECORD", "INSTALLER", "REQUESTED", "direct_url.json"].map { "\(contents.distInfo)/\($0)" })
    let commands = Set(contents.entryPoints.commands.map(\.name))
    for member in contents.members where !remade.contains(member.path) {
      copies[member.path] = try Self.place(
        member, of: contents, scheme: scheme, commands: commands, launchers: launchers)
    }
    try refuseCollisions(in: contents)
  }

  /// nil for a file that is not installed: a script that setuptools made for an entry point, as pip has it.
  private static func place(
    _ member: WheelContents.Member, of contents: WheelContents, scheme: InstallScheme, commands: Set<String>,
    launchers: Launchers
  ) throws(WheelError) -> Copy? {
    let parts = member.path.split(separator: "/")
    guard parts[0].hasSuffix(".data"), contents.fileName.matches(stem: parts[0].dropLast(5)) else {
      return Copy(
        member: member, path: "\(scheme.sitePackages)/\(member.path)", isExecutable: member.isExecutable,
        isScript: false)
    }
    let kind = parts.count > 2 ? parts[1] : ""
    let rest = parts.dropFirst(2).joined(separator: "/")
    guard kind != "scripts" else {
      if parts.count == 3, commands.contains(entryPointName(ofScript: rest)) { return nil }
      let name = member.isPythonScript ? launchers.fileName(ofScript: rest) : rest
      return Copy(
        member: member, path: "\(scheme.scripts)/\(name)", isExecutable: true, isScript: member.isPythonScript
      )
    }
    let base: String
    switch kind {
    case "purelib", "platlib": base = scheme.sitePackages + "/"
    case "headers": base = scheme.headers(of: contents.fileName.name) + "/"
    case "data": base = ""
    default:
      let reason =
        "there is no place for this kind of data; purelib, platlib, scripts, headers and data are known"
      throw .unsafePath(wheel: contents.fileName.text, file: member.path, reason: reason)
    }
    return Copy(member: member, path: base + rest, isExecutable: member.isExecutable, isScript: false)
  }

  /// Refuses two files at one place, or a file where a directory has to be, letter case aside.
  private func refuseCollisions(in contents: WheelContents) throws(WheelError) {
    let wheel = contents.fileName.text
    var places: [String: String] = [:]
    let paths =
      contents.members.compactMap { copies[$0.path]?.path } + additions.map(\.path) + [recordPath]
    for path in paths {
      if let other = places.updateValue(path, forKey: path.lowercased()) {
        throw .collision(wheel: wheel, file: path, other: other)
      }
    }
    for path in paths {
      var directory = Substring(path.lowercased())
      while let slash = directory.lastIndex(of: "/") {
        directory = directory[..<slash]
        if let other = places[String(directory)] { throw .collision(wheel: wheel, file: path, other: other) }
      }
    }
  }
}

/// The entry point that a script of this name was made for by setuptools: `foo`, `foo.exe`, `foo-script.py`.
private func entryPointName(ofScript name: String) -> String {
  for suffix in [".exe", "-script.py", "-script.pyw", ".pya"] where name.lowercased().hasSuffix(suffix) {
    return String(name.dropLast(suffix.count))
  }
  return name
}
