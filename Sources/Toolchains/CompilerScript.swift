import Model
import SystemPackage

/// A program of zig as a script with one name, which is what build tools want: `cc`, `ar`.
struct CompilerScript {
  let name: String
  let target: ZigTarget
  let program: FilePath
  /// A directory of headers, which is looked into last.
  var headers: FilePath?

  var text: String {
    let zig = Self.quoted(program)
    if name == "install_name_tool" {
      return "#!/bin/sh\necho \"ppp: error: 'install_name_tool' needs a Mac\" >&2\nexit 1\n"
    }
    guard name == "cc" || name == "c++" else { return "#!/bin/sh\nexec \(zig) \(name) \"$@\"\n" }
    // Without optimisation zig would have undefined behaviour end the program, which no extension expects.
    let lines =
      ["#!/bin/sh"] + refusal + small + Self.linking + ["for word; do", "  shift"] + shortcut
      + [
        "  case \"$does$word\" in",
        "    \(Self.processors.map { "link\($0)" }.joined(separator: "|"))) continue ;;",
        "  esac", "  case \"$word\" in", "    \(Self.refused.joined(separator: "|"))) ;;",
      ] + cases.map { "    \($0)" }
      + [
        "    *) set -- \"$@\" \"$word\" ;;", "  esac", "done",
        "exec \(zig) \(name) -target \(target.triple) -fno-sanitize=undefined \(lastly)\"$@\"",
      ]
    return lines.map { $0 + "\n" }.joined()
  }

  /// Options that name a processor.
  ///
  /// Where nothing is compiled they would only have zig make its own libraries for it, which takes minutes.
  private static let processors = [
    "-msse*", "-mssse3", "-mavx*", "-mfma*", "-mbmi*", "-mpopcnt", "-march=*", "-mtune=*",
  ]

  /// Tells whether there is a source among the words, or only what is to be linked.
  private static let linking = [
    "does=link", "for word; do",
    "  case \"$word\" in -c|-E|-S|-M|-MM|*.[cCsS]|*.cc|*.cpp|*.cxx|*.c++|*.m|*.mm) does=compile ;; esac",
    "done",
  ]

  private var lastly: String { headers.map { "-idirafter \(Self.quoted($0)) " } ?? "" }

  private static func quoted(_ path: FilePath) -> String {
    "'\(path.string.replacing("'", with: "'\\''"))'"
  }

  /// Options of other linkers that zig refuses, and that change nothing which a package could tell.
  private static let refused = [
    "-Wl,-Bsymbolic-functions", "-Wl,-Bsymbolic", "-Wl,--no-as-needed", "-Wl,--enable-new-dtags",
    "-static-libgcc", "-static-libstdc++", "-Wl,--exclude-libs,ALL", "-Wl,-O1", "-Wl,-O2",
  ]

  private var cases: [String] {
    switch target.platform.operatingSystem {
    case .linux: []
    // A bundle is a library that nobody links with; Python loads either. zig makes libraries.
    case .macosx:
      ["-bundle) set -- \"$@\" -shared ;;", "-framework) refuse \"-framework $1\" \"Apple's SDK\" ;;"]
    case .windows: Self.microsoft
    }
  }

  private var refusal: [String] {
    guard target.platform.operatingSystem != .linux else { return [] }
    return ["refuse() {", "  echo \"ppp: error: '$1' needs $2\" >&2", "  exit 1", "}"]
  }

  /// The name of a library that zig has in small letters only, with what is before it.
  private var small: [String] {
    guard target.platform.operatingSystem == .windows else { return [] }
    let libraries = program.removingLastComponent().pushing("lib/libc/mingw")
    return [
      "small() {", "  name=$(printf %s \"${1#-l}\" | tr A-Z a-z)",
      "  for file in \(Self.quoted(libraries))/lib*/\"$name\".def*; do",
      "    if [ -e \"$file\" ]; then echo \"-l$name\"; return; fi", "  done", "  printf %s \"$1\"", "}",
    ]
  }

  /// A path may look like an option of Microsoft's.
  private var shortcut: [String] {
    guard target.platform.operatingSystem == .windows else { return [] }
    return ["  if [ -e \"$word\" ]; then", "    set -- \"$@\" \"$word\"", "    continue", "  fi"]
  }

  /// What options of Microsoft's compiler are to this one.
  private static let microsoft = [
    "/O[12x]|/Ox*) set -- \"$@\" -O2 ;;",
    "/Od) set -- \"$@\" -O0 ;;",
    "/std:c++latest) set -- \"$@\" -std=c++23 ;;",
    "/std:*) set -- \"$@\" \"-std=${word#/std:}\" ;;",
    "/fp:fast) set -- \"$@\" -ffast-math ;;",
    "/arch:AVX2) set -- \"$@\" -mavx2 -mfma ;;",
    "/arch:AVX) set -- \"$@\" -mavx ;;",
    "/D?*) set -- \"$@\" \"-D${word#/D}\" ;;",
    "/U?*) set -- \"$@\" \"-U${word#/U}\" ;;",
    "/I?*) set -- \"$@\" \"-I${word#/I}\" ;;",
    [
      "/EH*", "/bigobj", "/nologo", "/W[0-4X]", "/Wall", "/w[de][0-9]*", "/M[DT]*", "/G[LSsyw]*", "/Zc:*",
      "/Z[i7]",
      "/F[Sd]*", "/permissive-", "/utf-8", "/O[bity]*", "/fp:precise", "/sdl", "/sdl-", "/LTCG*", "/DEBUG*",
      "/INCREMENTAL*", "/OPT:*",
    ].joined(separator: "|") + ") ;;",
    // Libraries of Windows are called in small letters here.
    #"-l*[A-Z]*) set -- "$@" "$(small "$word")" ;;"#, "/*/*) set -- \"$@\" \"$word\" ;;",
    "/[A-Za-z]*) refuse \"$word\" \"Microsoft's compiler\" ;;",
  ]
}
