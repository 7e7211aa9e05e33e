"""Runs the examples of the README and of the pages under docs, each page in a folder of its own."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sybil import Region, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sybil import Document, Example
    from sybil.typing import Evaluator

# A machine busy with other work is no reason for a test to fail.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")


OF_ONE_RUN = {
    "tests/disclosure": ("accounts", "formats", "leaks", "searching"),
    "tests/demo": ("formats", "read_back"),
}
SCOPES = {
    f"{folder}/test_{name}.py": folder for folder, names in OF_ONE_RUN.items() for name in names
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Give whole files to the workers: the examples of a page build on each other.

    Files that read what one run of a poll left behind go to one worker, which runs it once.
    """
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return SCOPES.get(file, file)

    return Scheduling(config, log)


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Lend a page an empty folder to work in."""
    folder = tmp_path_factory.mktemp("page")
    with contextlib.chdir(folder):
        yield folder


class ConsoleParser(PythonCodeBlockParser):
    """Runs blocks fenced as ``pycon`` like the ``python`` ones that start with a prompt."""

    @staticmethod
    def codeblock_parser_class(_language: str, evaluator: Evaluator) -> CodeBlockParser:
        """Look for the other language."""
        return CodeBlockParser("pycon", evaluator)


class FileParser:
    """Writes a block with a title, such as ``toml title="poll.toml"``, to the file it names."""

    lexer = RawFencedCodeBlockLexer(re.compile(r'\w+ title="(?P<name>[^"]+)"[^\n]*\n'))

    def __call__(self, document: Document) -> Iterable[Region]:
        """Find the blocks."""
        for found in self.lexer(document):
            yield Region(found.start, found.end, found.lexemes, write_file)


def write_file(example: Example) -> None:
    """Write the text of a block where the later examples of its page can read it."""
    path = Path(example.parsed["name"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(example.parsed["source"], encoding="utf-8")


# A page in Arabic has the code of its English page, which a test compares; it is run there.
pytest_collect_file = Sybil(
    parsers=[SkipParser(), FileParser(), PythonCodeBlockParser(), ConsoleParser()],
    patterns=["README.md", "docs/**/*.md", "docs/*.md"],
    excludes=["docs/**/*.ar.md"],
    fixtures=["page_folder"],
).pytest()
