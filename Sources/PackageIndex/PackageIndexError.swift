import Model

/// A page of an index that can't be understood.
package enum PackageIndexError: UserFacingError, Equatable {
  /// It is neither HTML nor JSON by its content type.
  case unknownFormat(url: String, contentType: String)
  /// It says that it is JSON, but isn't what PEP 691 says.
  case invalidJSON(url: String, reason: String)
  /// It follows a later standard.
  case unsupportedVersion(url: String, version: String)

  package var description: String {
    switch self {
    case .unknownFormat(let url, let contentType):
      "'\(url)' is no index page: it has the type '\(contentType)'"
    case .invalidJSON(let url, let reason): "'\(url)' is not a valid JSON index page: \(reason)"
    case .unsupportedVersion(let url, let version):
      "'\(url)' has version \(version) of the index format, of which this ppp reads 1.x"
    }
  }

  package var hint: String? {
    "an index URL ends where package names begin, as in https://pypi.org/simple"
  }
}
