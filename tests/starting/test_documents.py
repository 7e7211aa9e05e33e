"""The poll on e-services run to its briefs, opened by another reader."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from socialpoll.poll import Poll
from socialpoll.starting import start_from_template

SHARED = Path(__file__).parents[2].parent / "shared"
LANGUAGES = ("ar", "en")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    started = start_from_template(tmp_path_factory.mktemp("poll") / "new", "e-services")
    run = Poll.load(started.poll_file).run(started.folder / "out")
    assert run.failures == ()
    return started.folder / "out"


def words(out: Path, language: str) -> str:
    from docx import Document

    body = Document(str(out / f"brief-{language}.docx")).element.body
    return "".join(body.itertext())


def test_a_brief_is_made_in_arabic_and_in_english(out):
    assert {f"brief-{one}.docx" for one in LANGUAGES} <= {one.name for one in out.iterdir()}


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        (
            "en",
            [
                "None is stated, because the sample is not random",
                "People chose to take part themselves; the sample is not random",
                "no margin of error is stated",
            ],
            ["confidence interval: ", "±", "statistically significant", "model-based"],
        ),
        (
            "ar",
            ["اختار المشاركون المشاركة بأنفسهم", "ولذا لا يُذكر هامش خطأ"],
            ["±", "ذو دلالة إحصائية"],
        ),
    ],
)
def test_an_opt_in_sample_is_given_no_precision_in_any_language(out, language, said, unsaid):
    text = words(out, language)

    assert [one for one in said if one not in text] == []
    assert [one for one in unsaid if one in text] == []


@pytest.mark.parametrize(("language", "synthetic"), [("ar", "اصطناعية"), ("en", "ynthetic")])
def test_a_brief_says_that_its_data_are_synthetic(out, language, synthetic):
    assert synthetic in words(out, language)


def test_no_figure_has_a_standard_error_or_an_interval(out):
    with (out / "e-services.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) > 300
    assert {row[name] for row in rows for name in ("STD_ERR", "CI_LOWER", "CI_UPPER")} == {""}


@pytest.mark.skipif(not SHARED.exists(), reason="the schemas of ISO/IEC 29500 are not here")
def test_the_briefs_are_what_word_accepts(out):
    briefs = [str(out / f"brief-{one}.docx") for one in LANGUAGES]
    command = [sys.executable, str(SHARED / "ooxml" / "validate.py"), *briefs]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
