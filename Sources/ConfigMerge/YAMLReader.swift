import Model

/// Makes nodes of libyaml's events.
///
/// Accepted is what JSON can say, too: one document of mappings with text keys, sequences, and scalars of
/// YAML's core schema. Aliases are expanded, up to a number of nodes that no honest file reaches. Duplicate keys
/// are collected, the first error of syntax ends the reading.
struct YAMLReader {
  /// How many nodes a file may have once its aliases are expanded.
  static let maximumNodes = 50_000

  private struct Anchor {
    let node: Node
    /// How many nodes it is.
    let size: Int
  }

  private let parser: YAMLParser
  private var problems: [Diagnostic] = []
  private var anchors: [String: Anchor] = [:]
  private var nodeCount = 0

  private init(_ source: SourceText) throws(SyntaxProblem) { parser = try YAMLParser(source) }

  /// The file's one document; an empty file is an empty mapping.
  static func document(
    _ source: SourceText, problems: inout [Diagnostic]
  ) throws(SyntaxProblem) -> Node {
    var reader = try YAMLReader(source)
    defer { problems += reader.problems }
    return try reader.document()
  }

  private mutating func document() throws(SyntaxProblem) -> Node {
    _ = try parser.next()
    let start = try parser.next()
    guard start.kind == .documentStart else { return Node(.mapping([]), at: start.position) }
    let root = try node(try parser.next(), depth: 0)
    _ = try parser.next()
    let end = try parser.next()
    guard end.kind == .streamEnd else {
      throw SyntaxProblem(
        "a second document in the file", at: end.position, hint: "remove it and the '---' before it")
    }
    return root.isNull ? Node(.mapping([]), at: root.position) : root
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(SyntaxProblem) -> Node {
    if event.kind == .alias { return try expanded(event, depth: depth) }
    guard depth <= Node.maximumDepth else {
      throw SyntaxProblem(
        "values nest more than \(Node.maximumDepth) deep", at: event.position,
        hint: "no setting nests that deep")
    }
    let countBefore = nodeCount
    try count(1, at: event.position)
    let node: Node
    switch event.kind {
    case .sequenceStart: node = Node(.sequence(try sequence(event, depth: depth)), at: event.position)
    case .mappingStart: node = Node(.mapping(try mapping(event, depth: depth)), at: event.position)
    default: node = Node(try scalar(event), at: event.position)
    }
    if let anchor = event.anchor { anchors[anchor] = Anchor(node: node, size: nodeCount - countBefore) }
    return node
  }

  private mutating func expanded(_ event: YAMLEvent, depth: Int) throws(SyntaxProblem) -> Node {
    let name = event.anchor ?? ""
    guard let anchor = anchors[name] else {
      throw SyntaxProblem(
        "the alias '*\(name)' has no anchor before it", at: event.position,
        hint: nearest(to: name, in: anchors.keys.sorted()).map { "did you mean '*\($0)'?" }
          ?? "name a value with '&\(name)' first, or put the text in quotes")
    }
    try count(anchor.size, at: event.position)
    guard depth + anchor.node.depth <= Node.maximumDepth else {
      throw SyntaxProblem("values nest more than \(Node.maximumDepth) deep", at: event.position)
    }
    return anchor.node
  }

  private mutating func count(_ nodes: Int, at position: SourcePosition) throws(SyntaxProblem) {
    nodeCount += nodes
    guard nodeCount <= Self.maximumNodes else {
      throw SyntaxProblem(
        "the file has more than \(Self.maximumNodes) values once its aliases are expanded", at: position,
        hint: "use fewer aliases of aliases")
    }
  }

  private mutating func sequence(_ start: YAMLEvent, depth: Int) throws(SyntaxProblem) -> [Node] {
    try refuse(start.tag, unless: ["!", "tag:yaml.org,2002:seq"], at: start.position)
    var nodes: [Node] = []
    while true {
      let event = try parser.next()
      if event.kind == .sequenceEnd { return nodes }
      nodes.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func mapping(_ start: YAMLEvent, depth: Int) throws(SyntaxProblem) -> [Node.Entry] {
    try refuse(start.tag, unless: ["!", "tag:yaml.org,2002:map"], at: start.position)
    var keys = UniqueKeys()
    while true {
      let event = try parser.next()
      if event.kind == .mappingEnd { return keys.entries }
      let key = try self.key(event)
      let value = try node(try parser.next(), depth: depth + 1)
      keys.add(Node.Entry(key: key, keyPosition: event.position, value: value), problems: &problems)
    }
  }

  private mutating func key(_ event: YAMLEvent) throws(SyntaxProblem) -> String {
    guard event.kind == .scalar else {
      let isAlias = event.kind == .alias
      throw SyntaxProblem(
        isAlias ? "an alias as a key" : "a key that is not text", at: event.position,
        hint: isAlias ? "put it in quotes: '*\(event.anchor ?? "")'" : "keys are plain words or quoted texts")
    }
    if event.isPlain, event.text == "<<" {
      throw SyntaxProblem(
        "merge keys are not supported", at: event.position,
        hint: "repeat the keys, or give the whole value an alias")
    }
    _ = try scalar(event)
    return event.text
  }

  private func scalar(_ event: YAMLEvent) throws(SyntaxProblem) -> Node.Content {
    let prefix = "tag:yaml.org,2002:"
    try refuse(
      event.tag, unless: ["!", "str", "null", "bool", "int", "float"].map { $0 == "!" ? $0 : prefix + $0 },
      at: event.position)
    guard let tag = event.tag else { return event.isPlain ? .init(plain: event.text) : .string(event.text) }
    if tag == "!" || tag == prefix + "str" { return .string(event.text) }
    let content = Node.Content(plain: event.text)
    guard content.coreTags.contains(String(tag.dropFirst(prefix.count))) else {
      throw SyntaxProblem("'\(event.text)' is not of the type that its tag says", at: event.position)
    }
    return content
  }

  private func refuse(
    _ tag: String?, unless known: [String], at position: SourcePosition
  ) throws(SyntaxProblem) {
    guard let tag, !known.contains(tag) else { return }
    throw SyntaxProblem("the tag '\(tag)' is not supported here", at: position, hint: "remove it")
  }
}
