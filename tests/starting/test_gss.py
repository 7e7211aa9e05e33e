"""A poll started from a real file in Stata's format, held against its published counts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from socialpoll.plugins import PluginHost
from socialpoll.poll import Poll
from socialpoll.starting import start_from_file

GSS = Path(__file__).parents[2].parent / "shared" / "gss2016"
needs_reader = pytest.mark.skipif(
    not any(".dta" in getattr(one.record, "suffixes", ()) for one in PluginHost().listing()),
    reason="no reader of Stata files is installed",
)


@needs_reader
@pytest.mark.skipif(not GSS.exists(), reason="the General Social Survey is not here")
def test_a_poll_from_the_general_social_survey_has_its_published_counts_and_runs(tmp_path):
    started = start_from_file(tmp_path / "gss", GSS / "gss2016_social.dta")
    poll = Poll.load(started.poll_file)
    answers = poll.responses().frame
    with (GSS / "published_gss2016_counts.csv").open(encoding="utf-8") as file:
        published = {
            row["variable"]: (int(row["yes"]), int(row["no"])) for row in csv.DictReader(file)
        }

    counts = {name: tuple((answers[name] == code).sum() for code in (1, 2)) for name in published}
    assert counts == published
    assert (poll.design.strata, poll.design.clusters, poll.design.weight) == (
        "vstrat",
        "vpsu",
        "wtssall",
    )
    assert poll.design.nested
    assert poll.run(started.folder / "out", only="csv").failures == ()
