import Testing

@testable import Builder

@Suite("What a failed build's output says") struct BuildFailureTests {
  @Test(
    "what is missing is named, with the package that has it where that is known",
    arguments: [
      (
        "x.c:1:10: fatal error: zlib.h: No such file or directory",
        "the header 'zlib.h' is missing: apt install zlib1g-dev"
      ),
      (
        "x.c:1:10: fatal error: 'openssl/ssl.h' file not found",
        "the header 'openssl/ssl.h' is missing: apt install libssl-dev"
      ),
      ("x.c:1:10: fatal error: own.h: No such file or directory", "the header 'own.h' is missing"),
      (
        "/usr/bin/ld: cannot find -lgmp: No such file or directory",
        "the library 'gmp' is missing: apt install libgmp-dev"
      ),
      ("sh: 1: swig: not found", "the program 'swig' is missing: apt install swig"),
      (
        "FileNotFoundError: [Errno 2] No such file or directory: 'pg_config'",
        "the program 'pg_config' is missing: apt install libpq-dev"
      ),
      (
        "error: command 'own-tool' failed: No such file or directory",
        "the program 'own-tool' is missing; where a wheel has it, name that in the rule's buildRequires"
      ),
    ])
  func missing(line: String, advice: String) {
    #expect(BuildFailure(log: Array("building\n\(line)\n".utf8)).advice == advice)
  }

  @Test(
    "a Rust that is too old is told from a package that is broken",
    arguments: [
      "error: package `a v1.0` cannot be built because it requires rustc 1.82 or newer, while the currently active rustc version is 1.63.0",
      "error: rustc 1.63.0 is not supported by the following package:",
      "  lock file version `4` was found, but this version of Cargo does not understand this lock file, perhaps Cargo needs to be updated?",
      "  feature `edition2024` is required",
    ])
  func rust(line: String) {
    let problem = RustProblem.crates(output: line)
    #expect(problem.hint == "it needs a newer Rust: run 'rustup update', or name another by CARGO and RUSTC")
  }

  @Test("the compiler's first error is the cause, not what follows from it")
  func cause() {
    let log =
      "x.c:3:1: error: unknown type name 'y'\nx.c:9:1: error: z\nerror: command 'cc' failed with exit code 1\n"
    #expect(BuildFailure(log: Array(log.utf8)).cause == "x.c:3:1: error: unknown type name 'y'")
  }
}
