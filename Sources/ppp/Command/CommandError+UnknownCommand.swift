import ArgumentParser
import Model

extension CommandError {
  /// What is wrong with a command line whose command's name is not known; nil when that is not what is wrong.
  init?(unknownCommandIn arguments: [String]) {
    var group = "ppp"
    var commands = PPP.configuration.subcommands
    for word in arguments {
      guard !commands.isEmpty, word != "help", !word.hasPrefix("-") else { return nil }
      guard let command = commands.first(where: { $0.configuration.commandName == word }) else {
        let names = commands.compactMap { $0.configuration.commandName }
        self = .unknownCommand(word, group: group, nearest: nearest(to: word, in: names))
        return
      }
      group += " \(word)"
      commands = command.configuration.subcommands
    }
    return nil
  }
}
