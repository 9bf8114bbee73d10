package import Artifacts
package import Layers
package import Model

/// A wheel to be installed under a scheme, as a layer of its own.
///
/// The installed tree is what `uv pip install` makes, but for the launchers, `INSTALLER` and `RECORD`. Every file is checked
/// against the wheel's RECORD on its way; a wheel that lies, escapes or collides makes no layer.
package struct WheelInstallation: Sendable {
  package let wheel: StoredArtifact
  package let fileName: WheelFileName
  package let scheme: InstallScheme
  /// Whether a person asked for the package, rather than another package (the REQUESTED file of PEP 376).
  package let isRequested: Bool
  /// Where the package comes from when it was asked for by URL, as `direct_url.json` has it (PEP 610).
  package let directURL: String?
  /// Needed on Windows, for wheels with commands; unused elsewhere.
  package let launchers: WindowsLaunchers?

  package init(
    wheel: StoredArtifact, fileName: WheelFileName, scheme: InstallScheme, isRequested: Bool,
    directURL: String? = nil, launchers: WindowsLaunchers? = nil
  ) {
    self.wheel = wheel
    self.fileName = fileName
    self.scheme = scheme
    self.isRequested = isRequested
    self.directURL = directURL
    self.launchers = scheme.isWindows ? launchers : nil
  }

  /// The version of what this file does with a wheel; it changes whenever the same wheel would give other bytes.
  package static let formatVersion = 1

  /// What the layer depends on.
  package func layerKey(level: Int) -> LayerKey {
    Self.layerKey(
      wheel: wheel.digest, scheme: scheme, isRequested: isRequested, directURL: directURL,
      launchers: launchers, level: level)
  }

  /// What the layer of a wheel with that digest depends on, for those who don't have the wheel at hand.
  ///
  /// On Linux and macOS the platform is no part of it, so pure wheels are shared.
  package static func layerKey(
    wheel: Digest, scheme: InstallScheme, isRequested: Bool, directURL: String? = nil,
    launchers: WindowsLaunchers?, level: Int
  ) -> LayerKey {
    var fields = [
      ("artifact", wheel.description), ("scheme", scheme.id), ("requested", String(isRequested)),
      ("level", String(level)),
    ]
    if let directURL { fields.append(("directURL", directURL)) }
    if scheme.isWindows, let launchers {
      fields.append(("consoleLauncher", Digest.sha256(of: launchers.console).description))
      fields.append(("graphicalLauncher", Digest.sha256(of: launchers.graphical).description))
    }
    return LayerKey(kind: "wheel", version: formatVersion, fields: fields)
  }

  /// The layer from the store, made first when it is not there.
  ///
  /// - Throws: `WheelError` when the wheel is broken, and what the store throws; the store is unchanged then.
  package func layer(in store: LayerStore, level: Int) async throws -> Layer {
    try await store.make(layerKey(level: level), level: level) { writer, cancellation in
      try namingWheel(fileName.text) { try install(into: writer, cancellation) }
    }
  }

  private func install(into writer: LayerWriter, _ cancellation: Cancellation) throws {
    let contents = try WheelContents(
      ArchiveReader(wheel), fileName: fileName, onWindows: scheme.isWindows, cancellation: cancellation)
    let launchers = Launchers(scheme: scheme, windows: launchers)
    let plan = try InstallPlan(
      contents, scheme: scheme, isRequested: isRequested, directURL: directURL, launchers: launchers)
    var installer = WheelInstaller(wheel: fileName.text, scheme: scheme, launchers: launchers, writer: writer)
    let reader = try ArchiveReader(wheel)
    while let entry = try reader.next() {
      try cancellation.check()
      guard let copy = plan.copies[entry.path] else { continue }
      try installer.copy(copy, from: reader)
    }
    for addition in plan.additions { try installer.add(addition) }
    try installer.writeRecord(at: plan.recordPath)
  }
}

/// Runs the body, and turns the archive library's errors into ones that name the wheel instead of a file in the store.
func namingWheel<Value>(_ wheel: String, _ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch LayersError.unreadableArchive(_, let entry, _, let reason) {
    throw WheelError.unreadable(wheel: wheel, reason: entry.map { "'\($0)': \(reason)" } ?? reason)
  } catch LayersError.exceedsLimit(_, let what, let limit) {
    throw WheelError.unreadable(wheel: wheel, reason: "it has more than \(limit) \(what)")
  } catch LayersError.unsupportedEntry(_, let entry) {
    throw WheelError.notAFile(wheel: wheel, file: entry, kind: "special file")
  }
}
