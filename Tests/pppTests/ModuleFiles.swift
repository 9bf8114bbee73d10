/// The files of a module source, as tests write them.
struct ModuleFiles {
  var files: [String: String]

  /// The files below a directory.
  func at(_ directory: String) -> [String: String] {
    Dictionary(files.map { ("\(directory)/\($0.key)", $0.value) }) { $1 }
  }

  /// The same module in another version.
  func version(_ version: String) -> ModuleFiles {
    var copy = self
    copy.files["module.json"] = files["module.json"]?.replacing(
      #""version": "1.0.0""#, with: #""version": "\#(version)""#)
    return copy
  }

  /// The same module with another text in one of its files.
  func replacing(_ name: String, with text: String) -> ModuleFiles {
    var copy = self
    copy.files[name] = text
    return copy
  }

  /// A module without needs: an option with a default, a file for one value of it, a template.
  static let sales = ModuleFiles(files: [
    "module.json": #"""
    {
      "name": "sales", "version": "1.0.0", "summary": "Sum sales, product by product",
      "python": ">=3.11",
      "inputs": [{"name": "sales.csv", "summary": "one row a sale: product, units"}],
      "outputs": [{"name": "totals.csv", "summary": "one row a product"}],
      "options": [
        {"name": "unit", "type": "choice", "choices": ["piece", "box"], "default": "piece", "help": "what is counted"}
      ],
      "entryPoint": "sales.cli:main",
      "dependencies": ["six>=1.16", {"requirement": "tomli", "when": {"unit": "box"}}],
      "devDependencies": ["pytest>=8"],
      "files": [
        {"from": "src"}, {"from": "tests"},
        {"from": "box.py", "to": "src/{{ package }}/box.py", "when": {"unit": "box"}},
        {"from": "README.md", "template": true},
        {"from": "Dockerfile", "to": "Dockerfile.{{ name }}", "template": true}
      ],
      "notes": "Try it: uv run {{ name }} sales.csv"
    }
    """#,
    "src/sales/__init__.py": "",
    "src/sales/__main__.py": "from sales.cli import main\n\nmain()\n",
    "src/sales/cli.py": "def main():\n    print(\"sold\")\n",
    "tests/test_sales.py": "def test_sales():\n    import sales\n",
    "box.py": "SIZE = 12\n",
    "README.md": "# {{ name }}\n\nCounts by the {{ unit }}.\n",
    "Dockerfile": "FROM python:{{ python }}-slim\n",
  ])

  /// A module that needs `sales`, and has an option that must be given.
  static let report = ModuleFiles(files: [
    "module.json": #"""
    {
      "name": "report", "version": "1.0.0", "summary": "Report what was sold",
      "inputs": [{"name": "totals.csv", "summary": "what sales gives"}],
      "options": [{"name": "title", "type": "text", "help": "what stands above"}],
      "needs": ["sales>=1"],
      "files": [{"from": "src"}, {"from": "title.txt", "to": "src/report/title.txt", "template": true}]
    }
    """#,
    "src/report/__init__.py": "",
    "title.txt": "{{ title }}\n",
  ])
}
