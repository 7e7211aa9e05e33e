"""What is told of the method does not tell a hidden count, beside the figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import SmallGroupsError
from tests.disclosure.accounts import Account
from tests.disclosure.attacking import Attack, Bound
from tests.disclosure.families import BREAKDOWNS, family, indicator
from tests.disclosure.handmade import codes, filled, without_figures
from tests.disclosure.joint import Joint
from tests.disclosure.published import Published
from tests.disclosure.test_attacker import FEW

KEPT = sp.MinBase(0, 0)
AREAS = {
    ("a", "y"): 2,
    ("a", "n"): 1,
    ("b", "y"): 30,
    ("b", "n"): 40,
    ("c", "y"): 50,
    ("c", "n"): 60,
}
FEW_ASKED = {("a", "y", "k"): 2, ("a", "y", "l"): 1, ("a", "n", ""): 40, ("b", "n", ""): 50}


def cells(threshold: int = 5) -> sp.Policy:
    return sp.Policy(name="cells", threshold=threshold)


def answered(counts: dict[tuple[object, ...], int]) -> sp.Responses:
    questions = (
        sp.Single(name="area", text="area", options=codes("abc")),
        sp.Single(name="q", text="q", options=codes("yn")),
        sp.Single(name="why", text="why", options=codes("kl"), asked_if=sp.Is("q", "y")),
    )
    names = ("area", "q", "why")[: len(next(iter(counts)))]
    asked = sp.Questionnaire(title="t", questions=questions[: len(names)])
    return sp.bind(filled(counts, names), asked)


def of_respondents(found: list[Bound]) -> list[Bound]:
    """Return the bounds of counts; a margin of the weights is known from elsewhere."""
    return [one for one in found if one.by == "respondents"]


def raked_to_areas() -> tuple[sp.Estimates, Account, Attack]:
    """Return answers of few in area a, raked to what areas weigh, and one who sees no figures."""
    weights = sp.rake(answered(AREAS), {"area": {"a": 0.1, "b": 0.4, "c": 0.5}}, total=1000)
    estimates = sp.estimate(weights, ["q"], by="area")
    release = sp.release(estimates, KEPT)
    account = Account.of(release, weights.margins.to_dict("records"))
    return estimates, account, Attack([estimates], release, 5, complete=["area", "q"])


def test_the_limits_of_weights_bound_a_count_of_known_weight():
    _, account, attack = raked_to_areas()
    known = attack.known(without_figures(attack.release.figures), "_Z")
    in_a = known.people.gave("area", "a").astype(float)
    none = Joint(known, Account(interviews=183))
    told = Joint(known, replace(account, smallest=500 / 110, largest=100 / 3))

    assert none.interval("respondents", in_a)[0] == pytest.approx(0, abs=1e-3)
    # The heaviest weigh a third of a hundred each, and those in a weigh a hundred together.
    assert told.interval("respondents", in_a)[0] == pytest.approx(3, rel=1e-4)
    assert told.interval("weights", in_a) == pytest.approx((100, 100), rel=1e-4)


def test_an_effective_base_tells_how_many_have_which_of_two_weights():
    frame = filled(AREAS, ("area", "q"))
    frame["w"] = np.where(frame["area"] == "a", 1.0, 3.0)
    asked = answered(AREAS).questionnaire
    estimates = sp.estimate(sp.bind(frame, asked, sp.SampleDesign(weight="w")), ["q"], by="area")
    release = sp.release(estimates, KEPT, policy=sp.Policy(minimum_base=50))
    known = Attack([estimates], release, 5).known(release.figures, "_Z")
    total, squares = 3 + 3 * 180, 3 + 9 * 180
    account = Account(
        interviews=183, smallest=1.0, largest=3.0, total=total, effective=total**2 / squares
    )
    everybody = known.people.everybody().astype(float)

    assert Joint(known, account).interval("weights", everybody) == pytest.approx((543, 543))


@settings(FEW, max_examples=2)
@given(
    seed=st.integers(0, 10_000),
    names=st.lists(
        st.sampled_from(["q", "g", "persons", "m"]), min_size=1, max_size=2, unique=True
    ),
    by=st.lists(st.sampled_from(BREAKDOWNS), min_size=1, max_size=2, unique=True),
    threshold=st.integers(3, 15),
)
def test_interviews_and_effective_bases_tell_no_small_count(seed, names, by, threshold):
    estimates = sp.estimate(family(seed, gaps=False), [indicator(one) for one in names], by=by)
    release = sp.release(estimates, KEPT, policy=cells(threshold))
    account = Account.of(release)
    attack = Attack([estimates], release, threshold, complete=["area", "sex"], account=account)

    assert attack.holes() == []


def raked(seed: int, threshold: int, *, alike: bool) -> sp.Weights | None:
    """Return a family raked to whatever has no group below the threshold; None where all have."""
    draw = np.random.default_rng(seed)
    people = family(seed, gaps=False)
    if alike:
        people = replace(people, base_weight=np.ones(len(people)))
    margins = {}
    for name in ("area", "sex"):
        cases = people.frame[name].value_counts()
        if cases.min() >= threshold:
            others = draw.dirichlet(np.full(len(cases), 5.0))
            shares = (cases / cases.sum() + others) / 2
            margins[name] = {str(code): share for code, share in shares.items()}
    return sp.rake(people, margins, total=90_000) if margins else None


@settings(FEW, max_examples=4)
@given(
    seed=st.integers(0, 10_000),
    name=st.sampled_from(["q", "g", "persons"]),
    by=st.sampled_from(["area", "hb", "sex"]),
    threshold=st.integers(3, 10),
    alike=st.booleans(),
)
def test_what_is_raked_to_large_groups_tells_no_small_count(seed, name, by, threshold, alike):
    weights = raked(seed, threshold, alike=alike)
    assume(weights is not None)
    estimates = sp.estimate(weights, [indicator(name)], by=by)
    release = sp.release(estimates, KEPT, policy=cells(threshold))
    account = Account.of(release, weights.margins.to_dict("records"))
    attack = Attack([estimates], release, threshold, complete=["area", "sex"], account=account)

    assert of_respondents(attack.holes()) == []


def told_by(published: Published, *complete: str, account: bool = False) -> Attack:
    """Return the attack of one who has the figures of a run, or all its files."""
    release = published.run.release
    weights = published.run.manifest["weights"]
    limits = weights["diagnostics"][-1]
    told = replace(
        Account.of(release, weights["margins"]),
        smallest=limits.get("min"),
        largest=limits.get("max"),
    )
    return Attack(
        published.estimates,
        release,
        int(published.facts.of("disclosure", "policy")["threshold"]),
        complete=complete,
        whole=False,
        account=told if account else None,
    )


def test_the_figures_of_a_run_bound_no_small_count(small):
    found = told_by(small, "area", "sex", "bus").bounds()

    assert len(found) > 10
    assert [one for one in found if not one.protected] == []


def test_the_figures_of_the_bundled_poll_bound_no_small_count(demo):
    figures = demo.run.release.figures
    # Who uses which platforms is told of everybody and of the sexes alone.
    found = told_by(demo, "governorate", "age", "sex").bounds(
        figures[figures["indicator"] != "platforms"]
    )

    assert len(found) > 100
    assert [one for one in found if not one.protected] == []


def test_all_that_a_run_of_the_bundled_poll_tells_bounds_no_small_count(demo):
    figures = demo.run.release.figures
    groups = figures["breakdown"].isin(["_T", "governorate", "age_group", "sex"])
    found = told_by(demo, "governorate", "age", "sex", account=True).bounds(
        figures[groups & (figures["indicator"] == "account")]
    )

    assert len(found) > 10
    assert [one for one in found if not one.protected] == []


def test_all_that_a_run_tells_bounds_no_small_count(small):
    attack = told_by(small, "area", "sex", "bus", account=True)

    assert of_respondents(attack.holes()) == []


def test_the_spread_of_weights_bounds_a_small_group_of_known_weight_from_below_so_it_is_refused():
    estimates, account, attack = raked_to_areas()
    known = attack.known(without_figures(attack.release.figures), "_Z")
    in_a = known.people.gave("area", "a").astype(float)
    limits = replace(account, smallest=None, largest=None)

    # Nothing is shown; a weighs 100, and the squares of all weights come to 7,892: one is too few.
    assert 100**2 / 7892 < Joint(known, limits).interval("respondents", in_a)[0] < 3
    with pytest.raises(SmallGroupsError):
        sp.release(estimates, KEPT, policy=cells())


def test_a_codebook_does_not_tell_how_few_were_asked():
    responses = answered(FEW_ASKED)
    estimates = sp.estimate(responses, ["q", "why"], by="area")
    release = sp.release(estimates, KEPT, policy=cells())
    bases = sp.codebook(responses.questionnaire, responses, threshold=5).bases
    account = Account(interviews=93, asked={name: tuple(one) for name, one in bases.items()})
    alone = Attack([estimates], release, 5, account=Account(interviews=93))

    assert alone.holes() == []
    attack = Attack([estimates], release, 5, account=account)
    assert of_respondents(attack.holes()) == []


def test_the_median_design_effect_is_not_that_of_a_hidden_figure():
    counts = {("a", "y"): 3, ("a", "n"): 40, ("b", "y"): 1, ("b", "n"): 50}
    frame = filled(counts, ("area", "q"))
    frame["w"] = np.where(np.arange(len(frame)) % 2, 2.0, 1.0)
    asked = answered(counts).questionnaire
    estimates = sp.estimate(sp.bind(frame, asked, sp.SampleDesign(weight="w")), ["q"], by="area")
    release = sp.release(estimates, KEPT, policy=cells())
    hidden = estimates.frame["deff"].to_numpy(dtype=float)
    told = [fact.values.get("deff_median") for fact in release.methodology.facts]

    assert release.figures["estimate"].isna().all()
    assert not any(np.isclose(hidden, one, rtol=1e-12).any() for one in told if one is not None)
