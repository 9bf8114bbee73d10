import ConfigMerge
import Model

/// The places that a module's files take, none twice, as file systems see it that fold case and accents.
struct TargetTree {
  private enum Place {
    case file(String)
    case directory(String)
  }

  private var places: [String: Place] = [:]

  /// Takes a place for a file, and those above it for directories.
  mutating func add(_ path: String, of entry: ModuleFile) throws(RenderingError) {
    let parts = path.split(separator: "/")
    if let problem = ModuleFile.problem(ofTarget: path) {
      throw .badTarget(path, problem: problem, at: entry.to.position)
    }
    for count in parts.indices.dropFirst() {
      let directory = parts[..<count].joined(separator: "/")
      switch places[directory.lowercased()] {
      case nil: places[directory.lowercased()] = .directory(directory)
      case .directory(let other) where Array(other.utf8) == Array(directory.utf8): break
      case .directory(let other), .file(let other):
        throw .sameTarget(path, other: other, at: entry.to.position)
      }
    }
    switch places.updateValue(.file(path), forKey: path.lowercased()) {
    case nil: break
    case .file(let other), .directory(let other):
      throw .sameTarget(path, other: other, at: entry.to.position)
    }
  }
}
