import Artifacts
import Layers
import Model
import SystemPackage

extension Toolbox {
  /// A tool that is thousands of files: the whole wheel, unpacked.
  ///
  /// The directory appears whole. Its files are not looked at when the tool is used again: reading 400 MB takes
  /// longer than most uses.
  func unpackedWhole(_ tool: PinnedTool, host: Platform) async throws -> FilePath {
    guard let wheel = tool.wheels[host] else {
      throw ToolError.noWheel(tool: tool.name, host: host.description)
    }
    let place = directory.appending("\(tool.name)-\(tool.version)-\(wheel.sha256.prefix(16))")
    return try await checked.flights.run(place) {
      if FileStatus(of: place)?.kind == .directory { return place }
      let artifact = try await fetch(tool, wheel)
      try await withTemporaryDirectory(in: directory, prefix: ".draft-") { draft in
        try await blocking { cancellation in
          let content = draft.appending("content")
          try ArchiveExtractor().extract(artifact, into: content, cancellation: cancellation)
          try replaceDirectory(place, with: content) { FileStatus(of: place)?.kind == .directory }
        }
      }
      return place
    }
  }
}
