from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src"
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def modules_with_examples() -> list[str]:
    paths = (path for path in sorted(SOURCE.rglob("*.py")) if path.name != "__main__.py")
    shown = (path for path in paths if ">>> " in path.read_text(encoding="utf-8"))
    dotted = (".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in shown)
    return [name.removesuffix(".__init__") for name in dotted]


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_in_docstrings_do_what_they_show(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)

    outcome = doctest.testmod(module, optionflags=OPTIONS)

    assert outcome.failed == 0
