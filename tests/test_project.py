from __future__ import annotations

import ast
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "socialpoll"
LONGEST_MODULE = 400  # the aim is 300

# Folders at the root of a file system that are the same on every machine.
EVERYWHERE = {"bin", "dev", "etc", "proc", "tmp", "usr"}


@pytest.fixture(scope="module")
def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_public_name_is_the_name_of_a_module():
    import socialpoll

    modules = {module.name for module in pkgutil.iter_modules(socialpoll.__path__)}

    assert modules.isdisjoint(socialpoll.__all__)


def test_every_public_name_can_be_had():
    import socialpoll

    missing = [name for name in socialpoll.__all__ if not hasattr(socialpoll, name)]

    assert missing == []


def test_type_checkers_are_told_of_every_public_name_and_of_its_home():
    import socialpoll

    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    told = {
        name.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }

    assert told == {name: f"socialpoll.{room}" for name, room in socialpoll._ROOM.items()}


def test_the_version_is_the_one_in_pyproject(pyproject):
    import socialpoll

    assert socialpoll.__version__ == pyproject["project"]["version"]


def test_importing_socialpoll_loads_neither_pandas_nor_scipy():
    assert loaded_by("import socialpoll").isdisjoint({"pandas", "scipy"})


def test_nothing_in_the_package_loads_scipy_stats():
    everything = "\n".join(f"import {name}" for name in module_names())

    assert "scipy.stats" not in loaded_by(everything)


def test_every_ignored_lint_rule_has_its_reason_behind_it():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = re.search(r"^ignore = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    by_file = re.search(
        r"^\[tool\.ruff\.lint\.per-file-ignores\]\n(.*?)^\[", text, re.MULTILINE | re.DOTALL
    )
    rules = re.findall(r'^ +"[A-Z]+\d*".*$', ignored[1] + by_file[1], re.MULTILINE)

    unexplained = [rule for rule in rules if not re.search(r'",? +# \S+ \S+', rule)]

    assert rules
    assert unexplained == []


def test_every_lint_rule_switched_off_in_a_line_is_named():
    blanket = re.compile(r"#\s*(?:noqa(?!:)|type:\s*ignore(?!\[))")

    assert lines_that_match(blanket, SOURCE.rglob("*.py")) == []


def test_no_file_of_the_project_mentions_a_path_of_the_machine_it_was_written_on():
    at_the_root = {path.name for path in Path("/").iterdir() if path.is_dir()} - EVERYWHERE
    names = "|".join(map(re.escape, sorted(at_the_root)))
    machine_path = re.compile(rf"(?<![\w.:/~>*-])/(?:{names})/\w")

    assert lines_that_match(machine_path, texts_of_the_project()) == []


def test_no_module_is_longer_than_a_few_pages():
    lengths = {
        str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines())
        for path in SOURCE.rglob("*.py")
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_every_page_of_the_documentation_is_listed():
    listed = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    docs = ROOT / "docs"
    pages = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]

    assert [page for page in pages if f": {page}\n" not in listed] == []


def loaded_by(statement: str) -> set[str]:
    """Return the names of all modules in a fresh interpreter after a statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    process = subprocess.run(
        [sys.executable, "-c", code], check=False, stdout=subprocess.PIPE, text=True
    )
    assert process.returncode == 0, "the error is shown below, as the interpreter wrote it"
    return set(process.stdout.split())


def module_names() -> list[str]:
    paths = (path.relative_to(SOURCE.parent) for path in sorted(SOURCE.rglob("*.py")))
    dotted = (".".join(path.with_suffix("").parts) for path in paths)
    return [name.removesuffix(".__init__") for name in dotted if not name.endswith("__main__")]


def texts_of_the_project() -> list[Path]:
    folders = ["src", "tests", "benchmarks", "docs", ".ci"]
    suffixes = {"", ".html", ".md", ".po", ".py", ".toml", ".yml"}
    beneath = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    beside = (path for path in ROOT.iterdir() if not path.name.startswith("."))
    return [path for path in (*beneath, *beside) if path.is_file() and path.suffix in suffixes]


def lines_that_match(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
