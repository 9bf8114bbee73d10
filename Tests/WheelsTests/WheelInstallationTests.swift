import Artifacts
import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Wheels

struct WheelInstallationTests {
  private static var full: WheelMaker {
    var wheel = WheelMaker(
      name: "Demo_Pkg", version: "1.0",
      files: [
        "demo/__init__.py": "x = 1\n", "demo/übung, \"eins\".txt": "ü", "demo/run.sh": "#!/bin/sh\n",
        "Demo_Pkg-1.0.data/scripts/tool": "#!python\nprint(1)\n",
        "Demo_Pkg-1.0.data/scripts/native": "\u{7f}ELF",
        "Demo_Pkg-1.0.data/scripts/demo-script.py": "#!python\n",
        "Demo_Pkg-1.0.data/data/share/demo/a.txt": "a", "Demo_Pkg-1.0.data/headers/demo.h": "h",
        "Demo_Pkg-1.0.data/purelib/pure.py": "", "Demo_Pkg-1.0.data/platlib/plat.py": "",
        "Demo_Pkg-1.0.dist-info/INSTALLER": "other\n", "Demo_Pkg-1.0.dist-info/licenses/LICENSE": "free",
      ])
    wheel.executables = ["demo/run.sh"]
    wheel.entryPoints = [
      "console_scripts": ["demo = demo:main"], "gui_scripts": ["demo-win = demo.gui:Main.run"],
    ]
    return wheel
  }

