import Model
import Processes
import SystemPackage
import TestSupport

extension Scene {
  /// Debian's registry, which keeps what it gets in the scene's directory and lets manifests be removed.
  func dockerRegistry() throws -> (_ port: Int) -> Command {
    let place = directory.appending("registry")
    try makeDirectory(place)
    let configuration = place.appending("registry.yml")
    return { port in
      let text = """
        version: 0.1
        log: {level: error}
        storage: {filesystem: {rootdirectory: '\(place)/data'}, delete: {enabled: true}}
        http: {addr: '127.0.0.1:\(port)'}
        """
      // What can't be written shows as a server that does not start.
      try? writeAtomically(text.utf8, to: configuration)
      return Peers.command("docker-registry", ["serve", configuration.string], in: place)
    }
  }
}
