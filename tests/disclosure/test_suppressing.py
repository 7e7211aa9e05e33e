from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import ReleaseError
from tests.disclosure.attacking import Attack
from tests.disclosure.handmade import is_small

KEPT = sp.MinBase(0, 0)


def cells(threshold: int = 5, **others) -> sp.Policy:
    return sp.Policy(name="cells", threshold=threshold, **others)


def table(counts: dict[tuple[str, ...], int], names: tuple[str, ...]) -> pd.DataFrame:
    rows = [key for key, count in counts.items() for _ in range(count)]
    return pd.DataFrame(rows, columns=list(names))


def single(name: str, codes: Sequence[str], **others) -> sp.Single:
    options = tuple(sp.Code(code=code, label=code) for code in codes)
    return sp.Single(name=name, text=name, options=options, **others)


def several(name: str, codes: Sequence[str], **others) -> sp.Multiple:
    options = tuple(sp.Code(code=code, label=code) for code in codes)
    return sp.Multiple(name=name, text=name, options=options, **others)


def estimated(frame: pd.DataFrame, indicators, by, asked=None, **design) -> sp.Estimates:
    asked = sp.Questionnaire.infer(frame) if asked is None else asked
    return sp.estimate(sp.bind(frame, asked, sp.SampleDesign(**design)), indicators, by=by)


def released(estimates, **policy) -> sp.Release:
    return sp.release(estimates, KEPT, policy=cells(**policy))


def hidden(release: sp.Release) -> dict[tuple[str, str], str]:
    figures = release.figures
    gone = figures[figures["flag"] == "suppressed"]
    return {(row.domain, row.category): row.conf_status for row in gone.itertuples()}


def audited(estimates, **policy) -> pd.DataFrame:
    return sp.audit(estimates, KEPT, policy=cells(**policy))


def reasons(estimates, **policy) -> dict[tuple[str, str], str]:
    audit = audited(estimates, **policy)
    gone = audit[audit["situation"] != "usual"]
    return {(row.domain, row.category): row.situation for row in gone.itertuples()}


FIRST, FOR_OTHERS = "suppressed", "suppressed_secondary"
TWO = {("a", "y"): 3, ("a", "n"): 40, ("b", "y"): 30, ("b", "n"): 50}
THREE = {
    ("a", "y"): 3,
    ("a", "n"): 40,
    ("a", "x"): 35,
    ("b", "y"): 30,
    ("b", "n"): 50,
    ("b", "x"): 52,
    ("c", "y"): 31,
    ("c", "n"): 22,
    ("c", "x"): 90,
}


def test_of_a_table_of_two_by_two_with_its_margins_all_four_cells_are_hidden():
    found = reasons(estimated(table(TWO, ("area", "q")), ["q"], ["area"]))

    assert found == {
        ("a", "y"): FIRST,  # three gave it
        ("a", "n"): FIRST,  # and three did not give the other
        ("b", "y"): FOR_OTHERS,
        ("b", "n"): FOR_OTHERS,
    }


def test_nothing_released_says_whether_a_figure_is_hidden_for_itself_or_for_others():
    estimates = estimated(table(THREE, ("area", "q")), ["q"], ["area"])
    rules = (KEPT, sp.StatCan(marginal=0.14, unacceptable=0.14))
    release = sp.release(estimates, *rules, policy=cells())
    audit = sp.audit(estimates, *rules, policy=cells())
    gone = release.figures[release.figures["flag"] == "suppressed"]
    statuses = ["flag", "obs_status", "conf_status", "footnote"]

    assert set(audit["situation"]) >= {FIRST, FOR_OTHERS, "withheld"}
    assert gone[statuses].drop_duplicates().to_numpy().tolist() == [["suppressed", "Q", "C", ""]]
    assert set(sp.verdicts(estimates, *rules, policy=cells()).loc[gone.index, "situation"]) == {
        "confidential"
    }


def test_of_a_table_of_three_by_three_one_rectangle_is_hidden():
    gone = reasons(estimated(table(THREE, ("area", "q")), ["q"], ["area"]))

    assert gone.pop(("a", "y")) == FIRST
    assert set(gone.values()) == {FOR_OTHERS}
    (other,) = {area for area, code in gone if area != "a"}
    (with_it,) = {code for area, code in gone if area == "a"}
    assert set(gone) == {("a", with_it), (other, "y"), (other, with_it)}


