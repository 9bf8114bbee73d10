import ArgumentParser

/// Prints a completion script for a shell.
struct Completions: ContextCommand {
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash
    case zsh
    case fish
  }

  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print the completion script for a shell.",
    discussion: """
      bash: ppp completions bash > ~/.local/share/bash-completion/completions/ppp
      zsh:  ppp completions zsh > ~/.zfunc/_ppp
      fish: ppp completions fish > ~/.config/fish/completions/ppp.fish
      """)

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let known: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    context.print(PPP.completionScript(for: known))
    return .done
  }
}
