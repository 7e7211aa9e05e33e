"""Lays the reference data where the examples of these pages read them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "tests" / "golden" / "cases" / "data"
SAMPLES = ("apistrat.csv", "apiclus1.csv", "poll_pub.csv")


@pytest.fixture(scope="module")
def page_folder(page_folder: Path) -> Path:
    """Lend a page a folder with the data of the reference cases in it."""
    for name in SAMPLES:
        shutil.copy(DATA / name, page_folder / name)
    return page_folder