def test_the_cheapest_rectangle_is_hidden():
    gone = hidden(released(estimated(table(THREE, ("area", "q")), ["q"], ["area"])))

    # Of the four that hold a/y, those of b/n, b/x, c/n, c/x: the one over c/n has the fewest.
    assert set(gone) == {("a", "y"), ("a", "n"), ("c", "y"), ("c", "n")}


def test_nothing_is_hidden_where_no_count_is_small():
    release = released(estimated(table(THREE, ("area", "q")), ["q"], ["area"]), threshold=3)

    assert not hidden(release)


def test_without_the_figures_of_everybody_there_is_less_to_hide():
    estimates = estimated(table(THREE, ("area", "q")), ["q"], ["area"])
    figures = released(estimates).figures
    everybody = figures[figures["breakdown"] == "_T"]

    assert (everybody["conf_status"] == "F").all()  # they cost most


def test_a_small_group_goes_with_all_its_rows_and_another_group_with_it():
    counts = THREE | {("d", "y"): 2, ("d", "n"): 1, ("d", "x"): 1}
    frame = table(counts, ("area", "q")).assign(r=lambda f: f["q"].map({"y": "1"}).fillna("2"))
    audit = audited(estimated(frame, ["q", "r"], ["area"]))
    gone = audit[audit["situation"] != "usual"]

    assert (gone[gone["domain"] == "d"]["situation"] == FIRST).all()
    assert len(gone[gone["domain"] == "d"]) == 5
    # Its respondents follow from all others', so all figures of another group go in both tables.
    whole = gone.groupby("domain").size()
    assert (whole == 5).sum() == 2


def test_a_number_is_judged_by_its_base():
    frame = table(THREE | {("d", "y"): 4}, ("area", "q")).assign(hours=1.5)
    audit = audited(estimated(frame, ["hours"], ["area"]))

    situations = dict(zip(audit["domain"], audit["situation"], strict=True))
    assert situations["d"] == FIRST
    assert list(situations.values()).count(FOR_OTHERS) == 1


def hidden_by_domain(figures: pd.DataFrame) -> dict[str, dict[str, bool]]:
    """Say of each domain whether any answer is hidden, and of each number whether it is."""
    gone = figures.assign(gone=figures["flag"] == "suppressed")
    kind = gone["indicator"].where(gone["category"] == "_Z", "answers")
    found: dict[str, dict[str, bool]] = {}
    for (domain, name), part in gone.groupby(["domain", kind]):
        found.setdefault(domain, {})[name] = bool(part["gone"].any())
    return found


def test_numbers_are_shown_where_all_answers_to_their_question_are():
    counts = {
        ("a", 1): 3,
        ("a", 2): 40,
        ("a", 3): 35,
        ("b", 1): 30,
        ("b", 2): 50,
        ("b", 3): 52,
        ("c", 1): 31,
        ("c", 2): 52,
        ("c", 3): 90,
    }
    options = tuple(sp.Code(code=code, label=str(code)) for code in (1, 2, 3))
    scale = sp.Scale(name="q", text="q", code_type="integer", options=options)
    agreement = sp.Boxes(name="box", of="q", top=1, bottom=1)
    asked = sp.Questionnaire(
        title="t", questions=(single("area", "abc"), scale), derived=(agreement,)
    )
    numbers = [sp.Mean("q", name="mean"), sp.Mean("box", name="net")]
    estimates = estimated(table(counts, ("area", "q")), ["q", *numbers], ["area"], asked)
    found = hidden_by_domain(released(estimates).figures)

    # One mean is two equations: on the scores by itself, on their squares by its error.
    assert all(one["mean"] == one["net"] == one["answers"] for one in found.values())
    assert {one["answers"] for one in found.values()} == {True, False}


def test_a_mean_of_hours_goes_with_hidden_bands_of_hours():
    frame = table(THREE, ("area", "q"))
    hours = frame["q"].map({"y": 1.0, "n": 3.0, "x": 6.0})
    bands = (
        sp.Band(code="low", label="low", maximum=2),
        sp.Band(code="some", label="some", minimum=2.5, maximum=5),
        sp.Band(code="many", label="many", minimum=5.5),
    )
    asked = sp.Questionnaire(
        title="t",
        questions=(single("area", "abc"), sp.Number(name="h", text="h", unit="hours")),
        derived=(sp.Bands(name="hb", of="h", label="hb", bands=bands),),
    )
    estimates = estimated(frame.assign(h=hours), ["hb", sp.Mean("h", name="mean")], ["area"], asked)
    found = hidden_by_domain(released(estimates).figures)

    assert {name: one["mean"] for name, one in found.items()} == {
        "_T": False,
        "a": True,
        "b": False,
        "c": True,
    }


