import Model
import SystemPackage

/// Files that are written all or not at all.
///
/// All are written beside their places and synced before the first gets its place. A failure puts everything back:
/// files that were there, directories that were made, and drafts.
struct FileTransaction: Sendable {
  struct Write: Sendable {
    let place: FilePath
    /// The place as errors name it.
    let shown: String
    let bytes: [UInt8]
    let isExecutable: Bool
    /// What is there; nil for nothing.
    let before: [UInt8]?
  }

  let writes: [Write]

  /// `check` is called between files and may throw to end it.
  func perform(_ check: () throws -> Void = {}) throws {
    guard !writes.isEmpty else { return }
    var changes = FileChanges()
    do {
      for write in writes {
        try check()
        try changes.draft(write)
      }
      try changes.syncDrafts(check)
      for write in writes {
        try check()
        try changes.place(write)
      }
    } catch {
      let left = changes.restore()
      guard left.isEmpty else {
        throw AddError.notRestored(left.map(\.string), cause: Diagnostic(error).message)
      }
      throw error
    }
    changes.finish()
  }
}
