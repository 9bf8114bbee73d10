/// Root projects, and what they are with the module `shop` in them, whose tests need `pytest>=8`.
enum ProjectTable {
  struct Entry: Sendable {
    let name: String
    let before: String
    let after: String
    /// uv 0.13 does not edit a workspace that is an inline table.
    var isForUV = true
  }

  private static let tables = """

    [tool.uv.workspace]
    members = ["modules/shop"]

    [tool.uv.sources]
    shop = { workspace = true }

    """

  /// What `uv add` makes the same of.
  static let entries = [
    Entry(
      name: "nothing there yet",
      before: "[project]\nname = \"a\"\nversion = \"1\"\n",
      after: """
        [project]
        name = "a"
        version = "1"
        dependencies = ["shop"]

        [dependency-groups]
        dev = ["pytest>=8"]

        """ + tables),
    Entry(
      name: "comments, order and trailing commas",
      before: """
        # top
        [tool.other]  # mine
        x = 1

        [project]
        name = "a"  # name
        version = "1"
        dependencies = [
            "numpy>=2",  # math
            "pandas",
            # "polars",
        ]
        # end of project

        [dependency-groups]
        dev = [ "ruff" ]
        # the end

        """,
      after: """
        # top
        [tool.other]  # mine
        x = 1

        [project]
        name = "a"  # name
        version = "1"
        dependencies = [
            "numpy>=2",  # math
            "pandas",
            "shop",
            # "polars",
        ]
        # end of project

        [dependency-groups]
        dev = ["pytest>=8", "ruff"]
        # the end

        """.replacing("[\"pytest>=8\", \"ruff\"]", with: "[ \"pytest>=8\", \"ruff\" ]") + tables),
    Entry(
      name: "no trailing comma, and a list that is not sorted",
      before: """
        [project]
        name = "a"
        version = "1"
        dependencies = [
          "zlib-ng",
          "attrs"  # last
        ]
        [dependency-groups]
        dev = ["pytest"]
        [tool.uv.workspace]
        members = ["modules/*"]
        [tool.uv.sources]
        shop = { workspace = true }
        """,
      after: """
        [project]
        name = "a"
        version = "1"
        dependencies = [
          "zlib-ng",
          "attrs",  # last
          "shop"
        ]
        [dependency-groups]
        dev = ["pytest"]
        [tool.uv.workspace]
        members = ["modules/*"]
        [tool.uv.sources]
        shop = { workspace = true }
        """),
    Entry(
      name: "single quotes, one line, and a place in the middle",
      before: """
        [project]
        name = 'a'
        version = '1'
        dependencies = ['attrs', 'tqdm',]

        [tool.uv.workspace]
        members = [
            'libs/a',
        ]

        [tool.uv.sources]
        attrs = { git = "https://example.com/attrs" }

        [tool.ruff]
        line-length = 100

        [dependency-groups]
        test = ["pytest>=7"]
        dev = [{ include-group = "test" }]

        """,
      after: """
        [project]
        name = 'a'
        version = '1'
        dependencies = ['attrs', 'shop', 'tqdm',]

        [tool.uv.workspace]
        members = [
            'libs/a',
            'modules/shop',
        ]

        [tool.uv.sources]
        attrs = { git = "https://example.com/attrs" }
        shop = { workspace = true }

        [tool.ruff]
        line-length = 100

        [dependency-groups]
        test = ["pytest>=7"]
        dev = [{ include-group = "test" }]

        """),
    Entry(
      name: "an empty list over several lines, an empty one, and a hanging end",
      before: """
        [project]
        name = "a"
        version = "1"
        dependencies = [
          # none yet
        ]

        [dependency-groups]
        dev = []

        [tool.uv.workspace]
        members = ["x",
                   "y"]
        """,
      after: """
        [project]
        name = "a"
        version = "1"
        dependencies = [
          # none yet
            "shop",
        ]

        [dependency-groups]
        dev = ["pytest>=8"]

        [tool.uv.workspace]
        members = ["x",
                   "y", "modules/shop"]

        [tool.uv.sources]
        shop = { workspace = true }

        """.replacing("\"y\", \"modules/shop\"", with: "\"y\",\n           \"modules/shop\"")),
    Entry(
      name: "dotted keys and inline tables",
      before: """
        project.name = "a"
        project.version = "1"
        project.dependencies = []

        [tool]
        uv = { workspace = { members = [] } }

        [dependency-groups]
        "dev" = ["pytest"]

        """,
      after: """
        project.name = "a"
        project.version = "1"
        project.dependencies = ["shop"]

        [tool]
        uv = { workspace = { members = ["modules/shop"] }, sources.shop = { workspace = true } }

        [dependency-groups]
        "dev" = ["pytest"]

        """, isForUV: false),
    Entry(
      name: "arrays of tables between, and a table of uv's that is written with dots",
      before: """
        [project]
        name = "a"
        version = "1"
        dependencies = []
        dynamic = []

        [[tool.uv.index]]
        name = "x"
        url = "https://example.com/simple"

        [tool.uv]
        sources.attrs = { index = "x" }
        dev-dependencies = ["pytest"]
        """,
      after: """
        [project]
        name = "a"
        version = "1"
        dependencies = ["shop"]
        dynamic = []

        [[tool.uv.index]]
        name = "x"
        url = "https://example.com/simple"

        [tool.uv]
        sources.attrs = { index = "x" }
        sources.shop = { workspace = true }
        dev-dependencies = ["pytest"]

        [tool.uv.workspace]
        members = ["modules/shop"]

        """),
  ]
}
