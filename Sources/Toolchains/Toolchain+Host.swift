package import Model
import Processes
import SystemPackage

extension Toolchain {
  /// This machine's own compiler: that of `CC` and `CXX`, else `cc` and `c++` on PATH; nil when there is none.
  ///
  /// Its identity is the first line that it prints for `--version`.
  package static func host(_ platform: Platform, variables: [String: String]) async throws -> Toolchain? {
    let searchPath = variables["PATH"]
    let words = (variables["CC"] ?? "cc").split(separator: " ").map(String.init)
    guard let name = words.first,
      let compiler = name.hasPrefix("/") ? FilePath(name) : findExecutable(name, in: searchPath)
    else { return nil }
    let said = try await answer(of: compiler, to: ["--version"], environment: ["PATH": searchPath ?? ""])
    guard let version = said?.split(whereSeparator: \.isNewline).first else { return nil }
    var environment = ["CC": ([compiler.string] + words.dropFirst()).joined(separator: " ")]
    if let cxx = variables["CXX"] ?? findExecutable("c++", in: searchPath)?.string {
      environment["CXX"] = cxx
    }
    return Toolchain(
      identity: ([String(version)] + words.dropFirst()).joined(separator: " "), platform: platform,
      isCross: false, environment: environment)
  }
}
