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

  /// Copies the wheels, under their names, to a directory.
  func export(to directory: FilePath) async throws {
    try await blocking { cancellation in
      try makeDirectory(directory)
      for wheel in wheels where wheel.size != nil {
        try cancellation.check()
        try writeAtomically(readFile(FilePath(wheel.path)), to: directory.appending(wheel.file))
      }
    }
  }
}

extension BuiltWheelList.Wheel {
  /// The recipe with the start of its digest.
  fileprivate var recipeText: String {
    recipe.map { "\($0.reference) \($0.digest.hex.prefix(12))\(isTested ? ", tested" : "")" } ?? ""
  }
}
