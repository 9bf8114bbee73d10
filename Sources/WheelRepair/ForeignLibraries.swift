import Binaries
import Model
import Wheels

/// Checks what the files of a wheel for Windows or macOS load: the system's libraries, Python's own, and the wheel's.
///
/// Linux is `Vendoring`'s: of these systems no library is at hand that could be brought along.
struct ForeignLibraries {
  let platform: Platform
  let wheel: WheelFileName

  /// - Throws: `RepairError.notOfPlatform` for the first library that will not be there.
  func check(_ natives: [(path: String, file: NativeFile)]) throws(RepairError) {
    let own = Set(natives.map { Self.lastPart(of: $0.path).lowercased() })
    for (path, file) in natives {
      for library in needs(of: file) where !isThere(library, own) {
        throw .notOfPlatform(wheel: wheel.text, file: path, library: library, platform: platform)
      }
    }
  }

  private func needs(of file: NativeFile) -> [String] {
    switch file {
    case .elf: []
    case .machO(let images): images.flatMap(\.dependencies).filter { !$0.isWeak }.map(\.name)
    case .pe(let file): file.isManaged ? [] : file.imports
    }
  }

  private func isThere(_ library: String, _ own: Set<String>) -> Bool {
    switch platform.operatingSystem {
    case .linux: true
    case .windows:
      WindowsLibraries.contains(library) || isPython(library.lowercased())
        || own.contains(library.lowercased())
    case .macosx:
      library.hasPrefix("/usr/lib/") || library.hasPrefix("/System/Library/")
        || ((library.hasPrefix("@") || !library.contains("/"))
          && own.contains(Self.lastPart(of: library).lowercased()))
    }
  }

  /// Whether it is the DLL of the Python that the wheel is for, or one that comes with each.
  private func isPython(_ library: String) -> Bool {
    ["python3.dll", "vcruntime140.dll", "vcruntime140_1.dll"].contains(library)
      || wheel.tags.contains { library == "python\($0.python.dropFirst(2)).dll" }
  }

  private static func lastPart(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }
}
