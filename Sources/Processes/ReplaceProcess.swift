package import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The numbers of the files that a program started now would be given.
///
/// - Throws: `FileError` where there is no `/proc`.
package func inheritableFiles() throws(FileError) -> Set<Int32> {
  // What the directory is read with is among the names, and closed by now.
  Set(
    try listDirectory("/proc/self/fd").compactMap { Int32($0) }.filter { number in
      let flags = fcntl(number, F_GETFD)
      return flags >= 0 && flags & FD_CLOEXEC == 0
    })
}

/// Makes this process the program: its number, terminal, standard files and group stay, nothing of this program does.
///
/// Of the files that are open the program gets the standard ones and those in `inherited`; libraries leave theirs open. Signals that this program ignores or blocks are as usual again in the new
/// one. The command's input, time and output limits mean nothing here.
/// - Returns: only by throwing.
/// - Throws: `ProcessError.cannotStart`, `FileError`.
package func replaceProcess(with command: Command, inheriting inherited: Set<Int32>) throws -> Never {
  if let directory = command.workingDirectory, chdir(directory.string) != 0 {
    throw ProcessError.cannotStart(
      command.executable,
      reason: "its working directory '\(directory)' cannot be entered: \(Errno(rawValue: errno))")
  }
  for number in try inheritableFiles().subtracting(inherited) where number > STDERR_FILENO {
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  }
  for number in [SIGINT, SIGTERM, SIGPIPE] { signal(number, SIG_DFL) }
  // This may be a thread of Dispatch's, which block what the main thread is to get.
  var none = sigset_t()
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, nil)
  let words = ([command.executable.string] + command.arguments).map { strdup($0) } + [nil]
  let variables = command.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  execve(command.executable.string, words, variables)
  let reason = Errno(rawValue: errno)
  for text in words + variables { free(text) }
  throw ProcessError.cannotStart(command.executable, reason: "\(reason)")
}
