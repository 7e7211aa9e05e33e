from __future__ import annotations

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ReleaseError
from tests.disclosure.test_releasing import answers, bound, estimated, rows

WORDS = {"en": "few are asked", "ar": "عدد المسؤولين قليل"}


class Telling:
    """A rule that tells something of small groups."""

    name = "telling"
    footnotes = {"few": WORDS, "unused": "nobody sees this"}  # noqa: RUF012 - as people write it

    def __init__(self, verdict="publish", footnote="few"):
        self.verdict, self.footnote = verdict, footnote

    def __call__(self, row):
        return sp.Ruling(self.verdict, (self.footnote,)) if row["n_base"] < 100 else "publish"


def test_a_footnote_goes_with_the_figures_that_a_rule_lets_pass():
    release = sp.release(estimated(), sp.MinBase(30, 30), Telling())

    told = release.figures.set_index("domain")["footnote"]
    assert set(told["south"]) == {"telling.few"}
    assert set(told.drop("south")) == {""}
    assert dict(release.footnotes) == {"telling.few": WORDS}


def test_what_is_suppressed_or_not_there_has_no_footnote():
    figures = sp.release(estimated(), Telling("suppress")).figures

    assert set(figures["footnote"]) == {""}
    assert set(rows(figures, domain="south")["flag"]) == {"suppressed"}


def test_footnotes_of_several_rules_stand_side_by_side():
    class Other(Telling):
        name = "other"

    figures = sp.release(estimated(), Telling(), Other()).figures

    assert set(rows(figures, domain="south")["footnote"]) == {"telling.few; other.few"}


def test_words_without_a_language_serve_every_language():
    rule = Telling()
    rule.footnotes = {"few": "few"}

    assert sp.release(estimated(), rule).footnotes["telling.few"] == {"und": "few"}


def test_a_footnote_without_words_is_refused():
    with pytest.raises(ReleaseError, match="no words for") as caught:
        sp.release(estimated(), Telling(footnote="fw"))

    assert (caught.value.where, caught.value.found) == ("telling", "'fw'")
    assert "did you mean 'few'?" in caught.value.allowed


@pytest.mark.parametrize(
    ("footnotes", "what"),
    [
        (["few"], "not a mapping"),
        ({"A few": "words"}, "not plain"),
        ({"few": ""}, "has no words"),
        ({"few": {}}, "has no words"),
        ({"few": {"en": 3}}, "has no words"),
    ],
)
def test_footnotes_that_cannot_be_printed_are_refused(footnotes, what):
    rule = Telling()
    rule.footnotes = footnotes

    with pytest.raises(ReleaseError, match="cannot be printed") as caught:
        sp.release(estimated(), rule)

    assert what in caught.value.found


def test_a_rule_judges_every_figure_once():
    asked = []

    class Counting(Telling):
        def __call__(self, row):
            asked.append((row["indicator"], row["category"], row["domain"]))
            return super().__call__(row)

    sp.release(estimated(), Counting())

    assert len(asked) == len(set(asked)) > 0


def test_the_makers_of_a_poll_see_which_rule_says_what():
    told = sp.verdicts(estimated(), sp.MinBase(30, 100), sp.Nchs2017(), sp.StatCan())

    south = rows(told, domain="south", indicator="use", category="no").iloc[0]
    assert list(told.columns[-4:]) == ["situation", "min_base", "nchs2017", "statcan"]
    assert south["min_base"] == "flag"
    assert set(rows(told, domain="west")["situation"]) == {"not_available"}


def test_what_the_makers_see_becomes_of_the_figures_in_the_release():
    rules = (sp.MinBase(30, 100), sp.Nchs2017(), sp.StatCan())
    told, figures = sp.verdicts(estimated(), *rules), sp.release(estimated(), *rules).figures

    flags = {"suppressed": "suppressed", "withheld": "suppressed"}
    flags |= {"low_reliability": "low reliability"}
    assert [flags.get(one, "") for one in told["situation"]] == list(figures["flag"])


def test_a_release_does_not_tell_which_rule_held_a_figure_back():
    thin = answers().head(60).assign(use=["yes"] * 3 + ["no"] * 57)
    estimates = estimated(bound(thin), indicators=("use",), by=())
    released = [sp.release(estimates, rule) for rule in (sp.Nchs2017(), sp.StatCan())]

    hidden = [rows(one.figures, category="yes") for one in released]
    assert set(hidden[0]["conf_status"]) == {"N"}
    pd.testing.assert_frame_equal(*hidden)
