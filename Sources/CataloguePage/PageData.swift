/// The catalogue's facts as the page's script reads them: what bundles have in common stands in it once.
///
/// `Page/data.js` is its only reader and comes with it, so that it has no version of its own.
struct PageData: Encodable {
  /// One array for each field: an element's number is its index in all of them.
  struct Packages: Encodable {
    let name: [String]
    let version: [String]
    /// Numbers of `texts`; -1 where nothing is known.
    let licence: [Int]
    /// Numbers of `texts`: the recipes that wheels were built by; -1 where there was none.
    let recipe: [Int]
  }

  struct Layers: Encodable {
    let name: [String]
    /// Numbers of `texts`.
    let kind: [Int]
    let digest: [String]
    let size: [Int64]
    let unpackedSize: [Int64]
    let fileCount: [Int]
  }

  struct Bundle: Encodable {
    let runenv: String
    /// A number of `platforms`.
    let platform: Int
    let generation: Int
    /// What it was published as; nil on the page of a workspace.
    let version: String?
    let python: String
    let floor: String?
    let kind: String
    let layout: String
    let file: String
    let digest: String
    let size: Int64
    let unpackedSize: Int64
    let fileCount: Int
    let recipe: String
    let lock: String
    let createdAt: Int64?
    /// When it was published; nil on the page of a workspace.
    let publishedAt: Int64?
    let runtime: Runtime
    /// A number of `packageLists`.
    let packages: Int
    /// Those that the recipe asks for: a number of `requestedLists`.
    let requested: Int
    /// A number of `layerLists`.
    let layers: Int
    let modules: [Module]
    let omissions: [Omission]
    let checks: Checks?
  }

  struct Runtime: Encodable, Hashable {
    let provider: String
    let version: String
    let bundled: Bool
  }

  struct Module: Encodable {
    let name: String
    let version: String
    let digest: String
  }

  struct Omission: Encodable {
    let package: String
    let rule: String
    /// A number of `texts`.
    let reason: Int
    let position: String?
  }

  struct Checks: Encodable {
    let state: String
    /// The names of those that passed: a number of `textLists`.
    let passed: Int
    /// The others.
    let others: [Check]
  }

  struct Check: Encodable {
    let name: String
    let outcome: String
    /// A number of `texts`.
    let message: Int?
  }

  let platforms: [String]
  let texts: [String]
  let packages: Packages
  let layers: Layers
  let packageLists: [String]
  let requestedLists: [String]
  let layerLists: [String]
  let textLists: [String]
  /// In the order of their cells; of a cell, the current one first.
  let bundles: [Bundle]
}
