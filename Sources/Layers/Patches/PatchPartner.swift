import Model

/// Which layer of the old bundle a new layer takes the place of.
enum PatchPartner {
  /// The one of the same kind whose name differs in its last word only: `numpy 2.2.5`, `numpy 2.2.6`.
  static func find(
    for layer: TableOfContents.Layer, among replaced: [TableOfContents.Layer]
  ) -> TableOfContents.Layer? {
    let name = words(of: layer)
    return replaced.first { $0.kind == layer.kind && words(of: $0) == name }
  }

  private static func words(of layer: TableOfContents.Layer) -> [Substring] {
    let words = layer.name.split(separator: " ")
    return words.count > 1 ? words.dropLast() : words
  }
}