  @Test("every file goes to its place in a POSIX environment")
  func posix() async throws {
    try await InstallWorkshop.with { shop in
      let layer = try await shop.install(Self.full, requested: true)
      let site = "lib/python3.13/site-packages"
      #expect(
        try Set(shop.listing(layer)) == [
          "\(site)/demo/__init__.py", "\(site)/demo/übung, \"eins\".txt", "\(site)/demo/run.sh*", "bin/tool*",
          "bin/native*", "bin/demo*", "bin/demo-win*", "share/demo/a.txt",
          "include/python3.13/demo-pkg/demo.h",
          "\(site)/pure.py", "\(site)/plat.py", "\(site)/Demo_Pkg-1.0.dist-info/INSTALLER",
          "\(site)/Demo_Pkg-1.0.dist-info/REQUESTED", "\(site)/Demo_Pkg-1.0.dist-info/RECORD",
          "\(site)/Demo_Pkg-1.0.dist-info/METADATA", "\(site)/Demo_Pkg-1.0.dist-info/WHEEL",
          "\(site)/Demo_Pkg-1.0.dist-info/entry_points.txt",
          "\(site)/Demo_Pkg-1.0.dist-info/licenses/LICENSE",
        ])
      #expect(try await shop.text("\(site)/Demo_Pkg-1.0.dist-info/INSTALLER", of: layer) == "ppp\n")
    }
  }

  @Test("every file goes to its place in a Windows environment, and scripts become executables")
  func windows() async throws {
    try await InstallWorkshop.with { shop in
      var wheel = Self.full
      wheel.files["demo/übung, \"eins\".txt"] = nil
      let layer = try await shop.install(wheel, scheme: InstallWorkshop.scheme(.windowsX64))
      let paths = try Set(shop.listing(layer))
      #expect(
        paths.isSuperset(of: [
          "Lib/site-packages/demo/__init__.py", "Scripts/tool.exe*", "Scripts/native*", "Scripts/demo.exe*",
          "Scripts/demo-win.exe*", "share/demo/a.txt", "Include/demo-pkg/demo.h", "Lib/site-packages/pure.py",
        ]))
      #expect(!paths.contains("Lib/site-packages/Demo_Pkg-1.0.dist-info/REQUESTED"))
      let root = try await shop.unpack(layer)
      let tool = try readFile(root.appending("Scripts/tool.exe"))
      #expect(tool.starts(with: "MZ-console#!".utf8))
      #expect(String(decoding: tool, as: UTF8.self).contains("__main__.pyprint(1)\nPK"))
      #expect(try readFile(root.appending("Scripts/demo-win.exe")).starts(with: "MZ-window#!".utf8))
    }
  }

  @Test("the installed RECORD lists every file, relative to site-packages, sorted")
  func record() async throws {
    try await InstallWorkshop.with { shop in
      let layer = try await shop.install(Self.full)
      let text = try await shop.text("lib/python3.13/site-packages/Demo_Pkg-1.0.dist-info/RECORD", of: layer)
      let record = try Record(parsing: text, wheel: "demo", file: "RECORD")
      #expect(text == record.description)
      #expect(record.entries.map(\.path).prefix(2) == ["../../../bin/demo", "../../../bin/demo-win"])
      let scheme = InstallWorkshop.scheme()
      var listed = Dictionary(uniqueKeysWithValues: record.entries.map { ($0.path, $0) })
      for entry in try shop.layers.entries(of: layer) {
        guard case .file(let size, let digest, _) = entry.kind else { continue }
        let removed = listed.removeValue(forKey: scheme.recordPath(of: entry.path))
        let line = try #require(removed)
        let isRecord = entry.path.hasSuffix("/RECORD")
        #expect(line.digest == (isRecord ? nil : digest) && line.size == (isRecord ? nil : size))
      }
      #expect(listed.isEmpty)
    }
  }

  @Test("one wheel is one layer for Linux and macOS, another for Windows, another Python or when requested")
  func keys() async throws {
    try await InstallWorkshop.with { shop in
      let wheel = WheelMaker(name: "a", version: "1", files: ["a.py": ""])
      let linux = try await shop.install(wheel)
      #expect(try await shop.install(wheel, scheme: InstallWorkshop.scheme(.macOSAArch64)) == linux)
      #expect(
        try await shop.install(wheel, scheme: InstallWorkshop.scheme(.windowsX64)).digest != linux.digest)
      #expect(try await shop.install(wheel, scheme: InstallWorkshop.scheme(minor: 11)).digest != linux.digest)
      #expect(try await shop.install(wheel, requested: true).digest != linux.digest)
    }
  }

  @Test("Windows layers of one wheel are shared by Python versions, and depend on the launchers")
  func windowsKeys() async throws {
    try await InstallWorkshop.with { shop in
      let wheel = try await shop.artifacts.add(Self.full.bytes)
      let name = try WheelFileName(parsing: Self.full.fileName)
      func key(_ minor: Int, _ launchers: WindowsLaunchers) -> LayerKey {
        WheelInstallation(
          wheel: wheel, fileName: name, scheme: InstallWorkshop.scheme(.windowsX64, minor: minor),
          isRequested: false,
          launchers: launchers
        ).layerKey(level: 3)
      }
      let launchers = InstallWorkshop.launchers
      #expect(key(11, launchers) == key(13, launchers))
      #expect(key(11, launchers) != key(11, WindowsLaunchers(console: [1], graphical: launchers.graphical)))
      #expect(key(11, launchers) != key(11, WindowsLaunchers(console: launchers.console, graphical: [1])))
    }
  }

  @Test("a wheelhouse layer holds the wheel's own bytes")
  func wheelhouse() async throws {
    try await InstallWorkshop.with { shop in
      let wheel = Self.full
      let stored = try await shop.artifacts.add(wheel.bytes)
      let layer = try await wheelhouseLayer(
        of: stored, fileName: WheelFileName(parsing: wheel.fileName), in: shop.layers, level: 1)
      #expect(try shop.listing(layer) == ["packages/\(wheel.fileName)"])
      #expect(try readFile(await shop.unpack(layer).appending("packages/\(wheel.fileName)")) == wheel.bytes)
    }
  }

  @Test("a distribution is read from the wheel and from its layer")
  func distribution() async throws {
    try await InstallWorkshop.with { shop in
      var wheel = Self.full
      wheel.metadata = ["License-Expression: MIT"]
      let scheme = InstallWorkshop.scheme()
      let read = try await InstalledDistribution.reading(
        shop.artifacts.add(wheel.bytes), fileName: WheelFileName(parsing: wheel.fileName), scheme: scheme)
      let name = try PackageName(parsing: "demo-pkg")
      let imports = ["demo", "plat", "pure"]
      #expect(read == InstalledDistribution(name: name, version: "1.0", license: "MIT", imports: imports))
      let entries = try await shop.layers.entries(of: shop.install(wheel))
      #expect(
        InstalledDistribution(entries: entries, scheme: scheme)
          == InstalledDistribution(name: name, version: "1.0", license: nil, imports: imports))
    }
  }
}
