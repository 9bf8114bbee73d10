import Catalogue
import FoundationEssentials
import Model

/// How an image is run, and what its layers are once unpacked.
///
/// Specification: https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md
struct ImageConfiguration: Hashable, Sendable, Codable {
  struct Execution: Hashable, Sendable, Codable {
    var environment: [String]
    var entryPoint: [String]?
    var labels: [String: String]?

    enum CodingKeys: String, CodingKey {
      case environment = "Env"
      case entryPoint = "Entrypoint"
      case labels = "Labels"
    }
  }

  struct RootFileSystem: Hashable, Sendable, Codable {
    private(set) var type = "layers"
    var contentDigests: [Digest]

    init(_ contentDigests: [Digest]) { self.contentDigests = contentDigests }

    enum CodingKeys: String, CodingKey {
      case type
      case contentDigests = "diff_ids"
    }
  }

  struct Step: Hashable, Sendable, Codable {
    var created: String?
    var maker: String

    enum CodingKeys: String, CodingKey {
      case created
      case maker = "created_by"
    }
  }

  var created: String?
  var architecture: String
  var os: String
  var variant: String?
  var config: Execution
  var rootfs: RootFileSystem
  var history: [Step]
}

extension ImageConfiguration {
  /// The configuration of a bundle's image.
  ///
  /// The environment lies at the root of the image. On Linux it starts its Python, when there is one in it.
  /// `contents` has of each layer, the base's too, the digest of what it is unpacked, and what people call it.
  init(_ bundle: BundleRecord, contents: [(digest: Digest, name: String)]) {
    let platform = ImagePlatform(bundle.platform)
    let created = bundle.createdAt.map(Self.timestamp)
    self.init(
      created: created, architecture: platform.architecture, os: platform.os, variant: platform.variant,
      config: Execution(
        environment: ["PATH=/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin"]
          // Python looks for its library in the directories above it, but not in the root.
          + (bundle.startsInContainers ? ["PYTHONHOME=/"] : []),
        entryPoint: bundle.startsInContainers ? ["/bin/python3"] : nil,
        labels: [Annotation.runenv: bundle.runenv, "org.opencontainers.image.title": bundle.runenv]),
      rootfs: RootFileSystem(contents.map(\.digest)),
      history: contents.map { Step(created: created, maker: "ppp: \($0.name)") })
  }

  /// Seconds since 1970 as RFC 3339 has them.
  static func timestamp(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }
}
