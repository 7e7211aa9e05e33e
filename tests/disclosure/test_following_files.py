"""Files of changes and trends, and of what follows an earlier release, tell no hidden count."""

from __future__ import annotations

import csv
import io

import pytest

import socialpoll as sp
from tests.disclosure.attacking import Attack, solved_whole
from tests.disclosure.listed import MANIFEST, unlisted
from tests.disclosure.published import Published, run_poll
from tests.disclosure.reading import leaves, read_json
from tests.disclosure.searching import misfed, missaved
from tests.disclosure.small_poll import POLL, THRESHOLD, write_small_poll
from tests.poll.wave_polls import write_waves

KEYS = ("indicator", "question", "item", "category", "statistic", "unit", "breakdown", "domain")
TESTED = ["se", "df", "t", "ci_low", "ci_high", "p"]
"""What a file says of a change or a slope beside its size."""
CELLS = ("[publication]\n", '[publication]\npolicy = "cells"\nthreshold = 15\n')
ALL_FOLLOWED = (
    'by = ["sex", "account", ["sex", "account"]]',
    'by = ["sex", "account", ["sex", "account"]]\nchange = true\ntrend = true',
)
FEED_ALONE = POLL.split("[[exports]]", 1)[0] + '[[exports]]\nexporter = "csv"\n'
MORE = FEED_ALONE.replace(
    'share = "trust"\nby = ["area"]', 'share = "trust"\nby = ["area", "sex"]'
).replace('policy = "cells"', 'policy = "cells"\nalready_published = ["first.json"]')


@pytest.fixture(scope="module")
def waves(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A poll of two waves that was run; all its shares are followed over both."""
    folder = tmp_path_factory.mktemp("waves")
    return run_poll(write_waves(folder / "poll", CELLS, ALL_FOLLOWED), folder / "out")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """What the small poll published first."""
    folder = tmp_path_factory.mktemp("first")
    return run_poll(write_small_poll(folder / "poll", FEED_ALONE), folder / "out")


@pytest.fixture(scope="module")
def later(first: Published, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The same answers in one table more, after what was published of them."""
    folder = tmp_path_factory.mktemp("later")
    (folder / "poll").mkdir()
    (folder / "poll/first.json").write_bytes(first.file("release.json"))
    return run_poll(write_small_poll(folder / "poll", MORE), folder / "out")


def shown(published: Published) -> dict[tuple[str, ...], dict[str, object]]:
    """Return the shown figures by wave and keys."""
    figures = published.run.release.figures
    rows = figures[figures["flag"] != "suppressed"].to_dict("records")
    return {(str(row["wave"]), *(str(row[one]) for one in KEYS)): row for row in rows}


def lines_of(published: Published, name: str) -> list[dict[str, str]]:
    """Read a file with nothing but what Python brings."""
    return list(csv.DictReader(io.StringIO(published.file(name).decode("utf-8-sig"))))


def misfollowed(published: Published, lines: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Return the numbers of changes that are not of two shown figures, with their columns."""
    known, found = shown(published), []
    for line in lines:
        keys = tuple(line[one] for one in KEYS)
        pair = [known.get((line[f"wave_{side}"], *keys)) for side in "ab"]
        told = {one for one in line if line[one]} - {*KEYS, "wave_a", "wave_b", "caveat", *TESTED}
        if None in pair:
            found += [(one, line[one]) for one in sorted(told)]
            continue
        before, after = (float(one["estimate"]) for one in pair)
        allowed = {"estimate_a": before, "estimate_b": after, "change": after - before}
        # Differences are rounded from unrounded ones: half a unit of each of three numbers.
        room = {"change": 0.00151 if line["unit"] == "share" else 0.151}
        found += [
            (one, line[one])
            for one in sorted(told)
            if one not in allowed or abs(float(line[one]) - allowed[one]) > room.get(one, 1e-12)
        ]
    return found


def test_a_file_of_changes_has_numbers_of_shown_figures_alone(waves):
    lines = lines_of(waves, "accounts-changes.csv")
    figures = waves.run.release.figures

    assert (figures["flag"] == "suppressed").sum() > 10
    assert len(lines) > 6
    assert misfollowed(waves, lines) == []


def test_a_change_of_a_hidden_figure_is_found(waves):
    figures = waves.run.release.figures
    hidden = figures[figures["flag"] == "suppressed"].iloc[0]
    truth = waves.gone.set_index("domain")["estimate"]
    line = {one: str(hidden[one]) for one in KEYS} | {"wave_a": "2019", "wave_b": "2021"}
    leaked = line | {"change": f"{float(truth.iloc[0]):.3f}"}

    assert misfollowed(waves, [leaked]) == [("change", leaked["change"])]


def test_a_file_of_trends_is_of_figures_that_are_shown_in_every_wave(waves):
    lines = lines_of(waves, "accounts-trends.csv")
    known = shown(waves)
    told = {one for line in lines for one in line if line[one]}

    assert len(lines) > 2
    assert told - {*KEYS, "caveat", *TESTED} == {"waves", "slope"}
    for line in lines:
        keys = tuple(line[one] for one in KEYS)
        assert {("2019", *keys), ("2021", *keys)} <= set(known)
        # Of two waves the slope is the change.
        change = next(
            one
            for one in lines_of(waves, "accounts-changes.csv")
            if tuple(one[key] for key in KEYS) == keys
        )
        assert (line["waves"], line["slope"]) == ("2", change["change"])


@pytest.mark.parametrize("name", ["waves", "later"])
def test_data_of_waves_and_later_releases_have_nothing_of_hidden_figures(name, request):
    published = request.getfixturevalue(name)
    (document,) = sp.render(published.run.report, "csv", languages=["en"])
    paths = [path for path, _ in leaves(read_json(published.file("manifest.json")))]

    assert misfed(published, document.content) == []
    assert missaved(published, read_json(published.file("release.json"))) == []
    assert unlisted(paths, MANIFEST) == []


def test_the_figures_of_two_waves_bound_no_small_count(waves):
    attack = Attack(waves.estimates, waves.run.release, 15, complete=["sex"])
    found = attack.bounds()

    assert [one for one in found if not one.protected] == []
    tables = [f"{wave} / use / sex|account" for wave in ("2019", "2021")]
    assert solved_whole(found) == dict.fromkeys(tables, True)


def test_a_later_release_and_the_earlier_one_bound_no_small_count_together(first, later):
    earlier = sp.Release.load(later.poll.folder / "first.json")
    attack = Attack(
        later.estimates,
        later.run.release,
        THRESHOLD,
        before=[earlier],
        complete=["area", "sex", "bus"],
        whole=False,
    )
    found = attack.bounds()

    assert later.run.release.methodology.fact("disclosure", "policy")["already_published"] == 1
    assert len(later.run.release.figures) > len(earlier.figures)
    assert len(found) > 10
    assert [one for one in found if not one.protected] == []
    assert set(solved_whole(found).values()) == {False}
