import ConfigMerge
import Model
import SystemPackage

extension AddPlan {
  /// Does it, wholly or not at all: when anything fails, or the task is cancelled, the repository is as it was.
  ///
  /// A file that differs is written only if its path is in `overwriting`. Files that are the same are not touched, and
  /// nothing is removed.
  /// - Throws: `AddError.changedMeanwhile` when a place is not as it was planned, `FileError`, and `CancellationError`.
  package func apply(overwriting: Set<String> = []) async throws -> AddReport {
    let chosen = files.filter { file in
      switch file.change {
      case .create: true
      case .identical: false
      case .differs: overwriting.contains(file.path)
      }
    }
    let transaction = try transaction(of: chosen)
    try await blocking { cancellation in try transaction.perform { try cancellation.check() } }
    return report(of: chosen)
  }

  private func transaction(of chosen: [PlannedFile]) throws -> FileTransaction {
    var writes = chosen.map { file in
      FileTransaction.Write(
        place: repository.root.appending(file.path), shown: file.path, bytes: file.bytes,
        isExecutable: file.isExecutable, before: file.oldBytes)
    }
    // Last, because only with it are the others found.
    if project.isChanged {
      var place = repository.root.appending(project.path)
      if project.oldBytes != nil { place = try realPath(place) }
      writes.append(
        FileTransaction.Write(
          place: place, shown: project.path, bytes: project.bytes, isExecutable: false,
          before: project.oldBytes))
    }
    return FileTransaction(writes: writes)
  }

  private func report(of chosen: [PlannedFile]) -> AddReport {
    var created = chosen.filter { $0.change == .create }.map(\.path)
    var changed = chosen.filter { $0.change != .create }.map(\.path)
    if project.isChanged {
      if project.oldBytes == nil { created.append(project.path) } else { changed.append(project.path) }
    }
    let skipped = differing.map(\.path).filter { !changed.contains($0) }
    return AddReport(
      created: created, changed: changed,
      identical: files.filter { $0.change == .identical }.map(\.path), skipped: skipped,
      notes: modules.compactMap { planned in
        planned.module.notes.map { AddReport.Note(module: planned.module.manifest.name, text: $0) }
      })
  }
}
