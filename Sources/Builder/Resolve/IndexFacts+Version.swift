import Model
import PackageIndex
import Wheels

extension IndexFacts {
  /// The wheel to install of one version, as a lock names it.
  ///
  /// - Returns: nil where no index has one for the platform, or states its digest.
  func wheel(of name: PackageName, version: String) async throws -> LockedFile? {
    guard let wanted = PackageVersion(version) else { return nil }
    var found: [WheelFileName: LockedFile] = [:]
    for file in try await files(of: name)
    where file.fileName.hasSuffix(".whl") && mayRun(file.fileName) && isForPython(file) {
      guard let wheel = Self.parsed(file.fileName), PackageVersion(wheel.version) == wanted,
        let digest = file.digest
      else { continue }
      found[wheel] = LockedFile(
        name: file.fileName, url: file.url, digest: digest, size: file.size, uploadTime: file.uploadTime)
    }
    return tags.best(of: found.keys).flatMap { found[$0] }
  }
}
