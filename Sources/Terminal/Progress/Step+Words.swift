import Model

extension Step.Verb {
  /// What is done, in a plain line: `fetch numpy-2.2.6.whl`.
  var word: String {
    switch self {
    case .resolve: "resolve"
    case .fetch: "fetch"
    case .assembleRuntime: "runtime"
    case .probe: "probe"
    case .buildFromSource: "build"
    case .layer: "layer"
    case .bundle: "bundle"
    case .verify: "verify"
    case .record: "record"
    case .install: "install"
    case .test: "test"
    case .deploy: "deploy"
    case .publish: "publish"
    case .pull: "pull"
    }
  }

  /// What is being done, in a live line.
  var participle: String {
    switch self {
    case .resolve: "resolving"
    case .fetch: "fetching"
    case .assembleRuntime: "assembling"
    case .probe: "probing"
    case .buildFromSource: "building"
    case .layer: "packing"
    case .bundle: "bundling"
    case .verify: "verifying"
    case .record: "recording"
    case .install: "installing"
    case .test: "testing"
    case .deploy: "deploying"
    case .publish: "publishing"
    case .pull: "pulling"
    }
  }
}

extension Step {
  /// What the step is about, in one line.
  var title: String {
    let text = detail.map { "\(subject)  \($0)" } ?? subject
    return text.printable.replacing("\n", with: " ")
  }
}
