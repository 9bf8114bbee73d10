import Artifacts
import ConfigMerge
import Model
import Runtimes

extension Resolver {
  /// Makes the lock of a resolution: with sizes and the interpreter's pin.
  func outcome(
    of request: LockRequest, _ result: Result<CellResolution, any Error>, sizes: [String: Int64]
  ) async throws -> LockOutcome {
    let step = Step(.resolve, request.cell.description)
    do {
      var resolution = try result.get()
      for index in resolution.packages.indices { resolution.packages[index].source.fill(sizes) }
      let builds = try await BuildLocking(tools: tools, request: request).builds(of: resolution.packages)
      let lock = Lock(
        python: request.recipe.python, platform: request.cell.platform, floor: request.recipe.floor?.value,
        inputs: LockInputs(request.recipe, of: resolution.packages), excludeNewer: request.excludeNewer,
        packages: resolution.packages, runtime: try await pin(for: request), omissions: resolution.omissions,
        builds: builds)
      let diagnostics = omissionWarnings(lock, request)
      tools.events(.finished(step, .done(Self.summary(lock))))
      for diagnostic in diagnostics { tools.events(.diagnosed(diagnostic)) }
      return LockOutcome(
        cell: request.cell, result: .success(lock), isReused: false, diagnostics: diagnostics)
    } catch let error as CancellationError {
      throw error
    } catch {
      try Task.checkCancellation()
      tools.events(.finished(step, .failed(Diagnostic(error))))
      return LockOutcome(cell: request.cell, result: .failure(error), isReused: false, diagnostics: [])
    }
  }

  private static func summary(_ lock: Lock) -> String {
    let packages = "\(lock.packages.count) package\(lock.packages.count == 1 ? "" : "s")"
    return lock.omissions.isEmpty ? packages : "\(packages), \(lock.omissions.count) left out"
  }

  /// The existing pin while nothing about the interpreter changed, so that a new release doesn't slip in.
  private func pin(for request: LockRequest) async throws -> RuntimePin {
    let inputs = LockInputs(request.recipe, of: []).fields
    func isSame(_ lock: Lock) -> Bool {
      ["runtime", "python", "floor"].allSatisfy { lock.inputs.fields[$0] == inputs[$0] }
    }
    if let base = request.base, isSame(base) { return base.runtime }
    if let existing = request.existing, request.upgrade != .all, isSame(existing) { return existing.runtime }
    return try await tools.pin(try RuntimeSpec(request.recipe))
  }

  /// A warning for each package that is left out because it can't be had; skip rules are no surprise.
  private func omissionWarnings(_ lock: Lock, _ request: LockRequest) -> [Diagnostic] {
    lock.omissions.filter { $0.rule != .skip }.map { omission in
      let position = request.recipe.dependencies.first { $0.value.name == omission.name }?.position
      return Diagnostic(
        .warning, "\(request.cell) goes without '\(omission.name)': \(omission.reason)", at: position,
        hint: "give the reason in packages.skip to make this a decision")
    }
  }

  /// The sizes of the files by URL, where uv didn't tell: from locks that know them, else from the servers.
  ///
  /// A server that doesn't tell, or fails, leaves a file without size; fetching will say what is wrong.
  func sizes(of resolutions: [CellResolution], known: [CellID: Lock]) async throws -> [String: Int64] {
    var sizes: [String: Int64] = [:]
    for file in known.values.flatMap(\.files) { if let size = file.size { sizes[file.url] = size } }
    let files = resolutions.flatMap(\.packages).compactMap(\.file)
    let unknown = Set(files.filter { $0.size == nil && sizes[$0.url] == nil }.map(\.url)).sorted()
    if tools.fetcher.settings.offline { return sizes }
    let found = try await unknown.concurrentMap(width: 16) { url -> (String, Int64?) in
      do {
        return (url, try await tools.fetcher.size(of: url))
      } catch {
        try Task.checkCancellation()
        return (url, nil)
      }
    }
    for (url, size) in found { sizes[url] = size }
    return sizes
  }
}

extension LockedPackage.Source {
  /// Puts in a size that is known by URL.
  fileprivate mutating func fill(_ sizes: [String: Int64]) {
    switch self {
    case .wheel(var file):
      file.size = file.size ?? sizes[file.url]
      self = .wheel(file)
    case .sourceDistribution(var file):
      file.size = file.size ?? sizes[file.url]
      self = .sourceDistribution(file)
    case .archive(var file, let subdirectory):
      file.size = file.size ?? sizes[file.url]
      self = .archive(file, subdirectory: subdirectory)
    case .revision: break
    }
  }
}
