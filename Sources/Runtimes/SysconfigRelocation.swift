/// Python code for the end of a `_sysconfigdata` file, which makes its variables speak of where the file is.
///
/// It leaves no name of its own behind: tools write the module's names out again.
enum SysconfigRelocation {
  static func code(installPrefix: String, isShared: Bool) -> String {
    // In a prefix that is the system's too, only words that are paths are the interpreter's, and not its tools.
    let before = isShared ? "(?<![^\\s:=])" : "(?:(?<![\\w.-])|(?<=-[IL]))"
    return """

      def _relocate(values, old, shared):
          import os
          import re
          here = os.path.dirname(os.path.abspath(__file__))
          new = os.path.dirname(os.path.dirname(here))
          arch = values.get('MULTIARCH') or '-'
          place = re.compile(r'\(before)' + re.escape(old) + r'(?![\\w.-])')
          tool = re.compile(
              r'(?<!\\S)(?:/\\S+/)?(?:' + re.escape(arch) + r'-|llvm-)?'
              r'(gcc-ar|gcc-ranlib|gcc-nm|gcc|g\\+\\+|clang\\+\\+|clang|ar|ranlib|nm)(?:-\\d+)?(?!\\S)')
          common = {'gcc': 'cc', 'clang': 'cc', 'g++': 'c++', 'clang++': 'c++', 'gcc-ar': 'ar',
                    'gcc-ranlib': 'ranlib', 'gcc-nm': 'nm'}
          tools = {'AR', 'CC', 'CXX', 'CPP', 'LDSHARED', 'LDCXXSHARED', 'BLDSHARED', 'LINKCC', 'MAINCC', 'NM', 'RANLIB'}
          system = {'CONFIG_ARGS', 'DTRACE', 'INSTALL', 'INSTALL_DATA', 'INSTALL_PROGRAM', 'INSTALL_SCRIPT',
                    'INSTALL_SHARED', 'TZPATH', 'WASM_ASSETS_DIR', 'WASM_STDLIB'}
          for key, value in values.items():
              if not isinstance(value, str):
                  continue
              if key in tools:
                  value = tool.sub(lambda match: common.get(match[1], match[1]), value)
                  value = re.sub(r'-isysroot\\s*\\S+ ?', '', value)
              if not (shared and key in system):
                  value = place.sub(lambda match: new, value)
                  value = value.replace(new + '/lib/' + arch, new + '/lib')
              values[key] = value
          if values.get('WHEEL_PKG_DIR'):
              values['WHEEL_PKG_DIR'] = os.path.join(here, 'ensurepip', '_bundled')


      _relocate(build_time_vars, '\(installPrefix)', \(isShared ? "True" : "False"))
      del _relocate

      """
  }
}
