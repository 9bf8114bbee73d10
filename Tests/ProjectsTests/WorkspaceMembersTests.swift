import Testing

@testable import Projects

@Suite struct WorkspaceMembersTests {
  @Test(
    "a directory is a member as uv has it",
    arguments: [
      (["modules/*"], [], true), (["./modules/etl/"], [], true), (["modules/{etl,web}"], [], true),
      (["**"], [], true), (["modules/**"], [], true), (["*/etl"], [], true),
      (["modules/*"], ["modules/e*"], false),
      (["modules"], [], false), (["*"], [], false), (["modules/*/*"], [], false), ([], [], false),
      (["modules/["], [], false), (["modules/*"], ["modules"], true),
    ] as [([String], [String], Bool)])
  func membership(members: [String], exclude: [String], isMember: Bool) {
    #expect(WorkspaceMembers(members: members, exclude: exclude).contains("modules/etl") == isMember)
  }
}