def test_a_number_of_a_smaller_group_goes_with_the_answers_of_the_group_that_holds_it():
    frame = table(THREE, ("area", "q"))
    frame["sex"] = [("m", "f")[place % 2] for place in range(len(frame))]
    options = tuple(sp.Code(code=code, label=code, score=k) for k, code in enumerate("ynx"))
    asked = sp.Questionnaire(
        title="t",
        questions=(
            single("area", "abc"),
            single("sex", "mf"),
            sp.Scale(name="q", text="q", options=options),
        ),
    )
    bound = sp.bind(frame, asked)
    estimates = [
        sp.estimate(bound, ["q"], by="area"),
        sp.estimate(bound, [sp.Mean("q", name="mean")], by=[("area", "sex")]),
    ]
    figures = released(estimates).figures
    gone = figures.assign(gone=figures["flag"] == "suppressed", area=figures["domain"].str[0])
    crossed = gone[gone["indicator"] == "mean"].groupby("area")["gone"].agg(["min", "max"])
    answers = gone[gone["indicator"] == "q"].groupby("area")["gone"].any()

    assert not answers["b"]
    assert (crossed["min"] == crossed["max"]).all()
    assert crossed["max"].to_dict() == answers.to_dict()


def test_the_audit_names_the_answer_with_which_a_number_goes():
    options = tuple(sp.Code(code=code, label=code, score=k) for k, code in enumerate("ynx"))
    scale = sp.Scale(name="q", text="q", options=options)
    asked = sp.Questionnaire(title="t", questions=(single("area", "abc"), scale))
    frame = table(THREE, ("area", "q"))
    audit = audited(estimated(frame, ["q", sp.Mean("q", name="mean")], ["area"], asked))
    of_a = audit[(audit["indicator"] == "mean") & (audit["domain"] == "a")].iloc[0]

    assert of_a["situation"] == FOR_OTHERS
    assert "q / y / a" in of_a["why"]


def test_who_left_a_blank_is_not_taken_for_who_gave_another_answer():
    counts = {("a", "y"): 40, ("a", "n"): 3, ("a", ""): 30, ("b", "y"): 30, ("b", "n"): 50}
    frame = table(counts, ("area", "q"))
    asked = sp.Questionnaire(title="t", questions=(single("area", "ab"), single("q", "yn")))
    share = sp.Share("q", base="asked", name="of_asked")
    audit = audited(estimated(frame, [share], ["area"], asked)).set_index(["domain", "category"])

    # 33 of those asked in area a did not say yes, of whom 30 said nothing.
    assert audit.loc[("a", "y"), "situation"] == FIRST
    assert "3 did not give this answer" in audit.loc[("a", "y"), "why"]
    assert audit.loc[("b", "y"), "situation"] == FOR_OTHERS


def test_who_was_not_asked_is_not_taken_for_who_gave_the_answer_that_this_means():
    counts = {("a", "y"): 40, ("a", "n"): 3, ("b", "y"): 30, ("b", "n"): 50, ("c", ""): 60}
    answer = single("q", "yn", asked_if=sp.Is("area", "a", "b"), if_not_asked="n")
    asked = sp.Questionnaire(title="t", questions=(single("area", "abc"), answer))
    share = sp.Share("q", base="all", name="of_all")
    frame = table(counts, ("area", "q"))
    audit = audited(estimated(frame, [share], ["area"], asked), threshold=60)
    everybody = audit[audit["breakdown"] == "_T"].set_index("category")

    # 113 count as no; 60 of them were not asked, and 53 said so.
    assert "53 gave this answer" in everybody.loc["n", "why"]


def test_zeros_are_shown_or_hidden_as_the_policy_says():
    counts = {
        ("a", "y"): 50,
        ("a", "n"): 0,
        ("b", "y"): 30,
        ("b", "n"): 50,
        ("c", "y"): 44,
        ("c", "n"): 41,
    }
    estimates = estimated(table(counts, ("area", "q")), ["q"], ["area"])

    assert not hidden(released(estimates))
    gone = reasons(estimates, zeros="hide")
    assert gone[("a", "y")] == gone[("a", "n")] == FIRST


