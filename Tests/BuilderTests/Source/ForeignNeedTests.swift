import Testing

@testable import Builder

@Suite struct ForeignNeedTests {
  @Test(
    "what only the other platform's machine has is told by a line of the log",
    arguments: [
      ("ppp: error: '-framework Security' needs Apple's SDK", "-framework Security", "Apple's SDK"),
      ("ppp: error: '/clr' needs Microsoft's compiler", "/clr", "Microsoft's compiler"),
      ("ppp: error: 'install_name_tool' needs a Mac", "install_name_tool", "a Mac"),
      ("x.c:1:10: fatal error: 'IOKit/IOKitLib.h' file not found", "IOKit/IOKitLib.h", "Apple's SDK"),
      ("a.cpp:3:10: fatal error: 'atlbase.h' file not found", "atlbase.h", "Microsoft's compiler"),
      ("FileNotFoundError: [Errno 2] No such file or directory: 'xcrun'", "xcrun", "a Mac"),
    ])
  func need(line: String, thing: String, owner: String) throws {
    let need = try #require(ForeignNeed(Substring(line)))
    #expect(need.thing == thing && need.owner.rawValue == owner)
    #expect(BuildFailure(log: Array(line.utf8)).advice?.contains(owner) ?? false)
  }

  @Test(
    "CMake and Meson say that they would run what they have compiled, in words of their own",
    arguments: [
      "CMake Error: try_run() invoked in cross-compiling mode, please set the following cache variables",
      "meson.build:3:0: ERROR: Can not run test applications in this cross environment.",
    ])
  func running(line: String) {
    #expect(BuildFailure(log: Array(line.utf8)).advice?.contains("runs what it has compiled") ?? false)
  }

  @Test(
    "other lines tell of nothing of the kind",
    arguments: [
      "x.c:1:10: fatal error: 'zlib.h' file not found", "x.c:1: fatal error: openssl/ssl.h: No such file",
      "ppp: error: 'x' needs y",
    ])
  func others(line: String) { #expect(ForeignNeed(Substring(line)) == nil) }
}
