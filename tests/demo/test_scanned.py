"""The bundled poll, with its answers counted where they lie."""

from __future__ import annotations

import json
import shutil

import pytest
from pandas.testing import assert_frame_equal

import socialpoll as sp
from socialpoll.demo import POLL_FILE
from tests.indicators.test_scanned import shortened, without


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """Run the bundled poll by an engine, over its own file of answers."""
    folder = tmp_path_factory.mktemp("scanned") / "poll"
    shutil.copytree(POLL_FILE.parent, folder, ignore=shutil.ignore_patterns("*.py"))
    file = folder / POLL_FILE.name
    named = 'responses = "responses.csv"'
    text = file.read_text(encoding="utf-8")
    assert named in text
    file.write_text(text.replace(named, f'{named}\nengine = "duckdb"'), encoding="utf-8")
    return sp.Poll.load(file).run(folder / "out", only="csv")


def test_the_release_is_that_of_answers_in_memory(scanned, release):
    figures = [one.figures.drop(columns="weights_id") for one in (scanned.release, release)]

    assert_frame_equal(*figures, rtol=1e-9, atol=1e-12)
    assert figures[0]["indicator"].str.startswith("outreach").any()
    assert_frame_equal(scanned.release.choices, release.choices, rtol=1e-7, atol=1e-12)


def test_the_brief_says_the_same_to_the_last_word(scanned, release, report):
    hashes = [{*one.hashes.values()} for one in (scanned.release, release)]
    briefs = [
        without(own, json.loads(sp.report_to_json(one), parse_float=shortened))
        for own, one in zip(hashes, (scanned.report, report), strict=True)
    ]

    assert briefs[0] == briefs[1]
    assert {"indicator", "outreach", "banner"} <= {one.role for one in scanned.report.sections}


def test_the_manifest_tells_what_counted_the_answers_and_how_uneven_their_weights_are(
    scanned, poll
):
    manifest, weights = scanned.manifest, poll.weights()

    assert scanned.failures == ()
    assert (manifest["engine"], manifest["checks"]) == ("duckdb", [])
    assert manifest["hashes"]["answers"] == scanned.release.hashes["answers"]
    assert {"duckdb", "narwhals"} <= {*manifest["versions"]}
    for name in ("n", "deff", "p5", "max"):
        spread = [one[name] for one in manifest["weights"]["diagnostics"]]
        assert spread == pytest.approx(weights.diagnostics[name].tolist(), rel=1e-9)
    reached = [one["reached"] for one in manifest["weights"]["margins"]]
    assert reached == pytest.approx(weights.margins["reached"].tolist(), rel=1e-9)
