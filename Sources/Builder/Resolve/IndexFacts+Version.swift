import Model
import PackageIndex
import Wheels

extension IndexFacts {
  /// The wheel to install of one version, as a lock names it.
  ///
  /// - Returns: nil where no index has one for the platform, or states its digest.
  func wheel(of name: PackageName, version: String) async throws -> LockedFile? {
    guard let wanted = PackageVersion(version) else { return nil }
    let files = try await files(of: name).compactMap { file -> LockedFile? in
      guard let wheel = installable(file), PackageVersion(wheel.version) == wanted, let digest = file.digest
      else { return nil }
      return LockedFile(
        name: file.fileName, url: file.url, digest: digest, size: file.size, uploadTime: file.uploadTime)
    }
    return best(of: files)
  }
}
