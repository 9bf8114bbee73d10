import ConfigMerge
package import Model

/// A file that adding a module is about.
package struct PlannedFile: Sendable, Hashable {
  package enum Change: Sendable, Hashable {
    /// There is nothing at its place.
    case create
    /// What is there is what would be written.
    case identical
    /// Something else is there, these bytes: it is written only when the user agrees.
    case differs([UInt8])
  }

  /// Relative to the repository.
  package let path: String
  package let module: ModuleName
  package let bytes: [UInt8]
  package let isExecutable: Bool
  package let change: Change

  /// What is there now; nil for nothing.
  package var oldBytes: [UInt8]? {
    switch change {
    case .create: nil
    case .identical: bytes
    case .differs(let old): old
    }
  }
}

/// The repository's `pyproject.toml` with the modules in it; what was there stays, so it is written unasked.
package struct PlannedProject: Sendable, Hashable {
  package let path: String
  /// Nil when there is none yet.
  package let oldBytes: [UInt8]?
  package let bytes: [UInt8]
  package let additions: [ProjectAddition]

  package var isChanged: Bool { oldBytes != bytes }
}

/// A module that is to be added, and what is there already.
package struct PlannedModule: Sendable {
  package let module: RenderedModule
  /// Relative to the repository: `modules/elasticity`.
  package let directory: String
  /// The module of this name that was added before.
  package let previous: AddedModule?
}
