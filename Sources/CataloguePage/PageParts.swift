/// What every page has in common: the files of `Page/`, which the build puts into the program.
enum PageParts {
  static let style = PackageResources.page_css

  /// One script of all modules, each of which uses those before it only when it is called.
  static let script: [UInt8] = [
    PackageResources.dom_js, PackageResources.format_js, PackageResources.data_js,
    PackageResources.changes_js, PackageResources.parts_js, PackageResources.table_js,
    PackageResources.treemap_js, PackageResources.commands_js, PackageResources.matrix_js,
    PackageResources.bundle_js, PackageResources.runenv_js, PackageResources.packages_js,
    PackageResources.omissions_js, PackageResources.size_js, PackageResources.compare_js,
    PackageResources.search_js, PackageResources.app_js,
  ].flatMap { $0 }

  /// The document, with each `{{name}}` of `page.html` replaced by the bytes of that name.
  ///
  /// What is put in is not looked at again, so that `{{data}}` in a reason stays what it is.
  static func document(_ parts: [String: [UInt8]]) -> [UInt8] {
    let template = String(decoding: PackageResources.page_html, as: UTF8.self)
    var document: [UInt8] = []
    for (index, piece) in template.split(separator: "{{", omittingEmptySubsequences: false).enumerated() {
      guard index > 0, let end = piece.firstRange(of: "}}") else {
        document += piece.utf8
        continue
      }
      let name = String(piece[..<end.lowerBound])
      guard let part = parts[name] else { preconditionFailure("page.html names no part '\(name)'") }
      document += part
      document += piece[end.upperBound...].utf8
    }
    return document
  }
}
