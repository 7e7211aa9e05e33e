from __future__ import annotations

import pickle

import numpy as np
import pytest

import socialpoll as sp
from tests.weighting.polls import CROSSED, REGION, SEX, answers, bound

COUNTS = {"male": 500, "female": 500}


def test_the_weights_cannot_be_written_to():
    weights = sp.rake(bound(), {"sex": SEX})

    with pytest.raises(ValueError, match="read-only"):
        weights.values[0] = 9
    with pytest.raises(AttributeError):
        weights.id = "other"


def test_frames_are_copies():
    weights = sp.rake(bound(), {"sex": SEX})

    for frame in (weights.margins, weights.diagnostics, weights.to_frame()):
        frame.iloc[:, -1] = 0

    assert weights.margins["final"].min() > 0
    assert weights.diagnostics["sum"].min() > 0
    assert weights.to_frame()["weight"].min() > 0
    assert weights.values.min() > 0


def test_the_frame_has_a_row_a_case():
    frame = answers()
    weights = sp.rake(bound(frame), {"sex": SEX})

    table = weights.to_frame()

    assert list(table) == ["row", "base_weight", "weight"]
    assert table["row"].tolist() == list(range(len(frame)))
    assert (table["base_weight"] == frame["base"]).all()
    assert (table["weight"] == weights.values).all()
    assert len(weights) == len(frame)


def test_margins_tell_the_sample_the_targets_and_what_was_reached():
    frame = answers()
    weights = sp.rake(bound(frame), {"sex": COUNTS, "region": REGION})

    margins = weights.margins.set_index(["margin", "level"])

    male = margins.loc["sex", "male"]
    assert male["n"] == 80
    assert male["sample_share"] == pytest.approx(1 / 3)
    assert male["before"] == pytest.approx(frame.loc[frame["sex"] == "male", "base"].sum())
    assert male["target"] == 500
    assert male["reached"] == pytest.approx(500)
    assert margins.loc["region"]["target"].tolist() == pytest.approx([500, 300, 200])
    assert (margins["final"] == margins["reached"]).all()


def test_a_margin_that_a_later_step_moves_is_told_with_its_final_error():
    frame = answers()
    steps = (sp.PostStratify("sex", COUNTS), sp.PostStratify("region", REGION))

    weights = sp.weigh(bound(frame), sp.Recipe(steps))

    male = weights.margins.set_index(["step", "level"]).loc[(1, "male")]
    final = weights.values[frame["sex"] == "male"].sum()
    assert male["relative_error"] == pytest.approx(0, abs=1e-12)
    assert male["final"] == pytest.approx(final)
    assert male["final_error"] == pytest.approx(abs(final / 500 - 1))
    (finding,) = weights.findings.to_dict("records")
    assert (finding["severity"], finding["step"], finding["margin"]) == ("note", 1, "sex")


def test_diagnostics_follow_the_weights_from_step_to_step():
    frame = answers()
    steps = (sp.PostStratify("sex", COUNTS), sp.PostStratify("region", REGION))
    weights = sp.weigh(bound(frame), sp.Recipe(steps))

    table = weights.diagnostics

    assert table["name"].tolist() == ["base", "poststratify", "poststratify"]
    for row, of in zip(
        table.to_dict("records"),
        (frame["base"].to_numpy(), weights.mass.entering(1), weights.values),
        strict=True,
    ):
        deff = 1 + of.var() / of.mean() ** 2
        assert row["deff"] == pytest.approx(deff)
        assert row["n_effective"] == pytest.approx(len(of) / deff)
        assert row["sum"] == pytest.approx(of.sum())
        assert [row["min"], row["p5"], row["p50"], row["p99"], row["max"]] == pytest.approx(
            np.percentile(of, [0, 5, 50, 99, 100])
        )
    factor = weights.values / weights.mass.entering(1)
    assert table.loc[2, ["g_min", "g_p1", "g_p50", "g_p95", "g_max"]].tolist() == pytest.approx(
        np.percentile(factor, [0, 1, 50, 95, 100]).tolist()
    )
    assert np.isnan(table.loc[0, "g_p50"])


def test_weights_that_sum_to_the_interviews_are_of_the_sample():
    frame = answers()

    def scale(**options):
        return sp.rake(bound(frame), {"sex": SEX}, **options).scale

    assert scale(total=240) == scale(total=241) == "sample"
    assert scale(total=242) == scale(total=1_000_000) == "population"


def test_the_id_names_answers_and_recipe():
    def identity(margins, size=240, **options):
        return sp.rake(bound(answers(size)), margins, **options).id

    plain = identity({"sex": SEX})

    assert len(plain) == 64
    assert identity({"sex": dict(reversed(SEX.items()))}) == plain
    others = [
        identity({"sex": SEX}, 239),
        identity({"sex": SEX}, total=7),
        identity({"region": REGION}),
    ]
    assert len({plain, *others}) == 4


def test_the_account_of_the_method_names_variables_sources_and_spread():
    census = sp.Targets.of("sex", COUNTS, source={"en": "Census", "ar": "تعداد"})
    weights = sp.rake(bound(), {"sex": census, ("sex", "region"): CROSSED})

    rake = weights.methodology.fact("weighting", "rake")
    spread = weights.methodology.fact("weighting", "diagnostics")

    assert rake["variables"] == ("sex", "sex|region")
    assert (rake["sources"], rake["sources.ar"]) == (("Census",), ("تعداد",))
    assert (rake["total"], rake["tolerance"], rake["rescaled"]) == (1000, 1e-8, ())
    assert rake["iterations"] >= 1
    assert spread["sum"] == pytest.approx(1000)
    assert spread["deff"] == pytest.approx(weights.diagnostics["deff"].iloc[-1])
    assert (spread["smallest"], spread["largest"]) == (weights.values.min(), weights.values.max())
    assert weights.responses.methodology.facts == weights.methodology.facts[:-2]


def test_weights_say_what_they_are():
    assert repr(sp.rake(bound(), {"sex": COUNTS})) == "<Weights of 240 cases: rake, sum 1,000>"


def test_weights_survive_pickling():
    weights = sp.rake(bound(), {"sex": SEX})

    again = pickle.loads(pickle.dumps(weights))  # noqa: S301 - of our own making

    assert again.id == weights.id
    assert (again.values == weights.values).all()