def test_a_profile_and_a_share_that_count_the_same_people_are_hidden_together():
    frame = table(THREE, ("area", "q"))
    indicators = ["q", sp.Profile("area", among="q")]
    figures = released(estimated(frame, indicators, ["area"])).figures

    gone = figures[figures["flag"] == "suppressed"]
    shares = gone[gone["indicator"] == "q"]
    profile = gone[gone["indicator"] != "q"]
    assert {(row.domain, row.category) for row in shares.itertuples()} == {
        (row.category, row.domain) for row in profile.itertuples()
    }


def test_a_group_of_codes_does_not_tell_of_one_of_them():
    counts = THREE
    asked = sp.Questionnaire(
        title="t",
        questions=(single("area", ["a", "b", "c"]), single("q", ["y", "n", "x"])),
        derived=(
            sp.Grouping(
                name="any",
                of="q",
                label="any",
                groups=(
                    sp.Group(code="yn", label="yn", codes=("y", "n")),
                    sp.Group(code="x", label="x", codes=("x",)),
                ),
            ),
        ),
    )
    figures = released(
        estimated(table(counts, ("area", "q")), ["q", "any"], ["area"], asked)
    ).figures
    gone = figures[figures["flag"] == "suppressed"]
    hidden_codes = {(row.domain, row.category) for row in gone.itertuples()}

    assert ("a", "y") in hidden_codes
    # x is shown in both tables or hidden in both: it is the same count.
    of_x = gone[gone["category"] == "x"].groupby("domain").size()
    assert set(of_x) <= {2}


def test_a_condition_makes_another_set_of_people():
    frame = table(THREE, ("area", "q"))
    asked = sp.Questionnaire.infer(frame)
    bound = sp.bind(frame, asked)
    everybody = sp.estimate(bound, sp.Share("q"), by="area")
    only = sp.estimate(bound, sp.Share("q", name="of_a"), where=sp.Is("area", "a"))
    figures = released([everybody, only]).figures

    # Those of area a are counted twice; what is hidden in one is hidden in the other.
    one = figures[(figures["indicator"] == "q") & (figures["domain"] == "a")]
    other = figures[figures["indicator"] == "of_a"]
    gone = [set(part[part["flag"] == "suppressed"]["category"]) for part in (one, other)]
    assert gone[0] == gone[1] == {"y", "n"} or gone[0] == gone[1] == {"y", "x"}


def test_what_was_published_before_stays_published_and_is_known():
    frame = table(TWO, ("area", "q"))
    estimates = estimated(frame, ["q"], ["area"])
    open_before = sp.release(estimates, KEPT, policy=sp.Policy(minimum_base=0))
    audit = audited(estimates, already_published=(open_before,))

    assert (audit.loc[audit["domain"] == "a", "situation"] == FIRST).all()
    # Nothing protects what everybody knows, so nothing else is hidden for it.
    assert (audit["situation"] == FOR_OTHERS).sum() == 0


def test_earlier_tables_of_the_same_answers_are_taken_into_account():
    frame = table(THREE, ("area", "q"))
    bound = sp.bind(frame, sp.Questionnaire.infer(frame))
    by_area = sp.estimate(bound, ["q"], by="area")
    before = released(sp.estimate(bound, [sp.Profile("area", among="q")]))
    figures = before.figures
    known = figures[(figures["domain"] != "y") & (figures["category"] == "a")]
    after = hidden(released(by_area, already_published=(before,)))
    found = sp.audit(by_area, KEPT, policy=cells(already_published=(before,)))

    # Two of the three counts of area a are known, so how many they are must not be told.
    assert known["n_category"].tolist() == [40, 35]
    assert {("a", "y"), ("a", "n"), ("a", "x")} <= set(after)
    assert ("a", "x") not in hidden(released(by_area))
    (row,) = found[(found["domain"] == "a") & (found["category"] == "y")].iloc
    assert (row["low"], row["high"] >= 8, row["protected"]) == (0, True, True)


def test_releases_of_other_answers_tell_nothing():
    others = released(estimated(table(TWO, ("area", "q")), ["q"], ["area"]))
    estimates = estimated(table(THREE, ("area", "q")), ["q"], ["area"])

    assert hidden(released(estimates, already_published=(others,))) == hidden(released(estimates))
    assert audited(estimates, already_published=(others,)).attrs["others"] == [0]


