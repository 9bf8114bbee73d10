import Artifacts
import ConfigMerge
import Model
import PackageIndex
import Wheels

/// What the indexes have of some packages, each asked for once however many cells want to know.
struct IndexSurvey: Sendable {
  /// A package in a list of indexes.
  struct Question: Hashable, Sendable {
    let indexes: [String]
    let name: PackageName

    init(_ name: PackageName, in recipe: Recipe) {
      indexes = recipe.registries.inOrder
      self.name = name
    }
  }

  private static let width = 8
  private let answers: [Question: Result<[IndexFile], any Error>]

  /// An index that can't be asked keeps no other from being asked; only cancellation is thrown.
  init(_ questions: Set<Question>, fetcher: Fetcher) async throws {
    let ordered = questions.sorted { ($0.name, $0.indexes.joined()) < ($1.name, $1.indexes.joined()) }
    let answers = try await ordered.concurrentMap(width: Self.width) { question in
      (question, try await Self.answer(to: question, fetcher))
    }
    self.answers = Dictionary(uniqueKeysWithValues: answers)
  }

  private static func answer(
    to question: Question, _ fetcher: Fetcher
  ) async throws -> Result<[IndexFile], any Error> {
    do {
      return .success(try await files(of: question, fetcher))
    } catch {
      try Task.checkCancellation()
      return .failure(error)
    }
  }

  private static func files(of question: Question, _ fetcher: Fetcher) async throws -> [IndexFile] {
    for url in question.indexes {
      let files = try await PackageIndex(url: url, fetcher: fetcher).files(of: question.name)
      if !files.isEmpty { return files }
    }
    return []
  }

  /// What a cell could have of a package, which has to be among those asked for.
  ///
  /// - Throws: what the index threw that could not be asked.
  func facts(on name: PackageName, specifiers: String, for recipe: Recipe) throws -> PackageFacts {
    guard let answer = answers[Question(name, in: recipe)] else {
      preconditionFailure("'\(name)' was not asked for")
    }
    let files = try answer.get()
    let facts = IndexFacts(
      indexes: [], python: recipe.python,
      tags: SupportedTags(
        python: recipe.python, platform: recipe.cell.platform, floor: recipe.floor?.value),
      excludeNewer: nil)
    return facts.facts(on: name, specifiers: specifiers, among: files)
  }
}
