import Model

/// What a failed build's output says, as far as it can be told from other people's words.
struct BuildFailure: Sendable, Equatable {
  /// The compiler's first error, or what else looks like the cause.
  let cause: String?
  /// What to do about it.
  let advice: String?
  let tail: String

  /// How much of a log's beginning, and of its end, is looked at.
  private static let window = 256 << 10

  init(log bytes: [UInt8]) {
    let isLong = bytes.count > 2 * Self.window
    let shown = isLong ? bytes.prefix(Self.window) + [0x0a] + bytes.suffix(Self.window) : bytes[...]
    let lines = String(decoding: shown, as: UTF8.self).split(whereSeparator: \.isNewline)
    cause = (lines.first(where: Self.isCompilerError) ?? lines.first(where: Self.isError))
      .map { String($0.drop { $0 == " " }.prefix(400)) }
    tail = lines.suffix(12).joined(separator: "\n")
    advice = lines.lazy.compactMap(Self.advice).first
  }

  /// The cause on top, what came last below.
  var text: String {
    guard let cause, !tail.contains(cause) || tail.count > 2000 else { return tail }
    return "\(cause)\n…\n\(tail)"
  }

  private static func isCompilerError(_ line: Substring) -> Bool {
    line.contains(
      #/:[0-9]+(:[0-9]+)?: (fatal )?error: |^error(\[E[0-9]+\])?: |^CMake Error|: undefined (reference|symbol)/#
    )
      && !line.contains("error: command ")
  }

  private static func isError(_ line: Substring) -> Bool {
    line.contains(#/(^|: )ERROR: |\b[A-Z][A-Za-z]+Error: |\berror: |: not found$/#)
  }

  /// What one line asks for.
  private static func advice(_ line: Substring) -> String? {
    if let need = ForeignNeed(line) { return need.advice }
    if let match = line.firstMatch(
      of: #/fatal error: '?([A-Za-z0-9_+.\/-]+\.h(?:pp)?)'?(?:: No such file| file not found)/#)
    {
      return header(String(match.1))
    }
    let libraries = #/(?:cannot find|unable to find (?:dynamic system )?library) -?l?'?([A-Za-z0-9_+.-]+)'?/#
    if let match = line.firstMatch(of: libraries) {
      let name = String(match.1)
      return SystemPackages.library[name].map { "the library '\(name)' is missing: apt install \($0)" }
        ?? "the library '\(name)' is missing"
    }
    if let tool = missingTool(line) {
      return SystemPackages.tool[tool].map { "the program '\(tool)' is missing: apt install \($0)" }
        ?? "the program '\(tool)' is missing; where a wheel has it, name that in the rule's buildRequires"
    }
    if let match = line.firstMatch(
      of: #/Read-only file system: '?"?([^'":]+)|'([^']+)': Read-only file system/#)
    {
      return
        "it writes outside of its tree, to '\(match.1 ?? match.2 ?? "")': a rule's patches or env can keep it from that"
    }
    if line.contains("EOFError: EOF when reading a line") {
      return
        "it asks a question, and nobody answers while building: answer by the rule's env or configSettings"
    }
    let running =
      #/Exec format error|cannot execute binary file|Can not run test applications in this cross|(?i:try_run)\(\) invoked in cross-compiling/#
    if line.contains(running) {
      return "it runs what it has compiled while it builds, which only a machine of that platform can"
    }
    if isForNewerRust(line) {
      return "it needs a newer Rust: run 'rustup update', or name another by CARGO and RUSTC"
    }
    let offline = #/Temporary failure in name resolution|Name or service not known|Network is unreachable/#
    if line.contains(offline) || line.contains("Could not resolve host") {
      return
        "it wants something from the network, which builds don't have: put what it downloads into its source by a recipe or patch"
    }
    return nil
  }

  /// Whether cargo says that it, or its compiler, is too old for the package or its `Cargo.lock`.
  private static func isForNewerRust(_ line: Substring) -> Bool {
    let versions = #/requires rustc [0-9.]+|rustc [0-9.]+ is not supported by the following package/#
    let forms =
      #/lock file version `?[0-9]+`? (was found|requires)|feature `edition20[0-9][0-9]` is required/#
    return line.contains(versions) || line.contains(forms)
  }

  private static func header(_ name: String) -> String {
    if let package = SystemPackages.header(name) {
      return "the header '\(name)' is missing: apt install \(package)"
    }
    return "the header '\(name)' is missing"
  }

  private static func missingTool(_ line: Substring) -> String? {
    let patterns = [
      #/No such file or directory: '([A-Za-z0-9_+.-]+)'$/#,
      #/error: command '([^'\/ ]+)' failed: No such file/#,
      #/(?:sh|bash): (?:line )?(?:[0-9]+: )?([A-Za-z0-9_+.-]+): (?:command )?not found/#,
      #/Program '([A-Za-z0-9_+.-]+)' not found/#, #/Could NOT find ([A-Za-z0-9_+.-]+)/#,
      #/unable to find ([A-Za-z0-9_+.-]+) executable/#,
    ]
    for pattern in patterns {
      if let match = line.firstMatch(of: pattern) { return String(match.1).lowercased() }
    }
    return nil
  }
}
