import Artifacts
import Builder
import Catalogue
import Model
import SystemPackage
import Terminal

/// What `ppp cache info --built` shows.
struct BuiltWheelList: Encodable {
  struct Wheel: Encodable {
    let file: String
    let digest: String
    let path: String
    let size: Int64?
    let source: String?
    let sourceDigest: String?
    let toolchain: String?
    let recipe: BuildRecipeRecord?
    let isTested: Bool
  }

  let wheels: [Wheel]

  init(of cache: FilePath) throws {
    wheels = try BuiltWheels(store: ArtifactStore(cache: cache)).list().map { item in
      Wheel(
        file: item.note.fileName, digest: item.note.digest.description, path: item.path.string,
        size: item.size, source: item.note.source, sourceDigest: item.note.sourceDigest?.description,
        toolchain: item.note.toolchain, recipe: item.note.recipe, isTested: item.note.isTested ?? false)
    }
  }

  var text: String {
    guard !wheels.isEmpty else { return "no wheel was built from source yet" }
    var table = Table(
      .init("wheel"), .init("made from"), .init("with"), .init("recipe"), .init("size", .right))
    for wheel in wheels {
      table.append([
        wheel.file, wheel.source ?? "brought", wheel.toolchain ?? "", wheel.recipeText,
        wheel.size.map { ByteCount($0).description } ?? "gone",
      ])
    }
    return table.rendered()
  }

  /// Copies the wheels, under their names, to a directory; where that has another file of a wheel's name, to a folder
  /// there that is named by the first digits of its digest.
  ///
  /// - Returns: Those that went into such a folder, as paths below the directory.
  func export(to directory: FilePath) async throws -> [FilePath] {
    try await blocking { cancellation in
      try makeDirectory(directory)
      var aside: [FilePath] = []
      for wheel in wheels where wheel.size != nil {
        try cancellation.check()
        let bytes = try readFile(FilePath(wheel.path))
        let place = directory.appending(wheel.file)
        guard FileStatus(of: place) != nil else {
          try writeAtomically(bytes, to: place)
          continue
        }
        guard try readFile(place) != bytes else { continue }
        let folder = FilePath(String(wheel.digest.drop { $0 != ":" }.dropFirst().prefix(12)))
        try makeDirectory(directory.pushing(folder))
        try writeAtomically(bytes, to: directory.pushing(folder).appending(wheel.file))
        aside.append(folder.appending(wheel.file))
      }
      return aside
    }
  }
}

extension BuiltWheelList.Wheel {
  /// The recipe with the start of its digest.
  fileprivate var recipeText: String {
    recipe.map { "\($0.reference) \($0.digest.hex.prefix(12))\(isTested ? ", tested" : "")" } ?? ""
  }
}
