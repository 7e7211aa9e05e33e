"""Stacks of waves: what they hold, and what cannot be stacked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import DesignError, EstimationError, WeightingError
from tests.indicators.polls import CLUSTERED, TWO_STAGES, answers, bound, questionnaire

HALVES = {"m": 0.5, "f": 0.5}


def renamed(asked: sp.Questionnaire, name: str, **changes: object) -> sp.Questionnaire:
    questions = [replace(one, **changes) if one.name == name else one for one in asked.questions]
    return replace(asked, questions=tuple(questions))


def test_a_stack_holds_the_cases_the_weights_and_the_strata_of_every_wave():
    weights, plain = sp.rake(bound(1), {"sex": HALVES}, total=1000), bound(2, TWO_STAGES)
    stacked = sp.stack({"2019": weights, "2020": plain})
    assert stacked.names == ("2019", "2020")
    assert len(stacked.responses) == 120
    assert stacked.mass.forward()[:60].tolist() == weights.values.tolist()
    assert stacked.mass.forward()[60:].tolist() == (plain.base_weight * plain.interviewed).tolist()
    assert stacked.responses.strata_labels == ("2019: s", "2019: t", "2020: s", "2020: t")
    assert stacked.responses.frame["wave"].tolist() == ["2019"] * 60 + ["2020"] * 60
    assert repr(stacked) == "<Waves 2019, 2020: 120 cases>"


def test_the_identity_of_a_stack_is_that_of_its_waves_and_names():
    waves = [bound(1), bound(2)]
    ids = {
        sp.stack(dict(zip(names, several, strict=True))).id
        for names, several in (("ab", waves), ("ac", waves), ("ab", waves[::-1]))
    }
    assert len(ids) == 3
    assert sp.stack({"a": waves[0], "b": waves[1]}).id in ids


def test_a_list_of_waves_takes_the_names_they_were_bound_with():
    waves = [sp.bind(answers(one), questionnaire(), CLUSTERED, wave=f"w{one}") for one in (1, 2)]
    assert sp.stack(waves).names == ("w1", "w2")
    with pytest.raises(WeightingError, match="name of its own"):
        sp.stack([bound(1), bound(2)])


def test_the_methodology_counts_the_cases_of_all_waves():
    methodology = sp.stack({"a": bound(1), "b": bound(2)}).methodology
    cases, design = (methodology.fact("responses", one) for one in ("cases", "design"))
    assert cases["cases"] == 120
    assert (design["strata"], design["units"]) == (4, 12)
    assert methodology.fact("waves", "stack")["waves"] == ("a", "b")


def divided(asked: sp.Questionnaire, *questions: str) -> sp.Questionnaire:
    """Return a questionnaire of two versions, one of them with some questions."""
    versions = (
        sp.Version(code="x", label="X", questions=questions),
        sp.Version(code="y", label="Y"),
        sp.Version(code="z", label="Z", questions=questions),
    )
    split = sp.Split(name="form", label="Form", column="area2", versions=versions)
    block = sp.Block(name="block", questions=("hours", "rooms"), order="random")
    return replace(asked, splits=(split,), blocks=(block,))


def test_split_samples_and_blocks_of_all_waves_are_those_of_their_stack():
    waves = {
        name: sp.bind(
            answers(seed).assign(area2=lambda one: one["area"]),
            divided(questionnaire(), "hours", "rooms"),
            CLUSTERED,
        )
        for name, seed in (("a", 1), ("b", 2))
    }
    stacked = sp.stack(waves).responses
    assert stacked.questionnaire.splits == waves["b"].questionnaire.splits
    assert stacked.questionnaire.blocks == waves["b"].questionnaire.blocks
    assert len(stacked.columns["form"].position) == 120


def test_what_was_put_to_other_versions_is_not_stacked():
    frames = {seed: answers(seed).assign(area2=lambda one: one["area"]) for seed in (1, 2)}
    asked = divided(questionnaire(), "hours", "rooms"), divided(questionnaire(), "rooms")
    waves = [sp.bind(frames[seed], one, CLUSTERED) for seed, one in zip((1, 2), asked, strict=True)]
    stacked = sp.stack({"a": waves[0], "b": waves[1]}).responses.questionnaire
    assert "hours" not in stacked.names
    assert "rooms" in stacked.names
    assert stacked.blocks[0].questions == ("rooms",)
    assert [one.questions for one in stacked.splits[0].versions] == [("rooms",), (), ("rooms",)]


def test_outcomes_are_stacked_where_every_wave_declares_them():
    outcomes = {"in": "interview", "out": "refusal"}
    with_outcomes = replace(CLUSTERED, outcomes=outcomes)
    known = [sp.bind(answers(one), questionnaire(), with_outcomes) for one in (1, 2)]

    both = sp.stack({"a": known[0], "b": known[1]}).responses
    one = sp.stack({"a": known[0], "b": bound(2)}).responses

    assert both.outcome.tolist() == [*known[0].outcome.tolist(), *known[1].outcome.tolist()]
    assert one.outcome is None
    rates = sp.response_rates(both, by="wave").frame.query("rate == 'RR1'").set_index("domain")
    for name, wave in zip("ab", known, strict=True):
        assert rates.loc[name, "value"] == sp.response_rates(wave)["RR1"]
    assert rates.loc["_T", "value"] == both.interviewed.mean()


def test_a_stack_does_not_report_the_response_rates_of_its_last_wave():
    design = replace(CLUSTERED, outcomes={"in": "interview", "out": "refusal"})
    waves = [sp.bind(answers(one), questionnaire(), design) for one in (1, 2)]
    facts = [sp.response_rates(one).fact() for one in waves]
    told = [
        replace(wave, methodology=wave.methodology.adding(fact))
        for wave, fact in zip(waves, facts, strict=True)
    ]

    assert (
        sp.stack(dict(zip("ab", told, strict=True))).methodology.fact("responses", "rates") is None
    )


def test_a_question_that_differs_is_refused_with_what_differs_and_the_others_are_not():
    asked = questionnaire()
    other = renamed(asked, "hours", text={"und": "Hours a week?"})
    stacked = sp.stack({"a": bound(1), "b": sp.bind(answers(2), other, CLUSTERED)})
    assert len(sp.estimate(stacked, "trust", by="sex")) == 18
    for call in (
        lambda: sp.estimate(stacked, ["trust", sp.Mean("hours")]),
        lambda: sp.estimate(stacked, sp.Ratio("rooms", "hours")),
        lambda: sp.estimate(stacked, "trust", where=sp.Answered("hours")),
    ):
        with pytest.raises(EstimationError, match=r"'hours': its wording differs.*'a' and 'b'"):
            call()


def test_the_mean_that_centred_clusters_are_compared_with_is_that_of_their_wave():
    centred = replace(CLUSTERED, strata="stratum", fpc=None, fpc_as=None, lonely="centered")
    waves = []
    for seed in (1, 2):
        data = answers(seed)
        data["cluster"] = np.where(data["stratum"] == "s", 0, data["cluster"])
        waves.append(sp.bind(data, questionnaire(), centred))
    stacked = sp.estimate(sp.stack({"a": waves[0], "b": waves[1]}), sp.Mean("hours")).frame
    alone = [sp.estimate(one, sp.Mean("hours")).frame["se"].iloc[0] for one in waves]
    assert stacked["se"].tolist() == pytest.approx(alone, rel=1e-12)
    assert set(stacked["caveat"]) == {"lonely cluster centred"}


def test_lonely_strata_are_joined_within_their_wave():
    collapse = replace(CLUSTERED, fpc=None, fpc_as=None, lonely="collapse")
    waves = []
    for seed in (1, 2):
        data = answers(seed)
        data["cluster"] = np.where(data["stratum"] == "s", 0, data["cluster"])
        waves.append(sp.bind(data, questionnaire(), collapse))
    stacked = sp.estimate(sp.stack({"a": waves[0], "b": waves[1]}), "hours").frame
    alone = [sp.estimate(one, "hours").frame.iloc[0] for one in waves]
    assert stacked["se"].tolist() == pytest.approx([one["se"] for one in alone], rel=1e-12)
    assert stacked["df"].tolist() == [one["df"] for one in alone]


def test_totals_of_a_wave_whose_weights_sum_to_its_sample_are_refused():
    scaled = sp.rake(bound(1), {"sex": HALVES}, total=float(bound(1).interviewed.sum()))
    with pytest.raises(EstimationError, match="sum to the population"):
        sp.estimate(sp.stack({"a": scaled, "b": bound(2)}), sp.Total("area"))


def test_designs_that_contradict_one_another_are_refused():
    certain = bound(2, replace(CLUSTERED, lonely="certainty"))
    with pytest.raises(WeightingError, match="lonely"):
        sp.stack({"a": bound(1), "b": certain})
    with pytest.raises(WeightingError, match="at least two"):
        sp.stack({"a": bound(1)})
    with pytest.raises(WeightingError, match="no way"):
        sp.stack({"a": bound(1), "b": bound(2)}, units="some")
    alone = answers(1)
    alone["cluster"] = np.where(alone["stratum"] == "s", 0, alone["cluster"])
    with pytest.raises(DesignError, match="only one sampling unit"):
        sp.stack({"a": sp.bind(alone, questionnaire(), CLUSTERED), "b": bound(2)})


def test_units_in_common_need_names_and_one_stage():
    elements = sp.SampleDesign(strata="stratum", weight="weight")
    with pytest.raises(WeightingError, match="without clusters"):
        sp.stack({"a": bound(1, elements), "b": bound(2, elements)}, units="common")
    with pytest.raises(WeightingError, match="first stage alone"):
        sp.stack({"a": bound(1, TWO_STAGES), "b": bound(2, TWO_STAGES)}, units="common")


def test_a_question_may_not_take_the_name_of_the_stack_s_own():
    wave = sp.Number(name="wave", text={"und": "w"}, unit={"en": "w"})
    asked = replace(questionnaire(), questions=(*questionnaire().questions, wave))
    with pytest.raises(WeightingError, match="called 'wave'"):
        sp.stack({"a": sp.bind(answers(1).assign(wave=1), asked, CLUSTERED), "b": bound(2)})


def test_a_stack_is_released_like_any_other_source():
    estimates = sp.estimate(sp.stack({"a": bound(1, size=400), "b": bound(2, size=400)}), "trust")
    released = sp.release(estimates)
    assert released.figures["wave"].tolist() == ["a"] * 3 + ["b"] * 3
    assert released.figures["estimate"].notna().all()
