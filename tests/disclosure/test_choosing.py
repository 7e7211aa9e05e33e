"""Choices that may be told: none that touches a hidden figure, or tells what it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ReleaseError
from socialpoll.indicators import CHOICE_COLUMNS, no_choices
from tests.disclosure.made_choices import TOLD, chosen, of_lines, of_options, of_sets

CELLS = sp.Policy(name="cells")
AREAS = {"north": 200, "south": 60, "east": 20}


class Refusing:
    """Hold back figures of some options or sets."""

    name = "refusing"

    def __init__(self, *lines: str):
        self.lines = lines

    def __call__(self, row):
        hold = row["item"] in self.lines or row["category"] in self.lines
        return "suppress" if hold else "publish"


def questionnaire() -> sp.Questionnaire:
    def codes(names: str) -> tuple[sp.Code, ...]:
        return tuple(sp.Code(code=one, label=one) for one in names.split())

    return sp.Questionnaire(
        title="a poll",
        questions=(
            sp.Single(name="area", text="area", options=codes("north south east")),
            sp.Single(name="use", text="use", options=codes("a b c")),
            sp.Multiple(name="apps", text="apps", options=codes("w x y"), blank="none"),
        ),
    )


def bound(uses: dict[str, tuple[int, int, int]] | None = None) -> sp.Responses:
    """Return answers of which so many are of each use, by area."""
    draw = np.random.default_rng(3)
    counts = uses or {area: (n // 2, n // 4, n - n // 2 - n // 4) for area, n in AREAS.items()}
    rows = [
        (area, use)
        for area, several in counts.items()
        for use, times in zip("abc", several, strict=True)
        for _ in range(times)
    ]
    frame = pd.DataFrame(rows, columns=["area", "use"])
    for name, share in (("w", 0.6), ("x", 0.5), ("y", 0.4)):
        frame[f"apps_{name}"] = (draw.random(len(frame)) < share).astype(int)
    return sp.bind(frame, questionnaire())


def lines(estimates: sp.Estimates, *areas: str) -> sp.Estimates:
    """Return estimates with three lines of each area and of everybody."""
    groups = [{}, *({"breakdown": "area", "domain": one} for one in areas)]
    rows = [
        of_lines(line, "" if line == "a" else "a", **group) for group in groups for line in "abc"
    ]
    return chosen(estimates, *rows)


def with_few_in_the_south() -> sp.Estimates:
    uses = {"north": (70, 60, 50), "south": (80, 40, 4), "east": (50, 31, 29)}
    return lines(sp.estimate(bound(uses), "use", by="area"), *uses)


SETS = (("w",), ("x",), ("w", "x"), ("w", "y"))
OF_SETS = (
    of_sets("best", "w"),
    of_sets("best", "w|x", "w"),
    of_sets("chosen", "w|x", "w|y"),
    of_sets("without", "x", "w|x"),
    of_sets("without", "w", "w|x"),
)


def reached(*rows, **changes) -> sp.Estimates:
    reach = sp.Reach("apps", SETS, **changes)
    return chosen(sp.estimate(bound(), reach, by="area"), *(rows or OF_SETS))


def told(release: sp.Release, *names: str) -> list[tuple]:
    return list(release.choices[list(names)].itertuples(index=False, name=None))


def test_choices_keep_their_columns_and_types_and_shares_have_three_decimals():
    choices = sp.release(lines(sp.estimate(bound(), "use", by="area"))).choices
    assert tuple(choices.columns) == CHOICE_COLUMNS
    assert choices.dtypes.to_dict() == no_choices().dtypes.to_dict()
    row = choices.iloc[1]
    assert row[["difference", "se", "ci_low", "ci_high", "optimism", "at_most"]].tolist() == [
        -0.123, 0.046, -0.213, -0.034, 0.012, 0.988,
    ]  # fmt: skip
    exact = ["df", "p", "p_adjusted", "cost"]
    assert row[exact].tolist() == [TOLD[name] for name in exact]


def test_full_precision_keeps_every_digit():
    made = lines(sp.estimate(bound(), "use", by="area"))
    exact = sp.release(made, policy=sp.Policy(full_precision=True)).choices
    assert exact.iloc[1][list(TOLD)].tolist() == list(TOLD.values())


def test_a_group_that_is_hidden_has_no_choices_and_the_methodology_counts_what_went():
    made = lines(sp.estimate(bound(), "use", by="area"), *AREAS)
    release = sp.release(made)
    assert release.choices["domain"].unique().tolist() == ["_T", "north", "south"]
    assert release.methodology.fact("disclosure", "policy")["choices_removed"] == 3
    bare = sp.release(sp.estimate(bound(), "use"))
    assert "choices_removed" not in bare.methodology.fact("disclosure", "policy")
    assert bare.choices.empty


def test_a_line_goes_with_its_figure_and_all_others_with_the_first():
    made = lines(sp.estimate(bound(), "use"))
    open_ = sp.MinBase(0)
    assert told(sp.release(made, open_, Refusing("b")), "category") == [("a",), ("c",)]
    assert told(sp.release(made, open_, Refusing("a")), "category") == []


def test_whatever_is_said_of_sets_goes_with_the_chosen_one():
    assert sp.release(reached(), Refusing("w|x")).choices.empty
    shown = sp.release(reached(), Refusing("x"))
    assert told(shown, "role", "item") == [
        ("best", "w"), ("best", "w|x"), ("chosen", "w|x"), ("without", "w"),
    ]  # fmt: skip


def test_what_is_chosen_beside_a_hidden_rival_is_told_and_nothing_of_how_they_compare():
    shown = sp.release(reached(), Refusing("w|y")).choices.query("role == 'chosen'")
    row = shown.iloc[0]
    assert row[["against_item", "against_category"]].tolist() == ["", ""]
    assert row[["difference", "se", "ci_low", "p", "p_adjusted", "alike"]].isna().all()
    assert row[["item", "size", "cost", "optimism"]].tolist() == ["w|x", 2, 3.14159, 0.012]


SHARED = of_sets("shared", "w|x", "w|y", breakdown="area", domain="north")
NORTH = of_sets("chosen", "w|y", "w|x", breakdown="area", domain="north")


@pytest.mark.parametrize(
    ("hidden", "left"),
    [
        ((), {("chosen", "_T"), ("chosen", "north"), ("shared", "north")}),
        (("w|y",), {("chosen", "_T")}),
        (("w|x",), {("chosen", "north")}),
    ],
    ids=["nothing", "its own", "that of everybody"],
)
def test_the_set_of_everybody_is_told_in_a_group_where_both_sets_are_shown(hidden, left):
    made = reached(of_sets("chosen", "w|x", "w|y"), NORTH, SHARED)
    assert set(told(sp.release(made, Refusing(*hidden)), "role", "domain")) == left


def test_the_set_of_everybody_is_told_in_no_group_where_it_is_not_told_of_everybody():
    few = sp.estimate(bound({"north": (9, 0, 0)}), sp.Reach("apps", SETS), by="area")
    made = chosen(few, of_sets("chosen", "w|x", "w|y"), NORTH, SHARED)
    counted = sp.audit(made, policy=CELLS).attrs["choices"]
    assert (counted["rows"], counted["shown"]) == (3, 0)

    alone = sp.release(reached(NORTH, SHARED))
    assert told(alone, "role", "domain") == [("chosen", "north")]


def test_under_cells_the_set_of_everybody_tells_no_overlap_with_that_of_a_group():
    rows = of_sets("chosen", "w|x", "w|y"), NORTH, SHARED
    shown = sp.release(reached(*rows), policy=CELLS).choices.set_index("role")
    assert shown.loc["shared", ["se", "df", "ci_low", "ci_high", "p", "p_adjusted"]].isna().all()
    assert shown.loc["shared", ["difference", "alike"]].tolist() == [-0.123, False]


def test_choices_that_come_twice_are_told_once_and_two_of_one_place_are_refused():
    once = reached()
    assert len(sp.release([once, once]).choices) == len(OF_SETS)
    for other in (
        of_sets("chosen", "w|y", "w|x"),
        of_sets("chosen", "w|x", "w|y", difference=0.2),
        of_sets("best", "x"),
    ):
        with pytest.raises(ReleaseError, match="one figure has two values"):
            sp.release([once, reached(other)])


def test_under_cells_nothing_is_said_beside_a_hidden_figure_and_the_audit_says_why():
    made = with_few_in_the_south()
    release = sp.release(made, policy=CELLS)
    figures = release.figures
    hidden = set(figures.loc[figures["flag"] == "suppressed", "domain"])
    assert "south" in hidden
    assert "_T" not in hidden
    assert set(release.choices["domain"]) == {"_T", *AREAS} - hidden
    by_base = sp.release(made).choices
    assert set(by_base["domain"]) == {"_T", *AREAS}
    counted = sp.audit(made, policy=CELLS).attrs["choices"]
    assert (counted["rows"], counted["shown"]) == (12, len(release.choices))
    gone = [counted[why] for why in ("hidden", "beside_hidden", "too_few")]
    assert sum(gone) == 12 - len(release.choices)
    assert counted["hidden"] > 0


def test_a_choice_of_an_earlier_release_in_which_something_was_hidden_is_not_told():
    estimates = sp.estimate(bound(), "use")
    first = sp.release(estimates, Refusing("b"), policy=CELLS)
    assert (first.figures["flag"] == "suppressed").any()
    later = sp.Policy(name="cells", already_published=(first,))
    assert len(sp.release(lines(estimates), policy=CELLS).choices) == 3
    assert sp.release(lines(estimates), policy=later).choices.empty


def test_under_cells_what_nothing_exceeds_has_twice_the_threshold_of_respondents():
    estimates = sp.estimate(bound({"north": (19, 12, 12)}), "use")
    assert len(sp.release(lines(estimates), policy=sp.Policy(name="cells", threshold=9)).choices)
    release = sp.release(lines(estimates), policy=CELLS)
    assert (release.figures["flag"] != "suppressed").all()
    assert release.choices.empty
    counted = sp.audit(lines(estimates), policy=CELLS).attrs["choices"]
    assert counted["too_few"] == counted["rows"] == 3


def test_under_cells_an_error_is_told_where_the_overlap_of_its_figures_is_known():
    shown = sp.release(reached(), policy=CELLS).choices.set_index(["role", "item"])
    alone = ~shown.index.isin([("chosen", "w|x")])  # w|x beside w|y: w|x|y is no figure
    for name in ("se", "df", "ci_low", "ci_high", "p", "p_adjusted"):
        assert shown.loc[alone, name].notna().all()
        assert shown.loc[~alone, name].isna().all()
    assert shown["alike"].notna().sum() == 4
    assert (shown["difference"] == -0.123).all()


def test_under_cells_the_overlap_of_two_options_is_known_where_both_together_are_shown():
    beside = of_sets("chosen", "w", "x")
    known = sp.release(reached(beside), policy=CELLS).choices
    assert known["p"].notna().all()
    alone = sp.estimate(bound(), sp.Reach("apps", (("w",), ("x",))))
    assert sp.release(chosen(alone, beside), policy=CELLS).choices["p"].isna().all()


def test_under_cells_lines_of_several_answers_tell_no_overlap_and_those_of_one_have_none():
    several = sp.estimate(bound(), "apps")
    made = chosen(several, of_options("w"), of_options("x", "w"))
    assert sp.release(made, policy=CELLS).choices["p"].isna().tolist() == [False, True]
    one = sp.release(lines(sp.estimate(bound(), "use")), policy=CELLS).choices
    assert one["p"].notna().all()


def test_under_cells_no_limit_is_told_of_sets_that_are_not_shown():
    rounded = sp.release(reached(), policy=CELLS).choices
    assert rounded["at_most"].isna().all()
    assert rounded["optimism"].notna().all()
    exact = sp.Policy(name="cells", full_precision=True)
    assert sp.release(reached(), policy=exact).choices["optimism"].isna().all()
