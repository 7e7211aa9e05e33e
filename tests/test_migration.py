"""What the pages for those who come from elsewhere say is so: of R, and of socialpoll."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import socialpoll as sp

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs" / "migration").glob("*.md"))
FROM_R = ROOT / "docs" / "migration" / "from-r-survey.md"
CASES = ROOT / "tests" / "golden" / "cases"
RSCRIPT = shutil.which("Rscript")
R_BLOCKS = re.compile(r"^```r\n(.*?)^```", re.MULTILINE | re.DOTALL)
RESULTS = re.compile(r"# gives (.+)$", re.MULTILINE)
NAMES = re.compile(r"\bsp\.(\w+)")


def written_for_r() -> str:
    return "\n".join(R_BLOCKS.findall(FROM_R.read_text(encoding="utf-8")))


def results_of_others() -> list[str]:
    pages = (page.read_text(encoding="utf-8") for page in PAGES)
    return sorted({line for page in pages for line in RESULTS.findall(page)})


def numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers_in(one)
    elif isinstance(value, int | float):
        yield float(value)


@pytest.fixture(scope="module")
def reference() -> list[set[float]]:
    files = sorted((CASES / "results").glob("t*.json"))
    cases = [one for file in files for one in json.loads(file.read_text("utf-8"))["cases"]]
    return [set(numbers_in(one["expect"])) for one in cases]


def rounds_to(number: str, several: set[float]) -> bool:
    decimals = len(number.partition(".")[2])
    return any(f"{one:.{decimals}f}" == number for one in several)


def test_what_pages_say_that_others_answer_is_what_a_reference_case_says(reference):
    lines = results_of_others()
    unknown = [
        line
        for line in lines
        if not any(all(rounds_to(one, case) for one in line.split()) for case in reference)
    ]

    assert len(lines) > 15
    assert unknown == []


def test_r_runs_all_that_the_page_writes_for_it(tmp_path):
    if RSCRIPT is None:
        pytest.skip("R is not on this machine")
    shutil.copy(CASES / "data" / "poll_pub.csv", tmp_path)
    script = tmp_path / "page.R"
    script.write_text(written_for_r(), encoding="utf-8")

    found = subprocess.run([RSCRIPT, "--vanilla", script.name], cwd=tmp_path, capture_output=True)  # noqa: PLW1510
    said = found.stderr.decode()
    if "there is no package" in said:
        pytest.skip("R is on this machine without its packages survey and MASS")
    assert found.returncode == 0, said
    assert (tmp_path / "apistrat.csv").read_text().count("\n") == 201


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.stem)
def test_every_name_of_socialpoll_on_a_page_exists(page):
    named = set(NAMES.findall(page.read_text(encoding="utf-8")))

    assert named
    assert sorted(named - set(sp.__all__)) == []
