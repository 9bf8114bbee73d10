package import ConfigMerge
import Model

/// Finds the recipes that a workspace's packages may be built by.
package struct RecipeSurvey: Sendable {
  private let workspace: Workspace

  package init(of workspace: Workspace) { self.workspace = workspace }

  /// The workspace with its recipes; itself when there are none.
  ///
  /// - Throws: what reading their files throws.
  package func served() async throws -> Workspace {
    let declared = workspace.declaredRecipes
    guard !declared.own.isEmpty else { return workspace }
    let own = try await blocking { _ in
      try declared.own.map { try $0.served(as: "recipes/\($0.package)") }
    }
    return workspace.serving(own)
  }
}
