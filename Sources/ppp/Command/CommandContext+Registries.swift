import Processes
import Publish

extension CommandContext {
  /// How long a program that keeps passwords may take; some ask the person in front of the machine.
  private static let patience = Duration.seconds(120)

  /// What `docker login` and `podman login` have written down, and the programs that they have passwords kept by.
  var registryLogins: RegistryLogins {
    .load(environment: environment) { [environment] program, input in
      guard let path = findExecutable(program, in: environment["PATH"]) else { return nil }
      let result = try await Processes.run(
        Command(
          path, ["get"], environment: environment, input: input, timeout: Self.patience, outputLimit: 1 << 20)
      )
      return CredentialHelper.Answer(succeeded: result.succeeded, output: result.output)
    }
  }
}
