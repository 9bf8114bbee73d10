import Levels
import Model
import SystemPackage
import Toolchains
import Tools

extension CellBuild {
  /// What makes native code for the cell's platform; nil where none is asked for, and where `mixed` has to do without.
  ///
  /// - Throws: `LevelError` where the platform's Python or compiler is not to be had and a package's level is `native`.
  func nativeTools(
    for forms: [CodeForm], _ interpreter: CompilingInterpreter, in scratch: FilePath
  ) async throws -> NativeTools? {
    guard forms.contains(where: \.isCompiled) else { return nil }
    do {
      return try await tools(interpreter, in: scratch)
    } catch let error as LevelError where !forms.contains(where: { $0.level == .native }) {
      let message = "\(cell): 'mixed' is byte code here: \(error.description)"
      bench.events(.diagnosed(Diagnostic(.warning, message, hint: error.hint)))
      return nil
    }
  }

  private func tools(_ interpreter: CompilingInterpreter, in scratch: FilePath) async throws -> NativeTools {
    if cell.platform == Platform.host, let own = try await bench.compilers.own() {
      return try await NativeTools(
        interpreter: interpreter, toolchain: own, cython: try await bench.toolbox.cython())
    }
    let target = try await target(interpreter, in: scratch)
    return NativeTools(
      interpreter: interpreter, toolchain: try await zig(), target: target,
      cython: try await bench.toolbox.cython())
  }

  private func zig() async throws -> Toolchain {
    do {
      return try await bench.zig(for: cell.platform, floor: lock.floor)
    } catch let error as ToolError {
      guard case .noWheel = error else { throw error }
      throw cell.platform == Platform.host
        ? LevelError.noCompiler
        : LevelError.foreign(cell.platform, reason: "there is no zig for this kind of machine")
    }
  }

  /// The Python of the other platform, with its headers.
  private func target(_ interpreter: CompilingInterpreter, in scratch: FilePath) async throws -> CrossPython {
    let source = CrossSource(bench: bench, recipe: recipe, lock: lock)
    do {
      return try await source.python(interpreter: interpreter.program, in: scratch)
    } catch let lack as CrossSource.Lack {
      throw LevelError.foreign(cell.platform, reason: lack.reason)
    }
  }
}
