import ArgumentParser
import Model
import Modules
import Terminal

/// Shows how an added module and its source differ.
struct ModulesDiff: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show how an added module differs from what its source has now, file by file.",
    discussion: """
      Each file is told by who changed it since it was added: you, the source, or both. The differences lead from your \
      file to the source's. Nothing is written: what you want you move over by hand.
      """)

  @Argument(help: "The module's name.")
  var module: String

  @OptionGroup var place: AddedModuleOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let added = try place.added(in: context)
    let comparison = try await added.comparison(of: added.modules(named: [module])[0])
    switch format {
    case .json: context.print(try json(ComparisonFacts(comparison)))
    case .text: tell(comparison, in: context)
    }
    return .done
  }

  private func tell(_ comparison: ModuleComparison, in context: CommandContext) {
    let different = comparison.files.filter { !$0.isSameNow }
    guard !different.isEmpty else {
      return context.tell("'\(module)' is what its source has now, \(comparison.sourceVersion)")
    }
    for file in different {
      let path = "modules/\(module)/\(file.path)"
      let difference = UnifiedDiff(
        from: file.yours, "yours/\(path)", to: file.theirs, "source/\(path)")
      context.print("\(path): \(file.words)\n" + difference.rendered(for: destination(in: context)))
    }
  }

  private func destination(in context: CommandContext) -> UnifiedDiff.Destination {
    context.screen.isTerminal ? .terminal(colored: context.screen.isColored) : .file
  }
}

extension FileComparison {
  /// Who did what to it since it was added.
  fileprivate var words: String {
    let yours = here == .unchanged ? nil : "\(here.rawValue) by you"
    let theirs = inSource == .unchanged ? nil : "\(inSource.rawValue) in the source"
    return [yours, theirs].compactMap { $0 }.joined(separator: ", ")
  }
}
