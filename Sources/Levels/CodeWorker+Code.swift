extension CodeWorker {
  /// What runs in the interpreter.
  ///
  /// A file of byte code is that of PEP 552 with a hash that is not checked: it holds whatever the time stamps are.
  static let code = """
    import marshal, os, resource, signal, struct, sys
    from importlib.util import MAGIC_NUMBER, source_hash

    makes_code, minifier, no_docstrings, no_annotations, seconds = sys.argv[1:]
    if minifier:
        sys.path.insert(0, minifier)
        import python_minifier

    def words(error):
        if isinstance(error, SyntaxError):
            return error.msg + (", line %d" % error.lineno if error.lineno else "")
        return "%s: %s" % (type(error).__name__, error)

    def compiled(source, name):
        code = compile(source, name, "exec", dont_inherit=True, optimize=0)
        return MAGIC_NUMBER + struct.pack("<I", 1) + source_hash(source) + marshal.dumps(code)

    def minified(source, name):
        annotations = python_minifier.RemoveAnnotationsOptions(
            remove_variable_annotations=bool(no_annotations), remove_return_annotations=bool(no_annotations),
            remove_argument_annotations=bool(no_annotations), remove_class_attribute_annotations=False)
        return python_minifier.minify(
            source, name, remove_annotations=annotations, remove_literal_statements=bool(no_docstrings),
            convert_posargs_to_args=False).encode()

    def product(source, name):
        small = code = problem = None
        if minifier:
            try:
                small = minified(source, name)
            except (SyntaxError, ValueError):
                compile(source, name, "exec", dont_inherit=True)
                raise
        if makes_code:
            code = compiled(source if small is None else small, name)
        return small, code, problem

    def attempt(source, name):
        try:
            return product(source, name)
        except OSError:
            raise
        except Exception as error:
            problem = words(error)
        if minifier and makes_code:
            try:
                return None, compiled(source, name), "it can't be minified: " + problem
            except OSError:
                raise
            except Exception:
                pass
        return None, None, problem

    def write(small, code, problem):
        parts = [small, code, problem and problem[:400].encode("utf-8", "replace")]
        flags = sum(1 << place for place, part in enumerate(parts) if part is not None)
        data = bytes([flags]) + b"".join(struct.pack("<I", len(p)) + p for p in parts if p is not None)
        while data:
            data = data[os.write(1, data):]

    def fork(source, name):
        child = os.fork()
        if child:
            return os.waitpid(child, 0)[1]
        try:
            signal.alarm(int(seconds))
            try:
                resource.setrlimit(resource.RLIMIT_AS, (4 << 30, resource.RLIM_INFINITY))
            except (OSError, ValueError):
                pass
            made = attempt(source, name)
            signal.alarm(0)
            write(*made)
            os._exit(0)
        except BaseException as error:
            os.write(2, (words(error) + chr(10)).encode("utf-8", "replace"))
            os._exit(1)

    def frame(position):
        size = struct.unpack_from("<I", data, position)[0]
        return data[position + 4 : position + 4 + size], position + 4 + size

    data = sys.stdin.buffer.read()
    position = 0
    while position < len(data):
        name, position = frame(position)
        source, position = frame(position)
        status = fork(source, name.decode())
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            late = "it takes longer than %s seconds" % seconds
            write(None, None, late if number == signal.SIGALRM else "it ends the compiler with signal %d" % number)
        elif status:
            sys.exit(1)
    """
}
