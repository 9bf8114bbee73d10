import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

func makeSymbolicLink(at path: FilePath, to target: String) throws {
  guard symlink(target, path.string) == 0 else {
    throw FileError(verb: "link", path: path, cause: Errno(rawValue: errno))
  }
}
