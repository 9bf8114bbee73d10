import Model
import Testing

@testable import Verify

@Suite struct AllowanceTests {
  private let checks = [
    Check(.import, "numpy.core", .ok),
    Check(.import, "cudf.strings", distribution: "cudf 25.4", .failed(message: "no driver")),
    Check(
      .nativeFile, "lib/python3.13/site-packages/torch/lib/libtorch.so", details: ["libcuda.so.1"],
      .failed(message: "needs it")),
  ]

  @Test(
    "a pattern matches an import, a file's path over its slashes, or a missing library",
    arguments: ["cudf.*", "cudf.strings", "*/torch/*.so", "libcuda.so.?"])
  func patterns(pattern: String) throws {
    let (result, unused) = [try Allowance(pattern: pattern, reason: "known")].applied(to: checks)
    #expect(result.count { $0.outcome == .allowed(reason: "known") } == 1)
    #expect(unused.isEmpty)
  }

  @Test("a pattern that meets no failure is reported, be there a success that it matches")
  func unused() throws {
    let (result, unused) = [try Allowance(pattern: "numpy.*", reason: "known")].applied(to: checks)
    #expect(result == checks)
    #expect(unused == ["numpy.*"])
  }

  @Test("a report fails by what is not allowed, and names cell, distribution, import and message")
  func report() throws {
    let cell = try CellID(parsing: "python-3.13.5@linux-x64")
    let report = VerificationReport(
      cell: cell, didRun: true, checks: checks,
      allowances: [try Allowance(pattern: "libcuda*", reason: "driver's")])
    #expect(!report.succeeded)
    #expect(report.allowed.count == 1)
    #expect(
      report.diagnostics.map(\.message)
        == ["python-3.13.5@linux-x64: import 'cudf.strings' of cudf 25.4: no driver"])
    #expect(report.summary == "1 native file, 2 imports, 1 allowed, 1 failed")
  }

  @Test("an allowance is not called unused where nothing was run")
  func notRun() throws {
    let cell = try CellID(parsing: "python-3.13.5@windows-x64")
    let allowances = [try Allowance(pattern: "x", reason: "known")]
    #expect(
      VerificationReport(cell: cell, didRun: false, checks: [], allowances: allowances).diagnostics.isEmpty)
    #expect(
      VerificationReport(cell: cell, didRun: true, checks: [], allowances: allowances).diagnostics.count == 1)
  }
}
