import ArgumentParser
import Builder
import Model

/// Which cells a command is about; the same for plan, lock, build and verify.
struct SelectionOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Cells, as patterns: 'python-3.13*@linux-*', '*-{science,web}', '!*@windows-x64'.",
      discussion: "All cells by default. A pattern without @ is about a runenv on all its platforms.",
      valueName: "cells"))
  var cells: [String] = []

  @Option(help: "Only this platform; may be repeated.")
  var platform: [Platform] = []

  @Option(help: "Only runenvs of this name or pattern; may be repeated.")
  var runenv: [String] = []

  @Option(help: "Only cells of this module; may be repeated.")
  var module: [String] = []

  @Option(help: "All but these cells; may be repeated.")
  var exclude: [String] = []

  @Flag(help: "Only cells that have work to do.")
  var onlyChanged = false

  func selection() throws(ParseError) -> Selection {
    try Selection(
      patterns: cells, exclude: exclude, platforms: platform.map(\.description), runenvs: runenv,
      modules: module, onlyChanged: onlyChanged)
  }
}
