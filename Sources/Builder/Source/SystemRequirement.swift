import Model
import Processes
import SystemPackage

/// Something that a rule says the building machine must have: a program, a header or a library.
struct SystemRequirement: Sendable, Hashable {
  let text: String

  private static let includes = [
    "/usr/include", "/usr/local/include", "/usr/include/x86_64-linux-gnu", "/usr/include/aarch64-linux-gnu",
  ]
  private static let libraries = [
    "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib",
    "/lib",
  ]

  private var isHeader: Bool { text.hasSuffix(".h") || text.hasSuffix(".hpp") }
  private var isLibrary: Bool { text.hasPrefix("lib") && (text.contains(".so") || text.hasSuffix(".a")) }

  func isMet(searchPath: String?) -> Bool {
    func isIn(_ directories: [String]) -> Bool {
      directories.contains { FileStatus(of: FilePath($0).appending(text)) != nil }
    }
    if isHeader { return isIn(Self.includes) }
    return isLibrary ? isIn(Self.libraries) : findExecutable(text, in: searchPath) != nil
  }

  /// The package of Debian that has it, where that is known.
  var package: String? {
    if isHeader { return SystemPackages.header(text) }
    guard isLibrary else { return SystemPackages.tool[text.lowercased()] }
    return SystemPackages.library[String(text.dropFirst(3).prefix { $0 != "." })]
  }
}
