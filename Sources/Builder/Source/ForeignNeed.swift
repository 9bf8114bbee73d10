/// What only a machine of the other platform has, as a line of a build's output tells it.
struct ForeignNeed: Equatable {
  /// The option, header, library or program that is asked for.
  let thing: String
  let owner: Owner

  enum Owner: String {
    case apple = "Apple's SDK"
    case microsoft = "Microsoft's compiler"
    case mac = "a Mac"
  }

  /// Nil for a line that tells of nothing of that kind.
  ///
  /// The first kind is said by our own compiler scripts (`CompilerScript`).
  init?(_ line: Substring) {
    if let match = line.firstMatch(of: #/ppp: error: '(.+)' needs (.+)$/#),
      let owner = Owner(rawValue: "\(match.2)")
    {
      (thing, self.owner) = (String(match.1), owner)
    } else if let match = line.firstMatch(of: #/fatal error: '([A-Za-z0-9_+.\/-]+\.h)' file not found/#),
      let owner = Self.owner(ofHeader: String(match.1))
    {
      (thing, self.owner) = (String(match.1), owner)
    } else if let match = line.firstMatch(
      of: #/No such file or directory: '(xcrun|xcodebuild|xcode-select|sw_vers)'/#)
    {
      (thing, owner) = (String(match.1), .mac)
    } else if let match = line.firstMatch(
      of: #/No such file or directory: '(cl|cl\.exe|link\.exe|msbuild|vswhere\.exe)'/#)
    {
      (thing, owner) = (String(match.1), .microsoft)
    } else {
      return nil
    }
  }

  /// A framework's header is in a folder of the framework's name: `CoreFoundation/CFString.h`.
  private static func owner(ofHeader name: String) -> Owner? {
    let frameworks: Set<String> = [
      "Accelerate", "AppKit", "ApplicationServices", "AudioToolbox", "AudioUnit", "Carbon", "Cocoa",
      "CoreAudio",
      "CoreFoundation", "CoreGraphics", "CoreMIDI", "CoreServices", "CoreText", "CoreVideo", "Foundation",
      "IOKit",
      "Metal", "OpenCL", "OpenGL", "Security", "SystemConfiguration", "objc",
    ]
    if let folder = name.split(separator: "/").first, name.contains("/"), frameworks.contains("\(folder)") {
      return .apple
    }
    return ["atlbase.h", "atlstr.h", "afxwin.h", "comdef.h", "ppl.h", "concrt.h"].contains(name)
      ? .microsoft : nil
  }

  var advice: String {
    "'\(thing)' needs \(owner.rawValue), which is not on this machine: build the cell on a machine of its platform and take its wheel in with 'ppp cache add WHEEL', or build without it by a rule's configSettings, env or patches"
  }
}
