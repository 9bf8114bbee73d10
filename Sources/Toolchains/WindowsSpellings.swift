import Model
import SystemPackage

/// Headers of Windows under the names that Microsoft's SDK and its documentation give them.
///
/// zig has them in small letters, as MinGW does. On Windows case does not count, so packages write them either way.
enum WindowsSpellings {
  static let names = [
    "AccCtrl.h", "AclAPI.h", "Aclapi.h", "BaseTsd.h", "CommCtrl.h", "CommDlg.h", "DbgHelp.h", "Dbghelp.h",
    "Dbt.h",
    "Guiddef.h", "IPHlpApi.h", "Iphlpapi.h", "Lmcons.h", "MSWSock.h", "Mmsystem.h", "Mswsock.h", "NTSecAPI.h",
    "Ntsecapi.h", "ObjBase.h", "Objbase.h", "OleAuto.h", "Pdh.h", "PowrProf.h", "ProcessThreadsApi.h",
    "Psapi.h",
    "RestartManager.h", "Rpc.h", "SDKDDKVer.h", "SHLWAPI.h", "Sddl.h", "SetupAPI.h", "ShellAPI.h",
    "Shellapi.h",
    "ShlObj.h", "Shlobj.h", "Shlwapi.h", "StrSafe.h", "Strsafe.h", "TChar.h", "Tchar.h", "TlHelp32.h",
    "Tlhelp32.h",
    "Unknwn.h", "UserEnv.h", "Userenv.h", "VersionHelpers.h", "WS2tcpip.h", "WinBase.h", "WinCrypt.h",
    "WinDef.h",
    "WinError.h", "WinIoCtl.h", "WinInet.h", "WinNT.h", "WinNls.h", "WinReg.h", "WinSock.h", "WinSock2.h",
    "WinSvc.h", "WinUser.h", "Winbase.h", "Wincrypt.h", "Windows.h", "WindowsX.h", "Winerror.h", "Wininet.h",
    "Winnt.h", "Winsock2.h", "Winternl.h", "Ws2tcpip.h", "Wtsapi32.h", "Xinput.h",
  ]

  /// Writes headers under these names, which include the real ones, into a directory.
  static func write(to directory: FilePath) throws {
    try makeDirectory(directory)
    for name in names where FileStatus(of: directory.appending(name)) == nil {
      try writeAtomically(Array("#include <\(name.lowercased())>\n".utf8), to: directory.appending(name))
    }
  }
}
