# ruff: noqa: PD011 - weights and targets have values that are not those of pandas
from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
import tomlkit

import socialpoll as sp
from socialpoll.errors import TargetError, WeightingError
from socialpoll.weighting import recipe_from
from tests.weighting.polls import CROSSED, REGION, SEX

SOURCED = sp.Targets.of(
    "sex", SEX, source={"en": "Census", "ar": "تعداد"}, date=dt.date(2020, 12, 12)
)
RECIPE = sp.Recipe(
    (
        sp.PostStratify("region", REGION, total=1000),
        sp.Rake(
            (sp.Margin("sex", SOURCED), sp.Margin(("sex", "region"), CROSSED)),
            total=2000.0,
            tolerance=1e-6,
            max_iterations=7,
            on_miss="warn",
        ),
        sp.Rake((sp.Margin("sex", SEX),)),
    )
)


def test_a_recipe_survives_the_way_through_its_tables():
    assert recipe_from(RECIPE.to_tables(), ".") == RECIPE


def test_a_recipe_survives_the_way_through_a_toml_file():
    written = tomlkit.dumps({"weighting": {"steps": RECIPE.to_tables()}})

    tables = tomlkit.parse(written).unwrap()["weighting"]["steps"]

    assert recipe_from(tables, ".") == RECIPE


def test_what_has_its_default_is_not_written():
    assert sp.Recipe((sp.Rake((sp.Margin("sex", SEX),)),)).to_tables() == [
        {"step": "rake", "margins": [{"of": "sex", "targets": SEX}]}
    ]


def test_the_canonical_form_is_the_same_for_every_way_of_writing_it():
    turned = dict(reversed(REGION.items()))
    written = {str(code): target for code, target in turned.items()}

    forms = {
        sp.Recipe((sp.PostStratify("region", values),)).canonical
        for values in (REGION, turned, written)
    }

    assert len(forms) == 1


def test_the_canonical_form_tells_different_recipes_apart():
    def canonical(step):
        return sp.Recipe((step,)).canonical

    margin = sp.Margin("sex", SEX)
    steps = [
        sp.Rake((margin,)),
        sp.Rake((margin,), total=10),
        sp.Rake((margin,), tolerance=1e-6),
        sp.Rake((margin, sp.Margin("region", REGION))),
        sp.Rake((sp.Margin("sex", {"male": 0.4, "female": 0.6}),)),
        sp.PostStratify("sex", SEX),
        sp.PostStratify("sex", SEX, total=10),
    ]

    assert len({canonical(step) for step in steps}) == len(steps)


def test_a_margin_takes_a_mapping_a_frame_and_targets_alike():
    frame = pd.DataFrame({"sex": list(SEX), "target": list(SEX.values())})

    margins = {sp.Margin("sex", form).name for form in (SEX, frame, sp.Targets.of("sex", SEX))}
    targets = [sp.Margin("sex", form).targets for form in (SEX, frame)]

    assert margins == {"sex"}
    assert targets == [sp.Targets.of("sex", SEX)] * 2


def test_a_margin_turns_the_variables_of_its_targets():
    frame = pd.DataFrame({"region": [1], "sex": ["male"], "target": [1.0]})

    assert sp.Margin(("sex", "region"), frame).targets.values == {("male", 1): 1.0}


def test_a_margin_of_other_variables_than_its_targets_is_refused():
    with pytest.raises(TargetError, match="found sex; allowed: region"):
        sp.Margin("region", sp.Targets.of("sex", SEX))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: sp.Rake(()), "raking to no margins"),
        (lambda: sp.Rake((sp.Margin("sex", SEX),), total=0), "rake, total"),
        (lambda: sp.Rake((sp.Margin("sex", SEX),), total=float("nan")), "rake, total"),
        (lambda: sp.Rake((sp.Margin("sex", SEX),), tolerance=0), "found 0; allowed: above 0"),
        (lambda: sp.Rake((sp.Margin("sex", SEX),), tolerance=0.5), "at most 0.05"),
        (lambda: sp.Rake((sp.Margin("sex", SEX),), max_iterations=0), "allowed: 1 or more"),
        (lambda: sp.Rake((sp.Margin("sex", SEX),), on_miss="ignore"), "allowed: raise, warn"),
        (lambda: sp.PostStratify("sex", SEX, total=-1), "poststratify, total"),
        (lambda: sp.Margin("sex", SEX, missing="own"), "allowed: raise, own_class"),
        (lambda: sp.Margin("sex", [0.5, 0.5]), "found list; allowed: Targets"),
        (
            lambda: sp.Recipe(({"step": "rake"},)),
            "found dict; allowed: Selection, UnknownEligibility",
        ),
    ],
)
def test_what_cannot_be_run_is_refused_when_it_is_declared(make, said):
    with pytest.raises(WeightingError) as raised:
        make()

    assert said in str(raised.value)
