// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func library(
  _ name: String, _ dependencies: [Target.Dependency], embedding resources: [Resource]? = nil
) -> Target {
  .target(name: name, dependencies: dependencies + [system], resources: resources, swiftSettings: strict)
}

func systemLibrary(_ name: String, _ pkgConfig: String, _ aptPackage: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([aptPackage])])
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  let tested: [Target.Dependency] = name == "Model" ? ["Model"] : [.byName(name: name), "Model"]
  return .testTarget(
    name: "\(name)Tests", dependencies: tested + dependencies + [system], swiftSettings: strict)
}

// Arrows point down only; docs/architecture.md draws them.
let package = Package(
  name: "ppp",
  products: [.executable(name: "ppp", targets: ["ppp"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    systemLibrary("CYAML", "yaml-0.1", "libyaml-dev"),
    systemLibrary("CCurl", "libcurl", "libcurl4-openssl-dev"),
    systemLibrary("CCrypto", "libcrypto", "libssl-dev"),
    systemLibrary("CArchive", "libarchive", "libarchive-dev"),
    systemLibrary("CZstd", "libzstd", "libzstd-dev"),
    systemLibrary("CSQLite", "sqlite3", "libsqlite3-dev"),

    library("Model", []),
    library("Terminal", ["Model"]),
    library("TOMLFiles", ["Model", toml]),
    library("ConfigMerge", ["Model", "CYAML"]),
    library("Catalogue", ["Model", "CSQLite"]),
    library("Artifacts", ["Model", "CCurl", "CCrypto"]),
    library("Binaries", ["Model"]),
    library("Layers", ["Model", "Artifacts", "CArchive", "CZstd"]),
    library("Wheels", ["Model", "Artifacts", "Layers"]),
    library("Processes", ["Model", subprocess]),
    library("PackageIndex", ["Model", "Artifacts"]),
    library("Tools", ["Model", "Artifacts", "PackageIndex", "Layers"]),
    library("WheelRepair", ["Model", "Processes", "Binaries", "Layers", "Artifacts", "Tools", "Wheels"]),
    library("Toolchains", ["Model", "Processes", "Artifacts", "Binaries", "Layers", "Tools"]),
    library("Runtimes", ["Model", "Processes", "Artifacts", "Binaries", "Layers", "Tools"]),
    library("Verify", ["Model", "Processes", "Artifacts", "Binaries", "Layers"]),
    library("Levels", ["Model", "Processes", "Artifacts", "Layers", "Wheels", "Toolchains"]),
    library("Modules", ["Model", "Processes", "ConfigMerge", "Artifacts", "Layers", "Tools", "TOMLFiles"]),
    library("Projects", ["Model", "Processes", "ConfigMerge", "Modules", "TOMLFiles"]),
    library("Trust", ["Model", "Artifacts", "Catalogue"]),
    library(
      "Publish",
      ["Model", "Artifacts", "PackageIndex", "Layers", "Wheels", "Catalogue", "Trust", "CataloguePage"]),
    library("CataloguePage", ["Model", "Catalogue"], embedding: [.embedInCode("Page")]),
    library(
      "Builder",
      [
        "Model", "Processes", "ConfigMerge", "Artifacts", "PackageIndex", "Layers", "Wheels", "Tools",
        "Runtimes", "Verify", "Levels", "Modules", "CataloguePage", "Catalogue", "TOMLFiles", "Toolchains",
        "WheelRepair", toml,
      ]),
    .executableTarget(
      name: "ppp",
      dependencies: [
        "Model", "Processes", "ConfigMerge", "Artifacts", "Layers", "Tools", "Runtimes", "Verify", "Modules",
        "Projects", "Builder", "Trust", "Publish", "Catalogue", "CataloguePage", "Terminal", arguments,
        system,
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Model", "Processes", system], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("Model", []),
    tests("Terminal", ["TestSupport"]),
    tests("TOMLFiles", []),
    tests("ConfigMerge", ["TestSupport"]),
    tests("Catalogue", ["TestSupport"]),
    tests("Artifacts", ["TestSupport"]),
    tests("Binaries", ["TestSupport"]),
    tests("Layers", ["Artifacts", "TestSupport"]),
    tests("Wheels", ["Artifacts", "Layers", "Processes", "TestSupport"]),
    tests("Processes", ["TestSupport"]),
    tests("PackageIndex", ["Artifacts", "TestSupport"]),
    tests("Tools", ["Artifacts", "PackageIndex", "Layers", "TestSupport"]),
    tests(
      "WheelRepair",
      ["Processes", "Artifacts", "Binaries", "Layers", "Tools", "Wheels", "TestSupport"]),
    tests("Toolchains", ["Processes", "Artifacts", "Binaries", "Layers", "Tools", "TestSupport"]),
    tests("Runtimes", ["Processes", "Artifacts", "Binaries", "Layers", "Tools", "TestSupport"]),
    tests("Verify", ["Processes", "Artifacts", "Binaries", "Layers", "TestSupport"]),
    tests("Levels", ["Artifacts", "Layers", "Wheels", "Processes", "Toolchains", "TestSupport"]),
    tests("Modules", ["Processes", "ConfigMerge", "Artifacts", "Layers", "TOMLFiles", "TestSupport"]),
    tests("Projects", ["Processes", "Modules", "TestSupport"]),
    tests("Trust", ["Artifacts", "Catalogue", "Processes", "TestSupport"]),
    tests("Publish", ["Artifacts", "Layers", "Catalogue", "Trust", "Processes", "TestSupport"]),
    tests("CataloguePage", ["Catalogue", "Processes", "TestSupport"]),
    tests(
      "Builder",
      [
        "Processes", "ConfigMerge", "Artifacts", "PackageIndex", "Layers", "Wheels", "Tools", "Runtimes",
        "Verify", "Modules", "Catalogue", "TestSupport",
      ]),
    tests("ppp", ["Artifacts", "Catalogue", "Modules", "Processes", "Terminal", "TestSupport"]),
  ]
)
