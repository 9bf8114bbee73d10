/// The places where the wheel of a source may be, by what it turned out to depend on.
struct BuiltWheelShelves: Sendable {
  /// Without native code, the same for all platforms; whether it has any is known when it is built.
  let pure: BuiltWheelShelf
  /// Compiled by the first choice of compilers for the platform.
  let own: BuiltWheelShelf
  /// Compiled by zig after this machine's compiler.
  let again: BuiltWheelShelf

  func wheel() async throws -> BuiltWheel? {
    for shelf in [own, again, pure] {
      if let wheel = try await shelf.wheel() { return wheel }
    }
    return nil
  }

  /// Keeps a wheel that these compilers had a part in.
  func add(_ wheel: BuiltWheel, compilers: [String], source: String) throws {
    let place = compilers.isEmpty ? pure : compilers.count == 1 ? own : again
    try place.add(wheel, source: source)
  }
}
