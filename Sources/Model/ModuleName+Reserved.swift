extension ModuleName {
  /// Why a name that is well-formed can't be a module's; nil when it can.
  static func reason(against importName: String) -> String? {
    if keywords.contains(importName) { return "it is a Python keyword" }
    if standardLibrary.contains(importName) { return "Python's standard library has a module of that name" }
    if commands.contains(importName) { return "it is a command of ppp" }
    if directories.contains(importName) { return "it is the name of a directory that modules have" }
    return nil
  }

  /// Python's keywords (keyword.kwlist) in lower case: some file systems don't tell `True` from `true`.
  private static let keywords = table(
    """
    and as assert async await break class continue def del elif else except false finally for from global if \
    import in is lambda none nonlocal not or pass raise return true try while with yield
    """)

  /// What `sys.stdlib_module_names` of Python 3.11 to 3.14 have together, but for the names with an underscore in front.
  private static let standardLibrary = table(
    """
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 \
    bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop \
    collections colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg \
    crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings \
    ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc \
    genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib \
    imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma \
    mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis \
    nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle \
    pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd \
    py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter \
    runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket \
    socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep \
    struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios \
    textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty \
    turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref \
    webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
    """)

  /// The commands of ppp, those that are spoken of in its documentation as planned included.
  package static let commands = table(
    """
    add apply audit build cache catalogue completions config deploy doctor help install key lock module modules new patch \
    plan publish pull recipes run runenv test update verify
    """)

  private static let directories = table("src test tests")

  private static func table(_ words: String) -> Set<String> {
    Set(words.split(separator: " ").map(String.init))
  }
}
