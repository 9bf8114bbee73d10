package import Artifacts
package import SystemPackage

/// Opens what is at a URL for pulling: a published catalogue, or else a `dist` folder.
///
/// `environment` has the keys of buckets, `logins` the passwords of registries; `scratch` is a directory of the cache for files
/// that are needed only for a while.
///
/// - Throws: `PullError.noCatalogue` when there is neither, `PublishError.unsuitable` for a place to publish to only.
package func openPullSource(
  _ url: DestinationURL, fetcher: Fetcher, environment: [String: String], logins: RegistryLogins,
  trust: PullTrust,
  scratch: FilePath
) async throws -> any PullSource {
  let objects: any ObjectSource
  switch url.kind {
  case .directory(let path): objects = try DirectoryStore(reading: path)
  case .web(let base): objects = WebSource(base, fetcher: fetcher)
  case .bucket(let bucket):
    objects = S3Store(try S3Access(bucket, environment: environment), fetcher: fetcher)
  case .registry(let address, let name):
    objects = RegistryStore(
      try Registry(
        at: address, name: name, access: .pull, logins: logins, fetcher: fetcher))
  case .packageIndex, .simpleIndex:
    throw PublishError.unsuitable(url.description, for: "pulling")
  }
  if let published = try await PublishedSource(objects, trust: trust) { return published }
  guard let folder = try await FolderSource(objects, trust: trust, scratch: scratch) else {
    throw PullError.noCatalogue(url.description)
  }
  return folder
}
