"""Distributions that only look installed: metadata and modules in a folder on the path."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path, monkeypatch) -> Iterator[Install]:
    """Lend a function that makes distributions appear, and forget their modules afterwards."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)

    def install(
        name: str,
        code: str,
        version: str = "1.0",
        points: Mapping[str, str] | None = None,
        requires: Sequence[str] = (),
    ) -> None:
        module = name.replace("-", "_")
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        metadata += "".join(f"Requires-Dist: {one}\n" for one in requires)
        _write_distribution(
            folder / f"{module}-{version}.dist-info", metadata, points or {name: module}
        )
        (folder / f"{module}.py").write_text(code, encoding="utf-8")

    before = set(sys.modules)
    yield install
    for module in set(sys.modules) - before:
        if str(getattr(sys.modules[module], "__file__", "")).startswith(str(folder)):
            del sys.modules[module]


def _write_distribution(info: Path, metadata: str, points: Mapping[str, str]) -> None:
    info.mkdir()
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    lines = "".join(f"{point} = {target}\n" for point, target in points.items())
    (info / "entry_points.txt").write_text(f"[socialpoll]\n{lines}", encoding="utf-8")


def exporting(name: str, render: str = "lambda edition, options: []", **fields: str) -> str:
    """Return the code of a plugin that offers one exporter."""
    more = "".join(f", {key}={value}" for key, value in fields.items())
    return f"""
from socialpoll.hooks import Document, Exporter, Reader, Source, hookimpl

@hookimpl
def socialpoll_exporters():
    return [Exporter(name={name!r}, title="An exporter", media_type="text/plain", suffix=".txt",
                     render={render}{more})]
"""