def test_answers_are_recognised_when_a_label_was_mended_or_a_variable_derived():
    frame = table(THREE, ("area", "q"))
    asked = sp.Questionnaire.infer(frame)
    again = sp.Questionnaire(title="mended", questions=asked.questions)
    profile = sp.Profile("area", among="q")
    before = released(sp.estimate(sp.bind(frame, asked), [profile]))
    mended = sp.bind(frame, again)
    several = [sp.estimate(mended, ["q"], by="area"), sp.estimate(mended, [profile])]
    audit = audited(several, already_published=(before,))

    assert before.hashes["answers"] != several[0].digests["answers"]
    assert audit.attrs["others"] == []
    same = audited(several, already_published=(released(several[1]),))
    assert audit["situation"].tolist() == same["situation"].tolist()
    assert {("a", "y"), ("a", "n"), ("a", "x")} <= set(
        hidden(released(several, already_published=(before,)))
    )


def test_variables_that_were_published_before_must_still_be_known():
    frame = table(THREE, ("area", "q"))
    asked = sp.Questionnaire.infer(frame)
    net = sp.Net(code="e", label="e", codes=("y",))
    nets = sp.Nets(name="either", of="q", label="e", nets=(net,))
    wider = sp.Questionnaire(title="t", questions=asked.questions, derived=(nets,))
    before = sp.release(
        sp.estimate(sp.bind(frame, wider), ["q", "either"], by="area"),
        KEPT,
        policy=sp.Policy(minimum_base=0),
    )

    with pytest.raises(ReleaseError, match="no longer has") as caught:
        released(sp.estimate(sp.bind(frame, asked), ["q"], by="area"), already_published=(before,))
    assert caught.value.found == "either"


def test_sensitive_questions_may_be_released_under_cells():
    asked = sp.Questionnaire(
        title="t",
        questions=(single("area", ["a", "b", "c"]), single("q", ["y", "n", "x"], sensitive=True)),
    )
    figures = released(estimated(table(THREE, ("area", "q")), ["q"], ["area"], asked)).figures

    assert (figures["question"] == "q").all()


def test_a_release_holds_no_hidden_number_in_any_form():
    counts = THREE | {("d", "y"): 41, ("d", "n"): 7, ("d", "x"): 139}
    frame = table(counts, ("area", "q"))
    weights = np.random.default_rng(3).uniform(500, 1500, len(frame))
    frame = frame.assign(w=weights)
    asked = sp.Questionnaire(
        title="t", questions=(single("area", ["a", "b", "c", "d"]), single("q", ["y", "n", "x"]))
    )
    estimates = estimated(frame, ["q"], ["area"], asked, weight="w")
    release = sp.release(estimates, KEPT, policy=cells(10, full_precision=True))
    raw = estimates.frame[(release.figures["flag"] == "suppressed").to_numpy()]
    written = pickle.dumps(release)

    assert len(raw) >= 4
    for value in raw[["estimate", "se"]].to_numpy().ravel():
        assert np.float64(value).tobytes() not in written
        assert repr(float(value)) not in repr(release)


def test_comparisons_with_what_is_hidden_for_others_go():
    estimates = sp.compare(
        estimated(table(THREE, ("area", "q")), ["q"], ["area"]), within="area", minimum_base=1
    )
    release = released(estimates)
    gone = hidden(release)
    left = release.comparisons

    assert len(left)
    for row in left.itertuples():
        assert not {(row.domain_a, row.category), (row.domain_b, row.category)} & set(gone)


def test_the_order_of_respondents_and_the_names_of_codes_change_nothing():
    frame = table(THREE, ("area", "q"))
    first = hidden(released(estimated(frame, ["q"], ["area"])))
    names = {"a": "zz", "b": "mm", "c": "aa", "y": "q9", "n": "q1", "x": "q5"}
    asked = sp.Questionnaire(
        title="t",
        questions=(single("area", ["zz", "mm", "aa"]), single("q", ["q1", "q5", "q9"])),
    )
    other = frame.sample(frac=1, random_state=4).map(names.get)
    second = hidden(released(estimated(other, ["q"], ["area"], asked)))

    assert {(names[a], names[q]): status for (a, q), status in first.items()} == second


@pytest.mark.parametrize("harm", ["respondents", "cells", "log"])
def test_the_methodology_says_how_figures_were_hidden(harm):
    release = released(estimated(table(TWO, ("area", "q")), ["q"], ["area"]), harm=harm)
    fact = release.methodology.fact("disclosure", "policy")

    assert fact is not None
    assert (fact["policy"], fact["complementary"]) == ("cells", True)
    assert (fact["threshold"], fact["zeros"], fact["harm"]) == (5, "show", harm)
    assert fact["suppressed"] == 4
    assert not [name for name in fact if "others" in name]  # it would tell how many are small


