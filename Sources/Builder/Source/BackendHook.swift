import FoundationEssentials
import Model
import SystemPackage

/// A call of a build backend's hook (PEP 517), made by a script of ours in the build environment.
struct BackendHook: Encodable {
  enum Action: String, Encodable {
    /// `get_requires_for_build_wheel`
    case requires
    /// `build_wheel`
    case build
  }

  /// What the script writes down about a call.
  struct Answer: Decodable {
    var requires: [String]?
    var wheel: String?
    /// The extension modules that setuptools was to compile, and those of them that it failed to.
    var wanted: [String]?
    var failed: [String]?
  }

  let action: Action
  let backend: String
  let backendPath: [String]
  /// A key's value, or values where it is given several times.
  let settings: [String: [String]]
  let output: String
  let answer: String

  /// Writes the call and the script that makes it, and gives the arguments for Python.
  func prepare(in directory: FilePath) throws -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let script = directory.appending("hook.py")
    let call = directory.appending("\(action.rawValue).json")
    try writeAtomically(Self.script.utf8, to: script)
    try writeAtomically(encoder.encode(self), to: call)
    return [script.string, call.string]
  }

  func readAnswer() throws -> Answer {
    try JSONDecoder().decode(Answer.self, from: Data(readFile(FilePath(answer))))
  }

  private static let script = #"""
    import importlib, json, os, sys

    with open(sys.argv[1], encoding="utf-8") as file:
        call = json.load(file)
    answer = {"wanted": [], "failed": []}


    def watch_setuptools():
        """Notes which extensions are compiled: some packages go on without those that can't be."""
        if "setuptools" not in sys.modules:
            return
        from setuptools.command.build_ext import build_ext

        run, build_extension = build_ext.run, build_ext.build_extension

        def noting_run(self):
            answer["wanted"] += [extension.name for extension in self.extensions or []]
            return run(self)

        def noting_build(self, extension):
            try:
                return build_extension(self, extension)
            except BaseException:
                answer["failed"].append(extension.name)
                raise

        build_ext.run, build_ext.build_extension = noting_run, noting_build


    # The script's own folder is no place to import from.
    sys.path[:1] = [os.path.abspath(place) for place in call["backendPath"]]
    sys.argv[1:] = []
    module, _, attributes = call["backend"].partition(":")
    backend = importlib.import_module(module)
    for attribute in filter(None, attributes.split(".")):
        backend = getattr(backend, attribute)
    settings = {key: values[0] if len(values) == 1 else values for key, values in call["settings"].items()}
    if call["action"] == "requires":
        hook = getattr(backend, "get_requires_for_build_wheel", None)
        answer["requires"] = list(hook(settings)) if hook else []
    else:
        watch_setuptools()
        os.makedirs(call["output"], exist_ok=True)
        answer["wheel"] = backend.build_wheel(call["output"], settings)
    with open(call["answer"], "w", encoding="utf-8") as file:
        json.dump(answer, file)

    """#
}
