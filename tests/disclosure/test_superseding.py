from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.disclosure import situation_of
from socialpoll.errors import ReleaseError
from tests.disclosure.made_choices import chosen, of_lines
from tests.disclosure.test_releasing import answers, bound, estimated, rows, same_every_time

REASON = {"en": "An error in the answers was corrected.", "ar": "صُحّح خطأ في الإجابات."}


@cache
def published() -> sp.Release:
    return sp.release(same_every_time(), edition="1", release_date=dt.date(2019, 4, 28))


def first(**changes) -> sp.Release:
    return replace(published(), **changes)


def corrected():
    """Return the answers with those of one person in the south corrected."""
    frame = answers()
    place = frame.index[(frame["region"] == "south") & (frame["use"] == "no")][0]
    frame.loc[place, "use"] = "yes"
    return frame


@cache
def second() -> sp.Release:
    release = sp.release(estimated(bound(corrected())), edition="2")
    return sp.supersede(release, first(), reason=REASON)


def test_only_the_figures_that_were_corrected_are_marked():
    figures = second().figures

    revised = figures[figures["revision"] == "revised"]
    assert set(zip(revised["indicator"], revised["domain"], strict=True)) == {
        ("use", "_T"),
        ("use", "south"),
    }


def test_the_counts_add_up_to_the_figures_that_either_shows():
    release = second()
    revision, shown = release.revision, release.figures["estimate"].notna().sum()

    assert (revision.revised, revision.new, revision.withdrawn) == (4, 0, 0)
    assert revision.revised + revision.new + revision.unchanged == shown


def test_a_revision_names_the_edition_before_and_says_why():
    revision = second().revision

    assert (revision.edition, revision.release_date) == ("1", dt.date(2019, 4, 28))
    assert revision.reason == REASON
    assert second().methodology.fact("disclosure", "revision")["revised"] == 4


def test_an_edition_with_the_same_figures_revises_nothing():
    release = sp.supersede(sp.release(same_every_time()), first())

    assert set(release.figures["revision"]) == {""}
    assert (release.revision.revised, release.revision.new, release.revision.withdrawn) == (0, 0, 0)


def test_what_differs_beyond_the_decimals_that_are_shown_is_not_revised():
    figures = first().figures
    nearly = figures.assign(estimate=figures["estimate"] + 1e-9)

    assert sp.supersede(first(), first(figures=nearly)).revision.revised == 0


def test_a_rounded_edition_may_supersede_one_of_full_precision():
    exact = sp.release(same_every_time(), policy=sp.Policy(full_precision=True))

    assert sp.supersede(first(), exact).revision.revised == 0
    assert sp.supersede(exact, first()).revision.revised == 0


@pytest.mark.parametrize("column", ["estimate", "ci_low", "ci_high"])
def test_whatever_is_printed_of_a_figure_may_be_revised(column):
    figures = first().figures
    figures.loc[0, column] += 0.01

    marks = sp.supersede(first(), first(figures=figures)).figures["revision"]

    assert list(marks[marks != ""].index) == [0]


def test_another_number_of_respondents_is_a_revision():
    figures = first().figures
    figures.loc[0, "n_base"] += 1

    assert sp.supersede(first(), first(figures=figures)).figures.loc[0, "revision"] == "revised"


def test_figures_that_were_not_shown_before_are_new_and_those_that_are_no_more_are_withdrawn():
    use, hours = (estimated(indicators=(one,)) for one in ("use", "hours"))
    both = sp.release([use, hours])

    more, less = sp.supersede(both, sp.release(use)), sp.supersede(sp.release(use), both)

    assert more.revision.new == less.revision.withdrawn == 3
    marks = more.figures.set_index("indicator")["revision"]
    assert set(marks["hours"]) == {"new", ""}
    assert set(marks["use"]) == {""}


def test_a_figure_that_was_suppressed_before_is_new_and_one_that_is_now_is_withdrawn():
    lenient = sp.release(same_every_time(), sp.MinBase(10))

    assert sp.supersede(lenient, first()).revision.new == 3
    stricter = sp.supersede(first(), lenient)
    assert stricter.revision.withdrawn == 3
    assert set(rows(stricter.figures, domain="east")["revision"]) == {""}


def test_a_later_edition_keeps_its_own_choices_and_marks_none():
    rows = (of_lines("yes"), of_lines("no", "yes"))
    release = sp.release(chosen(same_every_time(), *rows), edition="2")
    before = replace(first(), choices=release.choices.assign(difference=-0.5))
    now = sp.supersede(release, before, reason=REASON)
    pd.testing.assert_frame_equal(now.choices, release.choices)
    assert (now.revision.revised, now.revision.new) == (0, 0)


def test_the_order_of_the_rows_does_not_matter():
    figures = first().figures
    turned = first(figures=figures.iloc[::-1].reset_index(drop=True))

    assert sp.supersede(second(), turned).revision.revised == second().revision.revised


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, 11)))
def test_as_many_figures_are_revised_as_were_changed(places):
    figures = first().figures
    shown = figures.index[figures["estimate"].notna()]
    changed = shown[[one for one in sorted(places) if one < len(shown)]]
    figures.loc[changed, "estimate"] += 0.2

    made = sp.supersede(first(), first(figures=figures))

    assert made.revision.revised == len(changed)
    assert list(made.figures.index[made.figures["revision"] == "revised"]) == list(changed)


def test_a_revised_figure_has_a_situation_of_its_own():
    usual = {"obs_status": "A", "conf_status": "F", "caveat": "", "revision": "revised"}

    assert situation_of(usual).shorthand == "r"
    assert situation_of({**usual, "obs_status": "U"}).shorthand == "u"
    assert situation_of({**usual, "caveat": "fixed by weighting"}).shorthand == "w"
    assert situation_of({**usual, "revision": "new"}).name == "usual"


def test_a_release_that_is_superseded_stays_as_it_was():
    earlier = first()

    sp.supersede(second(), earlier)

    assert set(earlier.figures["revision"]) == {""}
    assert earlier.revision is None


def test_what_has_nothing_in_common_cannot_be_superseded():
    elsewhere = first(figures=first().figures.assign(wave="2018"))

    with pytest.raises(ReleaseError, match="no figure in common") as caught:
        sp.supersede(first(), elsewhere)

    assert "use (2018)" in caught.value.found
    assert "use (_Z)" in caught.value.allowed


def test_what_is_no_release_cannot_be_superseded():
    with pytest.raises(ReleaseError, match="is not a release") as caught:
        sp.supersede(first(), "release-2019.json")

    assert caught.value.found == "str"
    assert "Release.load" in caught.value.allowed
