import ArgumentParser

/// What a command may fetch.
struct NetworkOptions: ParsableArguments {
  @Flag(help: "Use only what is in the cache, and say what is missing.")
  var offline = false
}
