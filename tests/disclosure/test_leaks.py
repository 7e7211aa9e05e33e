"""What leaves the house under the policy ``cells`` is searched for everything that it hides."""

from __future__ import annotations

import io
import pickle
import zipfile

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.demo import FOLDER
from socialpoll.indicators import KEYS
from socialpoll.report import report_to_json
from tests.disclosure.published import Published

OTHERS: dict[str, dict[str, object]] = {
    "slides": {},
    "excel": {},
    "csv": {"metadata": True},
    "sdmx": {},
    "parquet": {"compression": "none"},
    "json": {"schema": True},
}
"""Exporters whose documents the run does not write, and how they are asked for."""
TOLD = ("estimate", "se", "ci_low", "ci_high", "n_effective", "population", "deff", "cv", "moe")


@pytest.fixture(scope="module")
def truth(demo: Published) -> pd.DataFrame:
    return demo.truth


@pytest.fixture(scope="module")
def release(demo: Published) -> sp.Release:
    return demo.run.release


@pytest.fixture(scope="module")
def gone(demo: Published) -> pd.DataFrame:
    return demo.gone


def parts_of(name: str, content: bytes) -> dict[str, bytes]:
    """Return a file; of a package each part, and what is packed in that."""
    file = io.BytesIO(content)
    if not zipfile.is_zipfile(file):
        return {name: content}
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(file) as package:
        for one in package.namelist():
            parts |= parts_of(f"{name}/{one}", package.read(one))
    return parts


@pytest.fixture(scope="module")
def written(demo: Published) -> dict[str, bytes]:
    """Everything that a run writes, parts of packages one by one."""
    parts: dict[str, bytes] = {}
    for path in sorted(one for one in demo.folder.rglob("*") if one.is_file()):
        parts |= parts_of(path.name, path.read_bytes())
    return parts


@pytest.fixture(scope="module", params=OTHERS)
def rendered(request: pytest.FixtureRequest, demo: Published) -> dict[str, bytes]:
    """What an exporter makes of the report that the run does not ask for."""
    documents = sp.render(demo.run.report, request.param, **OTHERS[request.param])
    parts: dict[str, bytes] = {}
    for one in documents:
        parts |= parts_of(one.name, one.content)
    return parts


@pytest.fixture(scope="module")
def secrets(truth: pd.DataFrame, gone: pd.DataFrame) -> list[float]:
    """Hidden numbers of many digits, but for those that a shown figure has too."""
    shown = truth.merge(gone[list(KEYS)], on=list(KEYS), how="left", indicator=True)
    shown = shown[shown["_merge"] == "left_only"]
    open_to_all = {float(one) for one in shown[list(TOLD)].to_numpy(dtype=float).ravel()}
    values = {float(one) for one in gone[list(TOLD)].to_numpy(dtype=float).ravel()}
    return sorted(one for one in values - open_to_all if np.isfinite(one) and len(f"{one:.6g}") > 6)


def test_there_is_something_to_hide(gone, secrets):
    assert len(gone) > 10
    assert len(secrets) > 50


def test_no_hidden_number_is_in_the_release(release, secrets):
    kept = pickle.dumps(release)
    told = repr(release) + str(release.methodology)

    for one in secrets:
        assert np.float64(one).tobytes() not in kept
        assert repr(one).encode() not in kept
        assert repr(one) not in told


def found_in(parts: dict[str, bytes], secrets: list[float]) -> list[tuple[str, float]]:
    """Return which hidden numbers are in which files, in digits or in bits."""
    digits = {one: f"{one:.6g}".encode() for one in secrets}
    bits = {one: np.float64(one).tobytes() for one in secrets}
    return [
        (name, one)
        for name, part in parts.items()
        for one in secrets
        if digits[one] in part or (not is_text(part) and bits[one] in part)
    ]


def is_text(part: bytes) -> bool:
    """Tell whether a file is made of letters, among which no number stands in bits."""
    return b"\0" not in part


def test_no_hidden_number_is_in_any_file_of_a_run(written, secrets):
    assert any(name.endswith(".docx/word/document.xml") for name in written)
    assert any(name.endswith(".csv") for name in written)
    assert any(name.endswith(".png") for name in written)
    assert found_in(written, secrets) == []


def test_no_hidden_number_is_in_what_another_exporter_makes(rendered, secrets):
    assert rendered
    assert found_in(rendered, secrets) == []


def test_a_number_is_found_in_digits_and_in_bits():
    parts = {"a.xml": b"<v>0.123457</v>", "b.parquet": b"\0" + np.float64(0.1234567).tobytes()}

    assert found_in(parts, [0.1234567]) == [("a.xml", 0.1234567), ("b.parquet", 0.1234567)]


def test_the_report_as_json_holds_no_hidden_number(demo, secrets):
    told = report_to_json(demo.run.report)

    assert [one for one in secrets if f"{one:.6g}" in told] == []


def test_the_search_finds_a_number_that_is_there(truth, release):
    shown = release.figures.query("flag == '' and statistic == 'share'").iloc[0]
    kept = pickle.dumps(release)

    assert np.float64(shown["estimate"]).tobytes() in kept


def test_the_feed_has_a_row_of_nothing_for_each_hidden_figure(written, gone):
    (name,) = (one for one in written if one.endswith(".csv") and "codelist" not in one)
    feed = pd.read_csv(io.BytesIO(written[name]), dtype=str, keep_default_na=False)
    hidden = feed[feed["OBS_STATUS"] == "Q"]
    numbers = [one for one in feed.columns if one.startswith(("OBS_VALUE", "CI_", "STD_ERR", "N_"))]

    assert len(hidden) == len(gone)
    assert len(numbers) >= 4
    assert (hidden[numbers] == "").all(axis=None)


def test_no_answers_are_in_any_file_of_a_run(written):
    answers = pd.read_csv(FOLDER / "responses.csv", dtype=str, keep_default_na=False)
    lines = {",".join(row).encode() for row in answers.head(200).to_numpy()}

    assert len(lines) == 200
    for name, part in written.items():
        assert not any(line in part for line in lines), name
