"""Sets chosen for a goal, held against all subsets counted row by row, and the jackknife."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.demo import POLL_FILE
from socialpoll.errors import EstimationError, UnknownNameError
from socialpoll.indicators import CHOICE_COLUMNS, no_choices
from tests.indicators import polls
from tests.indicators.test_best_reaching import OPTIONS, wide
from tests.indicators.test_mentioning import polled

COSTS = {"a": 4.0, "b": 3.0, "c": 2.0, "d": 2.0, "e": 1.0}
PRECISION = ["se", "df", "ci_low", "ci_high", "p", "p_adjusted", "optimism"]


def reach_by_hand(ticked: np.ndarray, weight: np.ndarray, base: np.ndarray, codes) -> pd.Series:
    """Return the reach of every subset, the smallest first, counted row by row."""
    return pd.Series(
        {
            "|".join(codes[one] for one in several): weight @ ticked[:, several].any(axis=1)
            for size in range(1, len(codes) + 1)
            for several in combinations(range(len(codes)), size)
        }
    ) / (weight @ base)


def of_apps(responses: sp.Responses, inside: np.ndarray | None = None) -> pd.Series:
    """Return the reach of every subset of the options, of those who answered."""
    column = responses["apps"]
    base = responses.interviewed & (column.state == 0)
    base = base if inside is None else base & inside
    ticked = (column.ticked == 1) & base[:, None]
    return reach_by_hand(ticked, responses.base_weight, base, OPTIONS)


def served_by_hand(reach: pd.Series, goal: sp.Goal, costs=None) -> str:
    """Return the set that serves a goal best, looking at one after another."""
    best, key = "", None
    for item, share in reach.items():
        codes = item.split("|")
        cost = sum(costs[one] for one in codes) if costs else 0
        if (goal.size and len(codes) > goal.size) or (
            goal.budget is not None and cost > goal.budget
        ):
            continue
        enough = goal.reach is not None and share >= goal.reach - 1e-12
        burden = (cost if costs else len(codes)) if enough else 0
        ours = (not enough, burden, -round(share, 10), len(codes), cost)
        if key is None or ours < key:
            best, key = item, ours
    return best


@pytest.fixture(scope="module")
def clustered() -> sp.Responses:
    return wide(5, 300)


@pytest.fixture(scope="module")
def chosen(clustered: sp.Responses) -> sp.Estimates:
    return sp.choose(clustered, sp.BestReach("apps", sp.Goal(size=3)), by=["sex", "area"])


def of_role(estimates: sp.Estimates, role: str) -> pd.DataFrame:
    choices = estimates.choices
    return choices[choices["role"] == role].reset_index(drop=True)


# What is found


def test_no_set_of_the_demo_poll_reaches_more_than_the_best_of_its_size():
    weights = sp.Poll.load(POLL_FILE).weights()
    asked = sp.BestReach("platforms", sp.Goal(size=8), base="all")
    found = sp.choose(weights, asked)
    column, counted = weights.responses["platforms"], weights.responses.interviewed
    ticked = (column.ticked[:, :8] == 1) & (column.state == 0)[:, None] & counted[:, None]
    codes = [str(one.code) for one in column.options[:8]]
    reach = reach_by_hand(ticked, weights.values, counted, codes)
    figures = found.frame.set_index("item")["estimate"]
    best = of_role(found, "best")

    assert best["size"].tolist() == list(range(1, 9))
    for item, size in zip(best["item"], best["size"], strict=True):
        of_size = reach[[one.count("|") + 1 == size for one in reach.index]]
        assert figures[item] == pytest.approx(of_size.max(), abs=1e-12)
        assert figures[item] == pytest.approx(reach[item], abs=1e-12)


@settings(max_examples=6, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    design=st.sampled_from([polls.CLUSTERED, polls.TWO_STAGES, polls.ELEMENTS]),
    goal=st.sampled_from(
        [
            sp.Goal(size=2),
            sp.Goal(reach=0.6),
            sp.Goal(size=3, reach=0.99),
            sp.Goal(budget=5.0, costs=COSTS),
            sp.Goal(reach=0.5, costs=COSTS),
            sp.Goal(size=2, reach=0.7, budget=6.0, costs=COSTS),
        ]
    ),
)
def test_whatever_the_design_the_goal_is_served_as_trying_all_sets_one_by_one_does(
    seed, design, goal
):
    responses = replaced(wide(seed, 80), design)
    found = sp.choose(responses, sp.BestReach("apps", goal), by="area")
    area = responses["area"].position

    for row in of_role(found, "chosen").itertuples():
        inside = None if row.domain == "_T" else area == "xyz".index(row.domain)
        reach = of_apps(responses, inside)
        expected = served_by_hand(reach, goal, goal.costs and COSTS)
        assert row.item == expected
        figure = found.frame.query("domain == @row.domain and item == @row.item")["estimate"].item()
        assert figure == pytest.approx(reach[expected], abs=1e-12)


def replaced(responses: sp.Responses, design: sp.SampleDesign) -> sp.Responses:
    """Return the same answers in another design, as the file would be bound."""
    data = polls.answers(len(responses), len(responses), clusters=6).drop(columns="apps")
    ticked = responses["apps"].ticked
    for place, code in enumerate(OPTIONS):
        data[f"apps_{code}"] = ticked[:, place]
    return sp.bind(data, responses.questionnaire, design)


def test_every_set_that_a_choice_names_has_a_figure_in_every_domain(chosen):
    frame, choices = chosen.frame, chosen.choices
    names = {*choices["item"], *choices["against_item"]} - {""}

    assert set(frame["item"]) == names
    assert len(frame) == len(names) * len(frame[["breakdown", "domain"]].drop_duplicates())
    order = [(one.count("|"), one) for one in frame["item"].drop_duplicates()]
    assert order == sorted(order)
    assert tuple(choices.columns) == CHOICE_COLUMNS
    pd.testing.assert_series_equal(choices.dtypes, no_choices().dtypes)
    assert (of_role(chosen, "chosen").groupby(["breakdown", "domain"]).size() == 1).all()


def test_differences_are_contrasts_of_the_figures(chosen):
    frame = chosen.frame
    places = frame.reset_index().set_index(["domain", "item"])["index"]
    compared = chosen.choices.query("against_item != ''")

    for row in compared.itertuples():
        one, other = places[row.domain, row.item], places[row.domain, row.against_item]
        contrast = chosen.contrast({one: 1, other: -1})
        assert row.difference == pytest.approx(contrast.estimate, abs=1e-12)
        assert row.se == pytest.approx(contrast.se, rel=1e-6, abs=1e-9)
        assert row.df == contrast.df
        if contrast.se > 0:
            assert row.p == pytest.approx(contrast.p, rel=1e-6)
            assert row.ci_low == pytest.approx(contrast.ci_low, rel=1e-6)
            assert row.ci_high == pytest.approx(contrast.ci_high, rel=1e-6)


def test_the_loss_without_an_option_and_the_gain_of_one_more_are_of_the_named_sets(chosen):
    for _, group in chosen.choices.groupby(["breakdown", "domain"]):
        best = group[group["role"] == "best"]
        sets = group[group["role"] == "chosen"].iloc[0]
        without = group[group["role"] == "without"]
        assert best["size"].tolist() == [1, 2, 3]
        assert best["against_item"].tolist() == ["", *best["item"][:-1]]
        assert (best["difference"].dropna() >= 0).all()
        codes = sets["item"].split("|")
        assert without["item"].tolist() == [
            "|".join(one for one in codes if one != code) for code in codes
        ]
        assert set(without["against_item"]) == {sets["item"]}
        assert (without["difference"] <= 0).all()


def test_the_families_of_gains_and_of_losses_are_adjusted_by_holm(chosen):
    from socialpoll.indicators.adjusting import adjusted

    for role in ("best", "without"):
        for _, group in of_role(chosen, role).groupby(["breakdown", "domain"]):
            tested = group.dropna(subset="p")
            expected = adjusted(tested["p"].to_numpy(), "holm")
            assert tested["p_adjusted"].tolist() == pytest.approx(expected.tolist())
            assert tested["alike"].tolist() == (tested["p_adjusted"] > 0.05).tolist()


def test_the_rival_is_the_allowed_set_with_the_largest_p(clustered, chosen):
    sets = [one for size in (1, 2, 3) for one in combinations(OPTIONS, size)]
    every = sp.estimate(clustered, sp.Reach("apps", tuple(sets)))
    items = every.frame["item"].tolist()
    row = of_role(chosen, "chosen").iloc[0]
    here = items.index(row["item"])
    p = pd.Series(
        {one: every.contrast({here: 1, at: -1}).p for at, one in enumerate(items) if at != here}
    )

    assert row["against_item"] == p.idxmax()
    assert row["p"] == pytest.approx(p.max(), rel=1e-6)
    assert bool(row["alike"]) == (row["p_adjusted"] > 0.05)


@pytest.mark.parametrize("weigh", [False, True])
def test_the_set_of_everybody_stands_beside_the_own_set_of_each_domain_that_has_another(weigh):
    responses = wide(7, 120)
    source = sp.rake(responses, {"sex": {"m": 900.0, "f": 1100.0}}) if weigh else responses
    found = sp.choose(source, sp.BestReach("apps", sp.Goal(size=2)), by=["sex", "area"])
    own = of_role(found, "chosen").set_index("domain")["item"]
    shared = of_role(found, "shared").set_index("domain")
    places = found.frame.reset_index().set_index(["domain", "item"])["index"]

    assert len(shared) >= 3
    assert set(shared.index) == set(own.index[own != own["_T"]])
    assert set(shared["item"]) == {own["_T"]}
    for domain, row in shared.iterrows():
        contrast = found.contrast({places[domain, own["_T"]]: 1, places[domain, own[domain]]: -1})
        assert (row["against_item"], row["df"]) == (own[domain], contrast.df)
        assert row["difference"] == pytest.approx(contrast.estimate, abs=1e-12)
        told = [row[one] for one in ("se", "p", "p_adjusted", "ci_low", "ci_high")]
        ours = [contrast.se, contrast.p, contrast.p, contrast.ci_low, contrast.ci_high]
        assert told == pytest.approx(ours, rel=1e-6)
        assert row["alike"] == (row["p"] > 0.05)


def test_what_the_set_of_everybody_reaches_less_is_a_difference_of_weights():
    # Of men, 4 of 6 have a and 1 has b; of women, all have b. Everybody: 7 of 12 have b.
    men_and_women = polled(["a", "b", "a b", "b", "c", "b"], weight=[3, 2, 1, 1, 2, 3])
    asked = sp.BestReach("q", sp.Goal(size=1))
    (row,) = of_role(sp.choose(men_and_women, asked, by="sex"), "shared").itertuples()

    assert (row.domain, row.item, row.against_item, row.size) == ("m", "b", "a", 1)
    assert row.difference == pytest.approx(1 / 6 - 4 / 6, abs=1e-12)


def test_the_set_of_everybody_may_cost_more_than_that_of_a_domain_and_is_told_apart():
    cells = ["a", "b", "a b", "b", "c", "b"] * 20
    goal = sp.Goal(reach=0.6, costs={"a": 1, "b": 5, "c": 7})
    found = sp.choose(polled(cells), sp.BestReach("q", goal), by="sex")
    (row,) = of_role(found, "shared").itertuples()

    assert of_role(found, "chosen")["item"].tolist() == ["b", "a", "b"]
    assert (row.domain, row.item, row.against_item, row.cost) == ("m", "b", "a", 5)
    assert row.difference == pytest.approx(1 / 3 - 2 / 3)
    assert not row.alike
    assert of_role(sp.choose(polled(cells), sp.BestReach("q", goal)), "shared").empty


# Precision


@pytest.mark.parametrize("weigh", [False, True])
def test_errors_agree_with_the_jackknife(clustered, weigh):
    source = clustered
    if weigh:
        source = sp.rake(clustered, {"sex": {"m": 900.0, "f": 1100.0}})
    asked = sp.BestReach("apps", sp.Goal(size=2))
    linear = sp.choose(source, asked, by="sex")
    replicated = sp.choose(sp.replicate(source, sp.Jackknife()), asked, by="sex")

    ours, theirs = linear.choices, replicated.choices
    same = ours["against_item"] == theirs["against_item"]
    assert ours["item"].tolist() == theirs["item"].tolist()
    assert same.mean() > 0.7
    known = same & (ours["se"] > 0)
    assert theirs["se"][known].to_numpy() == pytest.approx(ours["se"][known].to_numpy(), rel=0.1)
    assert theirs["optimism"].to_numpy() == pytest.approx(
        ours["optimism"].to_numpy(), abs=0.004, nan_ok=True
    )


def test_an_opt_in_sample_has_choices_without_precision():
    asked = sp.Questionnaire(title="t", questions=(polled(["a"]).questionnaire["q"],))
    data = pd.DataFrame({"q": ["a b", "c", "a", "none"] * 5})
    responses = sp.bind(data, asked, sp.SampleDesign(sampling="opt_in"))
    choices = sp.choose(responses, sp.BestReach("q", sp.Goal(size=2))).choices

    assert choices["item"].tolist() == ["a", "a|c", "a|c", "c", "a"]
    assert choices["against_item"].tolist() == ["", "a", "a", "a|c", "a|c"]
    assert choices["difference"].tolist()[1:] == pytest.approx([0.25, 0.25, -0.5, -0.25])
    assert choices[PRECISION[:1] + PRECISION[2:]].isna().all(axis=None)
    assert choices["alike"].isna().all()


def test_a_domain_where_nobody_is_in_the_base_has_no_choices():
    cells = ["a b", "", "c", "", "a", ""] * 4  # every second one, the women, did not answer
    found = sp.choose(polled(cells), sp.BestReach("q", sp.Goal(size=2)), by="sex")

    assert set(found.choices["domain"]) == {"_T", "m"}
    assert set(found.frame["domain"]) == {"_T", "m", "f"}
    nobody = sp.choose(
        polled(["", "", "", ""]), sp.BestReach("q", sp.Goal(size=2), among=["b", "a"])
    )
    assert nobody.frame["item"].tolist() == ["a", "b"]
    assert nobody.frame["estimate"].isna().all()
    assert nobody.choices.empty


def test_sets_that_reach_the_same_persons_are_alike_without_a_test():
    found = sp.choose(polled(["a b", "a b", "none", "c"] * 5), sp.BestReach("q", sp.Goal(size=1)))
    row = of_role(found, "chosen").iloc[0]

    assert (row["item"], row["against_item"]) == ("a", "b")
    assert row["difference"] == row["se"] == 0
    assert np.isnan(row["p"])
    assert bool(row["alike"]) is True


def test_there_is_no_luck_in_taking_everything_nor_in_what_a_set_has_beyond_a_part_of_it():
    responses = polled(["a b", "a", "b", "c", "none"] * 3)
    every = of_role(sp.choose(responses, sp.BestReach("q", sp.Goal(size=3))), "chosen")
    assert every["item"].tolist() == ["a|b|c"]
    assert every["optimism"].tolist() == pytest.approx([0.0], abs=1e-12)

    two = sp.choose(responses, sp.BestReach("q", sp.Goal(size=2)))
    best = of_role(two, "best").set_index("size")["optimism"]
    assert of_role(two, "chosen")["optimism"].item() == pytest.approx(best[2])
    budget = sp.Goal(budget=2, costs={"a": 1, "b": 1, "c": 1})
    paid = sp.choose(responses, sp.BestReach("q", budget))
    assert of_role(paid, "chosen")["optimism"].item() == pytest.approx(best[2])


# Goals


def test_where_nothing_reaches_the_goal_the_set_is_taken_that_reaches_most():
    responses = polled(["a", "b", "c", "none"] * 5)
    found = sp.choose(responses, sp.BestReach("q", sp.Goal(reach=0.9, size=2)))

    assert of_role(found, "chosen")["item"].tolist() == ["a|b"]
    assert of_role(found, "chosen")["cost"].isna().all()


def test_a_goal_that_is_reached_takes_the_least_cost_and_tells_of_it():
    responses = polled(["a", "a", "b", "c", "none"] * 4)
    costs = {"a": 5, "b": 1, "c": 1.5}
    found = sp.choose(responses, sp.BestReach("q", sp.Goal(reach=0.4, costs=costs)))
    choices = found.choices.set_index("role")

    assert choices.loc["chosen", "item"] == "b|c"
    assert choices.loc["chosen", "cost"] == 2.5
    assert choices.loc["chosen", "against_item"] == "b"  # what costs more is no rival
    assert choices.loc["without", "cost"].tolist() == [1.5, 1]
    assert sorted(choices.loc["best", "item"]) == ["a", "a|b"]


def test_a_budget_without_an_option_that_it_pays_for_names_the_cheapest():
    goal = sp.Goal(budget=1, costs={"a": 3, "b": 2, "c": 4})
    with pytest.raises(EstimationError, match="no option that the budget pays for") as caught:
        sp.choose(polled(["a b", "c"]), sp.BestReach("q", goal))

    assert caught.value.where == "Goal.budget"
    assert "2 or more, the cost of 'b'" in caught.value.allowed


@pytest.mark.parametrize(
    ("costs", "found"), [({"a": 1, "b": 2}, "no cost of 'c'"), ({**COSTS}, "'d', 'e'")]
)
def test_costs_are_of_the_options_to_choose_from_and_of_each(costs, found):
    with pytest.raises(EstimationError) as caught:
        sp.choose(polled(["a b", "c"]), sp.BestReach("q", sp.Goal(size=1, costs=costs)))

    assert caught.value.where == "Goal.costs"
    assert caught.value.found == found


def test_the_methodology_says_what_was_looked_for_and_how(clustered):
    goal = sp.Goal(size=2, budget=6, costs=COSTS)
    asked = sp.BestReach("apps", goal, name="spots", title="Spots")
    found = sp.choose(clustered, asked, seed=np.random.default_rng(3))

    fact = found.methodology.fact("indicators", "goal of spots")
    assert fact == {
        "size": 2,
        "reach": None,
        "budget": 6,
        "costs": ("a=4.0", "b=3.0", "c=2.0", "d=2.0", "e=1.0"),
        "among": tuple(OPTIONS),
        "base": "answered",
        "sets": 5 + 9,  # a and b cost more together
        "searched": "all",
        "draws": 2000,
        "seed": fact["seed"],
    }
    assert set(found.choices["indicator"]) == set(found.frame["indicator"]) == {"spots"}
    assert set(found.titles) == {"spots"}
    again = sp.choose(clustered, asked, seed=fact["seed"])
    pd.testing.assert_frame_equal(found.choices, again.choices)


def test_where_there_are_too_many_sets_to_try_a_bound_says_what_none_goes_beyond():
    many = tuple(sp.Code(code=f"o{one}", label="o") for one in range(100))
    asked = sp.Multiple(name="q", text="?", options=many, layout="cell")
    cells = ["o1 o2", "o3", "o40 o1", "o51", "o51 o3", "o59", "o7", "o7", "o8 o59"]
    responses = sp.bind(pd.DataFrame({"q": cells}), sp.Questionnaire(title="t", questions=(asked,)))
    found = sp.choose(responses, sp.BestReach("q", sp.Goal(reach=0.95)))

    fact = found.methodology.fact("indicators", "goal of q_best_reach")
    assert (fact["searched"], fact["sets"]) == ("solver", 2**100 - 1)
    row = of_role(found, "chosen").iloc[0]
    assert row["item"] == "o1|o3|o7|o51|o59"
    assert row["at_most"] == pytest.approx(1)
    best = of_role(found, "best")
    assert best["size"].tolist() == [1, 2, 3, 4, 5]
    assert best["at_most"].isna().tolist() == [True] * 3 + [False] * 2
    assert len(of_role(found, "without")) == 5


# What makes no difference


def test_neither_the_order_of_rows_nor_the_names_of_codes_make_a_difference(clustered):
    def chosen_of(codes: str, order: np.ndarray) -> pd.DataFrame:
        data = polls.answers(5, 300, clusters=6).drop(columns="apps")
        ticked = clustered["apps"].ticked
        for place, code in enumerate(codes):
            data[f"apps_{code}"] = ticked[:, place]
        options = tuple(sp.Code(code=one, label=one) for one in codes)
        asked = sp.Multiple(name="apps", text="?", options=options, blank="none")
        others = [one for one in polls.questionnaire().questions if one.name != "apps"]
        questionnaire = sp.Questionnaire(title="t", questions=(*others, asked))
        responses = sp.bind(data.iloc[order], questionnaire, polls.CLUSTERED)
        return sp.choose(responses, sp.BestReach("apps", sp.Goal(size=3)), by="sex").choices

    first = chosen_of(OPTIONS, np.arange(300))
    second = chosen_of("vwzkm", np.random.default_rng(1).permutation(300))
    names = str.maketrans("vwzkm", OPTIONS)
    for one in ("item", "against_item"):
        second[one] = [item.translate(names) for item in second[one]]
        second[one] = second[one].astype(first[one].dtype)
    pd.testing.assert_frame_equal(first, second, rtol=1e-6, atol=1e-7)


def test_another_seed_changes_optimism_alone_and_little(clustered, chosen):
    other = sp.choose(
        clustered, sp.BestReach("apps", sp.Goal(size=3)), by=["sex", "area"], seed=8
    ).choices
    ours = chosen.choices
    assert not ours["optimism"].equals(other["optimism"])
    assert other["optimism"].to_numpy() == pytest.approx(
        ours["optimism"].to_numpy(), abs=0.008, nan_ok=True
    )
    pd.testing.assert_frame_equal(ours.drop(columns="optimism"), other.drop(columns="optimism"))


# What is refused


def test_what_cannot_be_looked_for_is_refused():
    responses = polled(["a b", "c"])
    goal = sp.Goal(size=2)
    with pytest.raises(UnknownNameError):
        sp.choose(responses, sp.BestReach("quest", goal))
    with pytest.raises(UnknownNameError):
        sp.choose(responses, sp.BestReach("q", goal), by="sect")
    with pytest.raises(EstimationError, match="several answers"):
        sp.choose(responses, sp.BestReach("sex", goal))
    with pytest.raises(EstimationError, match="no option 'z'"):
        sp.choose(responses, sp.BestReach("q", goal, among=["a", "z"]))
    with pytest.raises(EstimationError, match="in one wave"):
        sp.choose(sp.stack({"1": responses, "2": responses}), sp.BestReach("q", goal))
    with pytest.raises(EstimationError, match="base 'all' needs to know"):
        sp.choose(responses, sp.BestReach("q", goal, base="all"))
    for seed in (-1, "x", True, 1.5):
        with pytest.raises(EstimationError, match="the seed") as caught:
            sp.choose(responses, sp.BestReach("q", goal), seed=seed)
        assert caught.value.found == repr(seed)
