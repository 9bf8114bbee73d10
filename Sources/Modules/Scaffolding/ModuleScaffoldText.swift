/// The files of a new module source.
struct ModuleScaffoldText {
  let name: String
  let package: String

  var manifest: String {
    """
    {
      "name": "\(name)",
      "version": "0.1.0",
      "summary": "Count the lines of a text that have something in them",
      "python": ">=3.11",
      "inputs": [
        {"name": "TEXT", "summary": "a text file, UTF-8"}
      ],
      "outputs": [
        {"name": "standard output", "summary": "the number of lines that aren't blank"}
      ],
      "options": [],
      "entryPoint": "\(package).cli:main",
      "dependencies": [],
      "devDependencies": ["pytest>=8,<10"],
      "files": [
        {"from": "src", "to": "src"},
        {"from": "tests", "to": "tests"},
        {"from": "README.md", "to": "README.md", "template": true},
        {"from": "Dockerfile", "to": "Dockerfile.{{ name }}", "template": true}
      ],
      "notes": "Try it: uv run {{ name }} modules/{{ name }}/README.md"
    }

    """
  }

  var initialiser: String {
    """
    from \(package).main import count_lines

    __all__ = ["count_lines"]

    """
  }

  var runner: String {
    """
    from \(package).cli import main

    main()

    """
  }

  var main: String {
    #"""
    """What this module does, to be called from Python."""

    from collections.abc import Iterable


    def count_lines(lines: Iterable[str]) -> int:
        """Count the lines that have something in them."""
        return sum(1 for line in lines if line.strip())

    """#
  }

  var commandLine: String {
    #"""
    """The command line: a file in, a number out."""

    import argparse
    import sys
    from collections.abc import Sequence

    from \#(package).main import count_lines


    def main(arguments: Sequence[str] | None = None) -> None:
        """Count a file's lines; end with a message if it can't be read."""
        parser = argparse.ArgumentParser(prog="\#(name)", description="Count lines that aren't blank.")
        parser.add_argument("text", help="a text file")
        options = parser.parse_args(arguments)
        try:
            with open(options.text, encoding="utf-8") as text:
                print(count_lines(text))
        except (OSError, ValueError) as error:
            sys.exit(f"\#(name): {error}")

    """#
  }

  var test: String {
    """
    import pytest

    from \(package) import count_lines
    from \(package).cli import main


    def test_blank_lines_do_not_count():
        assert count_lines(["a", "", "  ", "b"]) == 2


    def test_the_command_prints_the_number(tmp_path, capsys):
        text = tmp_path / "text"
        text.write_text("one\\n\\ntwo\\n", encoding="utf-8")
        main([str(text)])
        assert capsys.readouterr().out == "2\\n"


    def test_a_file_that_is_not_there_is_named(tmp_path):
        with pytest.raises(SystemExit, match="missing"):
            main([str(tmp_path / "missing")])

    """
  }

  var dockerfile: String {
    """
    # Build from the root of the repository:
    #   docker build -f modules/{{ name }}/Dockerfile.{{ name }} -t {{ name }} .
    # Run on files of the current directory:
    #   docker run --rm -u "$(id -u)" -v "$PWD:/data" -w /data {{ name }} TEXT
    FROM python:{{ python }}-slim

    COPY modules/{{ name }} /source/{{ name }}
    RUN pip install --no-cache-dir /source/{{ name }} && rm -r /source

    RUN useradd --create-home app
    USER app
    WORKDIR /home/app

    ENTRYPOINT ["{{ name }}"]
    CMD ["--help"]

    """
  }

  var readme: String {
    """
    # {{ name }}

    {{ summary }}.

    ## Input

    A text file, UTF-8.

    ## Run

    ```bash
    uv run {{ name }} TEXT
    ```

    ```python
    from {{ package }} import count_lines

    print(count_lines(["a", "", "b"]))
    ```

    """
  }
}