def test_the_bundled_poll_loses_as_much_as_the_documentation_says():
    poll = sp.Poll.load(Path(sp.__file__).parent / "demo" / "poll.toml")
    crossed = ("governorate", "age_group", "sex")
    estimates = sp.estimate(poll.weights(), "account", by=[*crossed, crossed])
    release = sp.release(estimates, KEPT, policy=sp.Policy(name="cells"))
    shown = release.figures["estimate"].notna().groupby(release.figures["breakdown"]).sum()
    rows = release.figures["breakdown"].value_counts()
    told = (Path(__file__).parents[2] / "docs" / "explanation" / "release.md").read_text("utf-8")

    names = {"_T": "nothing", "governorate": "governorate", "age_group": "age group", "sex": "sex"}
    names["|".join(crossed)] = "governorate, age group and sex crossed"
    for breakdown, words in names.items():
        assert f"| {words} | {rows[breakdown]} | {shown[breakdown]} |" in told


def one_answer(counts: list[int], weights: list[float], areas: int, blank: int) -> pd.DataFrame:
    codes = ["y", "n", "x", None]
    keys = [(f"a{k % areas}", "m" if k % 2 else "f", codes[k % 4]) for k in range(len(counts))]
    frame = table(dict(zip(enumerate(keys), counts, strict=True)), ("number", "key"))
    frame = pd.DataFrame(frame["key"].tolist(), columns=["area", "sex", "q"])
    frame.loc[: blank - 1, "sex"] = None
    picked = np.random.default_rng(len(frame)).choice(weights, len(frame))
    return frame.assign(w=picked)


@st.composite
def families(draw):
    areas = draw(st.integers(2, 4))
    size = areas * 2 * 4
    counts = draw(st.lists(st.integers(0, 14), min_size=size, max_size=size))
    counts = [count + (25 if k % 8 == 1 else 0) for k, count in enumerate(counts)]
    by = draw(st.sampled_from([["area"], ["area", "sex"], [("area", "sex")],
                               ["sex", ("area", "sex")]]))  # fmt: skip
    return one_answer(counts, [0.5, 1.0, 2.5], areas, draw(st.integers(0, 4))), areas, by


@given(families(), st.integers(2, 8), st.sampled_from(["log", "cells", "respondents"]))
@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
def test_no_attacker_comes_closer_to_a_small_count_than_the_threshold(family, threshold, harm):
    frame, areas, by = family
    asked = sp.Questionnaire(
        title="t",
        questions=(
            single("area", [f"a{k}" for k in range(areas)]),
            single("sex", ["m", "f"]),
            single("q", ["y", "n", "x"]),
        ),
    )
    estimates = estimated(frame, ["q"], by, asked, weight="w")
    release = released(estimates, threshold=threshold, harm=harm)

    assert small_and_shown(estimates, release, threshold) == []
    assert Attack([estimates], release, threshold, complete=["area"], whole=False).holes() == []


def small_and_shown(estimates: sp.Estimates, release: sp.Release, threshold: int) -> list[object]:
    """Return the counts of few that a release shows."""
    rows = zip(
        estimates.frame.to_dict("records"), release.figures["conf_status"].tolist(), strict=True
    )
    return [row["n_category"] for row, status in rows if is_small(row, threshold) and status != "C"]


