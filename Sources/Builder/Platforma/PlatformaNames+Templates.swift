import Model

extension PlatformaNames {
  /// The `package.json` of a runenv that has none yet.
  func template(for runenv: PlatformaRunenv) -> OrderedJSON {
    .fields([
      "name": .string(package(of: runenv.id)),
      "version": .string("1.0.0"),
      "description": .string(
        "Python \(Self.entryPoint(of: runenv.id)) run environment for Platforma Backend"),
      "scripts": .fields([
        "cleanup": .string("rm -rf ./pkg-*.tgz ./pydist ./dist/ ./build/"),
        "reset": .string("pnpm run cleanup && rm -rf ./node_modules ./.turbo"),
        "after-prebuild": .string("pl-pkg publish packages"),
        "before-publish": .string("pl-pkg prepublish"),
      ]),
      "files": .array([.string("dist/")]),
      "block-software": .fields(["entrypoints": .fields(["main": .fields(["environment": .fields([:])])])]),
      "license": .string("UNLICENSED"),
      "devDependencies": .fields(["@platforma-sdk/package-builder": .string("catalog:")]),
    ])
  }

  /// The `package.json` of the catalogue package where there is none yet.
  var catalogueTemplate: OrderedJSON {
    .fields([
      "name": .string(cataloguePackage),
      "version": .string("1.0.0"),
      "description": .string("Python 3 run environments for Platforma Backend"),
      "scripts": .fields([
        "cleanup": .string("rm -rf ./pkg-*.tgz && rm -rf ./dist/"),
        "build": .string("pl-pkg build"),
        "prepublishOnly": .string("pl-pkg prepublish"),
      ]),
      "block-software": .fields(["entrypoints": .fields([:])]),
      "files": .array([.string("dist/")]),
      "license": .string("UNLICENSED"),
      "dependencies": .fields([:]),
      "devDependencies": .fields(["@platforma-sdk/package-builder": .string("catalog:")]),
    ])
  }
}
