import Artifacts
import Layers
import Model
import TestSupport
import Testing

@testable import Wheels

/// Wheels that are broken or mean harm: each is refused with an error that names it, and makes no layer.
struct HostileWheelTests {
  private static let name = "a-1.0-py3-none-any.whl"
  private static let plain = WheelMaker(name: "a", version: "1.0", files: ["a/__init__.py": "x = 1\n"])

  @Test(
    "paths that escape are refused",
    arguments: ["../evil", "a/../../evil", "/etc/evil", "a/b\\evil", "C:/evil", "a//b"])
  func escape(path: String) async throws {
    let error = try await refusal(WheelMaker(name: "a", version: "1.0", files: [path: ""]))
    guard case .unsafePath(Self.name, path, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("data and scripts cannot escape either", arguments: ["scripts", "data", "headers", "purelib"])
  func escapingData(kind: String) async throws {
    let path = "a-1.0.data/\(kind)/../../../evil"
    let error = try await refusal(WheelMaker(name: "a", version: "1.0", files: [path: ""]))
    #expect(error == .unsafePath(wheel: Self.name, file: path, reason: "the path leaves the environment"))
  }

  @Test("an unknown kind of data is refused", arguments: ["a-1.0.data/etc/x", "a-1.0.data/x"])
  func unknownData(path: String) async throws {
    guard case .unsafePath = try await refusal(WheelMaker(name: "a", version: "1.0", files: [path: ""]))
    else {
      Issue.record("not refused")
      return
    }
  }

  @Test("names that Windows keeps to itself are refused for Windows")
  func windowsNames() async throws {
    let wheel = WheelMaker(name: "a", version: "1.0", files: ["a/aux.py": ""])
    let windows = InstallWorkshop.scheme(.windowsX64)
    #expect(
      try await refusal(wheel, scheme: windows)
        == .unsafePath(wheel: Self.name, file: "a/aux.py", reason: "'aux.py' is a device on Windows"))
    #expect(try await refusal(wheel) == nil)
  }

  @Test("a RECORD with another hash is refused, with the file")
  func wrongHash() async throws {
    var wheel = Self.plain
    wheel.recordOverrides["a/__init__.py"] = WheelMaker.recordLine("a/__init__.py", Array("x = 2\n".utf8))
    guard case .wrongDigest(Self.name, "a/__init__.py", _, _) = try await refusal(wheel) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("a RECORD with another size is refused, with the file")
  func wrongSize() async throws {
    var wheel = Self.plain
    wheel.recordOverrides["a/__init__.py"] = WheelMaker.recordLine("a/__init__.py", Array("x = 1".utf8))
    #expect(
      try await refusal(wheel) == .wrongSize(wheel: Self.name, file: "a/__init__.py", recorded: 5, actual: 6))
  }

  @Test("a script's hash is checked too")
  func scriptHash() async throws {
    let path = "a-1.0.data/scripts/tool"
    var wheel = WheelMaker(name: "a", version: "1.0", files: [path: "#!python\nprint(1)\n"])
    wheel.recordOverrides[path] = WheelMaker.recordLine(path, Array("#!python\nprint(2)\n".utf8))
    guard case .wrongDigest(Self.name, path, _, _) = try await refusal(wheel) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("a file without a hash is refused")
  func noHash() async throws {
    var wheel = Self.plain
    wheel.recordOverrides["a/__init__.py"] = "a/__init__.py,,"
    guard case .malformed(Self.name, "a-1.0.dist-info/RECORD", nil, _) = try await refusal(wheel) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("a file that RECORD lists and the wheel lacks is refused")
  func missingFile() async throws {
    var wheel = Self.plain
    wheel.recordOverrides["a/gone.py"] = WheelMaker.recordLine("a/gone.py", [])
    #expect(try await refusal(wheel) == .recordedOnly(wheel: Self.name, file: "a/gone.py"))
  }

  @Test("a file that RECORD does not list is refused, its signatures are not")
  func unlistedFile() async throws {
    var wheel = Self.plain
    wheel.files["a-1.0.dist-info/RECORD.jws"] = [1]
    wheel.recordOverrides["a-1.0.dist-info/RECORD.jws"] = ""
    #expect(try await refusal(wheel) == nil)
    wheel.recordOverrides["a/__init__.py"] = ""
    #expect(try await refusal(wheel) == .notRecorded(wheel: Self.name, file: "a/__init__.py"))
  }

  @Test("RECORD, WHEEL and METADATA are needed", arguments: ["RECORD", "WHEEL", "METADATA"])
  func missingMetadata(file: String) async throws {
    var zip = ZipMaker()
    for name in ["RECORD", "WHEEL", "METADATA"] where name != file {
      zip.addFile(
        "a-1.0.dist-info/\(name)",
        ["WHEEL": "Wheel-Version: 1.0\n", "METADATA": "Name: a\nVersion: 1.0\n"][name] ?? "")
    }
    #expect(try await refusal(zip.bytes) == .missing(wheel: Self.name, file: "a-1.0.dist-info/\(file)"))
  }

  @Test("the dist-info directory must be the wheel's own, and the only one")
  func distInfo() async throws {
    var wheel = WheelMaker(name: "b", version: "1.0")
    #expect(
      try await refusal(wheel.bytes) == .foreignDistInfo(wheel: Self.name, directory: "b-1.0.dist-info"))
    wheel.files["a-1.0.dist-info/METADATA"] = []
    #expect(
      try await refusal(wheel.bytes)
        == .distInfoCount(wheel: Self.name, found: ["a-1.0.dist-info", "b-1.0.dist-info"]))
    #expect(try await refusal(ZipMaker.zip([("a.py", [])])) == .distInfoCount(wheel: Self.name, found: []))
  }

  @Test(
    "metadata of another package or version is refused",
    arguments: ["Name: b\nVersion: 1.0\n", "Name: a\nVersion: 2\n"])
  func foreignMetadata(text: String) async throws {
    var wheel = Self.plain
    wheel.files["a-1.0.dist-info/METADATA"] = Array(text.utf8)
    guard case .malformed(Self.name, "a-1.0.dist-info/METADATA", _, _) = try await refusal(wheel) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("wheel format 2 is refused")
  func formatVersion() async throws {
    var wheel = Self.plain
    wheel.files["a-1.0.dist-info/WHEEL"] = Array("Wheel-Version: 2.0\n".utf8)
    #expect(try await refusal(wheel) == .formatVersion(wheel: Self.name, version: "2.0"))
  }

  @Test("files that differ in letter case only are refused, on Linux too")
  func caseCollision() async throws {
    let wheel = WheelMaker(name: "a", version: "1.0", files: ["a/É.py": "", "a/é.py": ""])
    guard case .collision(Self.name, _, _) = try await refusal(wheel) else {
      Issue.record("not refused")
      return
    }
  }

  @Test(
    "two sources of one installed file are refused",
    arguments: [
      ["a/x.py", "a-1.0.data/purelib/a/x.py"],
      ["a/x.py", "a-1.0.data/data/lib/python3.13/site-packages/a/x.py"],
      ["a/x", "a-1.0.data/purelib/a/x/y"],
    ])
  func twoSources(paths: [String]) async throws {
    let files = Dictionary(uniqueKeysWithValues: paths.map { ($0, "") })
    guard case .collision = try await refusal(WheelMaker(name: "a", version: "1.0", files: files)) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("a member that is there twice is refused")
  func duplicate() async throws {
    #expect(
      try await refusal(built { $0.addFile("a.py", "") }, "a.py")
        == .collision(wheel: Self.name, file: "a.py", other: "a.py"))
  }

  @Test("a symbolic link is refused")
  func symlink() async throws {
    let bytes = built { $0.addSymlink("link", target: "/etc/passwd") }
    #expect(try await refusal(bytes) == .notAFile(wheel: Self.name, file: "link", kind: "symbolic link"))
  }

  @Test(
    "a member that declares another size than it has is refused",
    arguments: [1, 4, 4_000_000_000] as [UInt32])
  func declaredSize(size: UInt32) async throws {
    let content = Array("x = 1\n".utf8)
    let bytes = built(record: WheelMaker.recordLine("b.py", content)) {
      $0.add(name: Array("b.py".utf8), content: content, mode: 0o100644, declaredSize: size)
    }
    #expect(try await refusal(bytes) != nil)
  }

  @Test("a member whose RECORD repeats the wrong declared size is refused")
  func bomb() async throws {
    let content = Array("x = 1\n".utf8)
    let line = WheelMaker.recordLine("b.py", content).replacing(",6", with: ",3000000000")
    let bytes = built(record: line) {
      $0.add(name: Array("b.py".utf8), content: content, mode: 0o100644, declaredSize: 3_000_000_000)
    }
    #expect(try await refusal(bytes) != nil)
  }

  @Test(
    "a compressed member that inflates to more than it declares is refused", arguments: [1, 4096] as [UInt32])
  func inflation(declared: UInt32) async throws {
    // 65,536 zeros, deflated.
    let deflated: [UInt8] =
      [0xed, 0xc1, 0x01, 0x01, 0x00, 0x00, 0x00, 0x80, 0x90, 0xfe, 0xaf, 0xee, 0x08, 0x0a]
      + [UInt8](repeating: 0, count: 63) + [0x6a]
    let line = WheelMaker.recordLine("b.py", [UInt8](repeating: 0, count: Int(declared)))
    var bytes = built(record: line) {
      $0.add(name: Array("b.py".utf8), content: deflated, mode: 0o100644, checksum: 0xd797_8eeb)
    }
    // The method and the inflated size, in the member's own header and in the directory.
    for start in bytes.indices.dropLast(50) where bytes[start...].starts(with: "PK".utf8) {
      let fields = bytes[start + 2] == 3 ? start + 8 : start + 10
      let nameOffset = bytes[start + 2] == 3 ? start + 30 : start + 46
      guard bytes[nameOffset...].starts(with: "b.py".utf8) else { continue }
      bytes[fields] = 8
      withUnsafeBytes(of: declared.littleEndian) {
        bytes.replaceSubrange(fields + 14..<fields + 18, with: $0)
      }
    }
    switch try await refusal(bytes) {
    case .unreadable, .wrongSize: break
    case let other: Issue.record("\(String(describing: other))")
    }
  }

  @Test("damaged content is noticed by its checksum")
  func checksum() async throws {
    let content = Array("x = 1\n".utf8)
    let bytes = built(record: WheelMaker.recordLine("b.py", content)) {
      $0.add(name: Array("b.py".utf8), content: content, mode: 0o100644, checksum: 1)
    }
    guard case .unreadable(Self.name, _) = try await refusal(bytes) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("a name that is not UTF-8 is refused")
  func encoding() async throws {
    let bytes = built { $0.add(name: [0x61, 0xff, 0xfe], content: [], mode: 0o100644) }
    guard case .unreadable(Self.name, _) = try await refusal(bytes) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("a wheel that ends early, wherever, is refused")
  func truncated() async throws {
    let whole = Self.plain.bytes
    for count in stride(from: 0, to: whole.count - 1, by: 37) {
      guard case .unreadable(Self.name, _) = try await refusal(Array(whole.prefix(count))) else {
        Issue.record("\(count) of \(whole.count) bytes were taken")
        continue
      }
    }
  }

  @Test("entry points cannot leave the scripts directory", arguments: ["../evil", "a/b", "a\\b", ".."])
  func entryPoints(name: String) async throws {
    var wheel = Self.plain
    wheel.entryPoints = ["console_scripts": ["\(name) = a:main"]]
    guard case .entryPoint(Self.name, name, _) = try await refusal(wheel) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("an entry point with a device's name is refused for Windows, as are scripts without launchers")
  func windowsEntryPoints() async throws {
    var wheel = Self.plain
    let windows = InstallWorkshop.scheme(.windowsX64)
    wheel.entryPoints = ["console_scripts": ["con = a:main"]]
    guard case .entryPoint = try await refusal(wheel, scheme: windows) else {
      Issue.record("not refused")
      return
    }
    wheel.entryPoints = ["console_scripts": ["fine = a:main"]]
    #expect(try await refusal(wheel, scheme: windows, launchers: nil) == .launchersMissing(wheel: Self.name))
  }

  /// A wheel that is right, and what the change adds to it; `record` is a line for that.
  private func built(record: String? = nil, _ change: (inout ZipMaker) -> Void) -> [UInt8] {
    let files = [
      ("a.py", ""), ("a-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\n"),
      ("a-1.0.dist-info/METADATA", "Name: a\nVersion: 1.0\n"),
    ].map { ($0.0, Array($0.1.utf8)) }
    var zip = ZipMaker()
    for (path, content) in files { zip.addFile(path, content) }
    change(&zip)
    let lines = files.map { WheelMaker.recordLine($0.0, $0.1) } + (record.map { [$0] } ?? [])
    zip.addFile("a-1.0.dist-info/RECORD", lines.joined(separator: "\n"))
    return zip.bytes
  }

  private func refusal(
    _ wheel: WheelMaker, scheme: InstallScheme = InstallWorkshop.scheme(),
    launchers: WindowsLaunchers? = InstallWorkshop.launchers
  ) async throws -> WheelError? {
    try await refusal(wheel.bytes, scheme: scheme, launchers: launchers)
  }

  /// The error with which a wheel is refused, nil when it is installed; another kind of error is thrown on.
  private func refusal(
    _ bytes: [UInt8], _ comment: String = "", scheme: InstallScheme = InstallWorkshop.scheme(),
    launchers: WindowsLaunchers? = InstallWorkshop.launchers
  ) async throws -> WheelError? {
    try await InstallWorkshop.with { shop in
      do {
        _ = try await shop.install(bytes, as: Self.name, scheme: scheme, launchers: launchers)
        return nil
      } catch let error as WheelError {
        #expect(try shop.layers.inventory().isEmpty)
        #expect(error.description.contains(Self.name))
        return error
      }
    }
  }
}