@given(st.data())
@settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
def test_options_of_several_answers_and_their_nets_do_not_tell_of_each_other(data):
    size = 60
    draws = st.lists(st.sampled_from([0, 0, 0, 1]), min_size=size, max_size=size)
    frame = pd.DataFrame({f"use_{one}": data.draw(draws) for one in "uvw"})
    frame["sex"] = ["m", "f"] * (size // 2)
    asked = sp.Questionnaire(
        title="t",
        questions=(single("sex", ["m", "f"]), several("use", "uvw", blank="none")),
        derived=(
            sp.Nets(
                name="some",
                of="use",
                label="some",
                nets=(sp.Net(code="uv", label="uv", codes=("u", "v")),),
            ),
        ),
    )
    estimates = estimated(frame, ["use", "some"], ["sex"], asked)
    release = released(estimates, threshold=6)

    assert small_and_shown(estimates, release, 6) == []
    assert Attack([estimates], release, 6, complete=["sex"], whole=False).holes() == []


@pytest.mark.parametrize(("blank", "least"), [("missing", 70), ("none", 0)])
def test_who_chose_something_and_not_one_option_chose_another(blank, least):
    frame = table({(1, 1): 27, (1, 0): 70, (0, 1): 3}, ("m_u", "m_v"))
    asked = sp.Questionnaire(title="t", questions=(several("m", "uv", blank=blank),))
    audit = audited(estimated(frame, ["m"], None, asked)).set_index("item")

    assert audit.loc["v", "situation"] == "usual"
    assert audit.loc["u", ["low", "high"]].tolist() == [least, 100]


TICKED = {
    ("a", 1, 1): 10,
    ("a", 1, 0): 38,
    ("a", 0, 1): 30,
    ("a", 0, 0): 3,
    ("b", 1, 1): 28,
    ("b", 1, 0): 19,
    ("b", 0, 1): 32,
    ("b", 0, 0): 20,
    ("c", 1, 1): 28,
    ("c", 1, 0): 29,
    ("c", 0, 1): 35,
    ("c", 0, 0): 23,
}


BANDS = (
    sp.Band(code="none", label="none", maximum=0),
    sp.Band(code="one", label="one", minimum=1, maximum=1),
    sp.Band(code="two", label="two", minimum=2),
)
ASKED = sp.Questionnaire(
    title="t",
    questions=(single("area", "abc"), several("m", "uv", blank="none")),
    derived=(sp.Bands(name="number", of="m", label="number", bands=BANDS),),
)


def ticked(indicators: list[object]) -> pd.DataFrame:
    frame = table(TICKED, ("area", "m_u", "m_v"))
    return audited(estimated(frame, indicators, ["area"], ASKED)).set_index(
        ["indicator", "domain", "item", "category"]
    )


def test_how_many_options_were_chosen_is_a_table_like_any_other():
    found = ticked(["number"]).xs("_Z", level="item")
    of_a = found.loc[("number", "a", "none")]

    assert of_a["situation"] == FIRST
    assert (of_a["low"], of_a["protected"]) == (0, True)
    assert of_a["high"] >= 8
    assert (found["situation"] == FOR_OTHERS).sum() == 3
    shown = found[found["situation"] == "usual"]
    assert (shown["low"] == shown["respondents"]).all()


def test_an_exact_mean_of_options_is_shown_only_where_no_option_is_hidden_anywhere():
    few = {("a", 1, 1): 2, ("a", 0, 1): 40, ("a", 0, 0): 20}
    others = {(area, *ticks): 30 for area in "bcd" for ticks in ((1, 1), (1, 0), (0, 1), (0, 0))}
    frame = table(few | others, ("area", "m_u", "m_v"))
    estimates = estimated(frame, ["m", sp.Mean("m", name="chosen")], ["area"], ASKED)
    exact, rounded = (released(estimates, full_precision=one).figures for one in (True, False))
    hidden = {
        name: figures.groupby("indicator")["flag"].agg(lambda flags: (flags == "suppressed").sum())
        for name, figures in (("exact", exact), ("rounded", rounded))
    }

    assert 0 < hidden["exact"]["m"] < (exact["indicator"] == "m").sum()
    assert hidden["exact"]["chosen"] == (exact["indicator"] == "chosen").sum()
    assert hidden["rounded"]["chosen"] < hidden["exact"]["chosen"]


def test_bands_of_options_and_options_do_not_tell_of_each_other():
    counts = {
        ("a", 1, 1): 12,
        ("a", 1, 0): 3,
        ("a", 0, 1): 40,
        ("a", 0, 0): 20,
        ("b", 1, 1): 30,
        ("b", 1, 0): 31,
        ("b", 0, 1): 2,
        ("b", 0, 0): 41,
        ("c", 1, 1): 20,
        ("c", 1, 0): 28,
        ("c", 0, 1): 33,
        ("c", 0, 0): 1,
    }
    estimates = estimated(table(counts, ("area", "m_u", "m_v")), ["m", "number"], ["area"], ASKED)
    release = released(estimates)

    assert Attack([estimates], release, 5, complete=["area"]).holes() == []


def test_whom_a_set_reaches_is_no_fewer_than_whom_one_option_of_it_reaches():
    frame = table({(1, 1): 10, (1, 0): 38, (0, 1): 30, (0, 0): 3}, ("m_u", "m_v"))
    asked = sp.Questionnaire(title="t", questions=(several("m", "uv", blank="none"),))
    estimates = estimated(frame, ["m", sp.Reach("m", ("u", "v"), name="reach")], None, asked)
    reach = audited(estimates).set_index("indicator").loc["reach"]

    assert reach["situation"] == FIRST  # three of 81 are not reached
    assert (reach["low"], reach["high"]) == (48, 81)  # 48 chose one option


ASKED_MEN = {
    ("a", "m", "x"): 20,
    ("a", "m", "y"): 25,
    ("a", "f", ""): 40,
    ("b", "m", "x"): 1,
    ("b", "m", "y"): 3,
    ("b", "f", ""): 50,
    ("c", "m", "x"): 30,
    ("c", "m", "y"): 30,
    ("c", "f", ""): 33,
}


def routed(counts: dict[tuple[str, ...], int]) -> pd.DataFrame:
    """Audit a question that men are asked, where the men of each area were published before."""
    questions = (
        single("area", "abc"),
        single("sex", "mf"),
        single("q", "xy", asked_if=sp.Is("sex", "m")),
    )
    asked = sp.Questionnaire(title="t", questions=questions)
    frame = table(counts, ("area", "sex", "q"))
    by_sex = estimated(frame, ["sex"], ["area"], asked)
    before = sp.release(by_sex, KEPT, policy=sp.Policy(minimum_base=0))
    audit = audited(estimated(frame, ["q"], ["area"], asked), already_published=(before,))
    return audit.set_index(["domain", "category"])


def test_who_was_asked_follows_from_those_who_had_to_be():
    found = routed(ASKED_MEN)

    assert found.loc[("b", "x"), ["low", "high"]].tolist() == [0, 4]
    assert not found.loc[("b", "x"), "protected"]


def test_answers_against_the_routing_do_not_stop_a_release():
    found = routed(ASKED_MEN | {("b", "f", ""): 40, ("b", "f", "y"): 10, ("c", "f", "x"): 7})

    assert found.loc[("b", "x"), "situation"] == FIRST


def test_the_base_of_a_routed_question_does_not_tell_how_few_were_not_asked():
    counts = {
        ("a", "no", ""): 3,
        ("a", "yes", "x"): 20,
        ("a", "yes", "y"): 25,
        ("b", "no", ""): 30,
        ("b", "yes", "x"): 30,
        ("b", "yes", "y"): 35,
        ("c", "no", ""): 40,
        ("c", "yes", "x"): 20,
        ("c", "yes", "y"): 33,
    }
    questions = (
        single("area", "abc"),
        single("account", ["yes", "no"]),
        single("q", "xy", asked_if=sp.Is("account", "yes")),
    )
    asked = sp.Questionnaire(title="t", questions=questions)
    frame = table(counts, ("area", "account", "q"))
    audit = audited(estimated(frame, ["account", "q"], ["area"], asked))
    found = audit.set_index(["indicator", "domain", "category"])
    few = found.loc[("account", "a", "no")]

    # How many of area a were asked tells how many have an account, and not how many have none.
    assert (few["low"], few["high"] >= 8, few["protected"]) == (0, True, True)
    assert found.loc[("account", "a", "yes"), ["low", "high"]].tolist() == [45, 45]
    assert set(found.loc[("account", "b"), "situation"]) == {FOR_OTHERS}


def test_parts_of_all_time_are_refused_and_named_and_shown_under_base():
    frame = pd.DataFrame({"apps": ["a", "a b", "b"] * 20, "hours": [1.0, 2.0, 3.0] * 20})
    number = sp.Number(name="hours", text="?", unit={"en": "hours"})
    asked = sp.Questionnaire(title="t", questions=(several("apps", "ab", layout="cell"), number))
    wanted = sp.Reach("apps", ("a",), time="hours")
    estimates = estimated(frame, ["apps", wanted], None, asked)

    for ask in (released, audited):
        with pytest.raises(ReleaseError, match="parts of all time") as caught:
            ask(estimates)
        assert caught.value.found == "apps_reach_of_time"
    shown = sp.release(estimates).figures.set_index("indicator")
    assert shown.loc["apps_reach_of_time", "estimate"] == 0.5


def test_the_time_of_a_sensitive_question_is_not_shown_under_base():
    frame = pd.DataFrame({"apps": ["a", "b"] * 20, "hours": [1.0, 2.0] * 20})
    number = sp.Number(name="hours", text="?", unit={"en": "hours"}, sensitive=True)
    asked = sp.Questionnaire(title="t", questions=(several("apps", "ab", layout="cell"), number))
    estimates = estimated(frame, sp.Reach("apps", ("a",), time="hours"), None, asked)

    with pytest.raises(ReleaseError, match="sensitive") as caught:
        sp.release(estimates)
    assert caught.value.found == "hours"
