import Binaries
import Model

/// The libraries that every system of a platform has, so that no environment need bring them.
struct SystemLibraries {
  let platform: Platform
  let python: PythonVersion
  /// Whether the environment has its interpreter along; otherwise the user's brings Python's own library.
  let hasInterpreter: Bool

  func contains(_ name: String) -> Bool {
    switch platform.operatingSystem {
    case .linux: Self.manylinux.contains(name) || name == loader || isPython(name)
    case .macosx:
      name.hasPrefix("/usr/lib/") || name.hasPrefix("/System/Library/") || isPython(Self.lastPart(of: name))
    case .windows: isWindows(name.lowercased())
    }
  }

  private var loader: String {
    switch platform.architecture {
    case .x64: "ld-linux-x86-64.so.2"
    case .aarch64: "ld-linux-aarch64.so.1"
    }
  }

  /// Python's own library, under the names that extension modules know it by.
  private func isPython(_ name: String) -> Bool {
    guard !hasInterpreter else { return false }
    let version = python.minorVersion
    return [
      "libpython\(version).so.1.0", "libpython\(version).so", "libpython3.so", "libpython\(version).dylib",
      "libpython\(version)t.so.1.0", "libpython\(version)t.dylib",
    ].contains(name)
  }

  private func isWindows(_ name: String) -> Bool {
    if name.hasPrefix("api-ms-win-") || name.hasPrefix("ext-ms-") { return true }
    if !hasInterpreter, isWindowsPython(name) { return true }
    let stem = name.hasSuffix(".dll") || name.hasSuffix(".drv") ? String(name.dropLast(4)) : name
    return Self.windows.contains(stem)
  }

  private func isWindowsPython(_ name: String) -> Bool {
    let version = "\(python.major)\(python.minor)"
    return [
      "python3.dll", "python3t.dll", "python\(version).dll", "python\(version)t.dll", "vcruntime140.dll",
      "vcruntime140_1.dll",
    ].contains(name)
  }

  private static func lastPart(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  /// What [PEP 600](https://peps.python.org/pep-0600/)'s policies list: the C and C++ libraries, and what
  /// every desktop has.
  private static let manylinux: Set<String> = [
    "libatomic.so.1", "libgcc_s.so.1", "libstdc++.so.6", "libm.so.6", "libmvec.so.1", "libanl.so.1",
    "libdl.so.2", "librt.so.1", "libc.so.6", "libnsl.so.1", "libutil.so.1", "libpthread.so.0", "libX11.so.6",
    "libXext.so.6", "libXrender.so.1", "libICE.so.6", "libSM.so.6", "libGL.so.1", "libgobject-2.0.so.0",
    "libgthread-2.0.so.0", "libglib-2.0.so.0", "libresolv.so.2", "libexpat.so.1", "libz.so.1",
  ]

  /// DLLs of Windows 10, and the C++ runtime that its redistributable package brings.
  private static let windows: Set<String> = [
    "activeds", "advapi32", "apphelp", "atl", "audioses", "authz", "avicap32", "avifil32", "avrt",
    "bcrypt", "bcryptprimitives", "bthprops.cpl", "cabinet", "cfgmgr32", "cldapi", "combase",
    "comctl32", "comdlg32", "concrt140", "coremessaging", "credui", "crypt32", "cryptbase", "cryptnet",
    "cryptui", "d2d1", "d3d10", "d3d10_1", "d3d11", "d3d12", "d3d9", "d3dcompiler_47", "dbgcore",
    "dbgeng", "dbghelp", "dcomp", "ddraw", "devobj", "dhcpcsvc", "dhcpcsvc6", "dinput8", "dnsapi",
    "dsound", "dwmapi", "dwrite", "dxcore", "dxgi", "dxva2", "esent", "evr", "fltlib", "fwpuclnt",
    "gdi32", "gdiplus", "glu32", "hid", "imagehlp", "imm32", "iphlpapi", "kernel32", "kernelbase",
    "ksuser", "ktmw32", "loadperf", "logoncli", "magnification", "mapi32", "mf", "mfplat",
    "mfreadwrite", "mlang", "mmdevapi", "mpr", "msacm32", "mscoree", "msdmo", "msi", "msimg32",
    "mstask", "msvcp140", "msvcp140_1", "msvcp140_2", "msvcp140_atomic_wait", "msvcp140_codecvt_ids",
    "msvcp_win", "msvcrt", "msvfw32", "mswsock", "ncrypt", "netapi32", "netutils", "newdev", "ninput",
    "normaliz", "nsi", "ntdll", "ntdsapi", "odbc32", "ole32", "oleacc", "oleaut32", "oledlg",
    "opengl32", "pdh", "powrprof", "profapi", "propsys", "psapi", "quartz", "rasapi32", "rpcrt4",
    "rstrtmgr", "rtutils", "runtimeobject", "samlib", "secur32", "sensapi", "setupapi", "shcore",
    "shell32", "shfolder", "shlwapi", "snmpapi", "srvcli", "sspicli", "synchronization", "tapi32",
    "tdh", "traffic", "ucrtbase", "uiautomationcore", "urlmon", "user32", "userenv", "usp10", "uxtheme",
    "vcomp140", "vcruntime140", "vcruntime140_1", "version", "virtdisk", "vssapi", "webservices", "wer",
    "wevtapi", "windowscodecs", "winhttp", "wininet", "winmm", "winscard", "winspool", "wintrust",
    "wintypes", "winusb", "wkscli", "wlanapi", "wldap32", "wmvcore", "ws2_32", "wsock32", "wtsapi32",
    "xinput1_4", "xinput9_1_0", "xmllite",
  ]
}

extension SymbolVersion {
  /// The C++ library that systems with a given C library have at least, by the policies of PEP 600.
  static func standardCxx(forGlibc floor: PlatformFloor) -> SymbolVersion {
    let versions: [(glibc: Int, cxx: SymbolVersion)] = [
      (39, SymbolVersion(3, 4, 33)), (35, SymbolVersion(3, 4, 30)), (34, SymbolVersion(3, 4, 29)),
      (31, SymbolVersion(3, 4, 28)), (26, SymbolVersion(3, 4, 24)), (24, SymbolVersion(3, 4, 22)),
      (17, SymbolVersion(3, 4, 19)), (12, SymbolVersion(3, 4, 13)),
    ]
    return versions.first { floor.major > 2 || floor.minor >= $0.glibc }?.cxx ?? SymbolVersion(3, 4, 8)
  }
}
