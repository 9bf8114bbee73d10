/// What every Windows has, so that nobody need bring it.
package enum WindowsLibraries {
  /// Whether a DLL, by the name that a file imports it by, is a part of Windows; neither case nor `.dll` counts.
  package static func contains(_ name: String) -> Bool {
    let name = name.lowercased()
    if name.hasPrefix("api-ms-win-") || name.hasPrefix("ext-ms-") { return true }
    return names.contains(name.hasSuffix(".dll") || name.hasSuffix(".drv") ? String(name.dropLast(4)) : name)
  }

  /// DLLs of Windows 10, and the C++ runtime that its redistributable package brings.
  private static let names: Set<String> = [
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
