from __future__ import annotations

import dataclasses
import datetime as dt
import traceback
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.demo.register.declared import LAYOUT
from socialpoll.errors import RegisterError, TargetError, UnknownNameError
from tests.register import people as made
from tests.register.people import AGE, ASKED, GOVERNORATE, GROUPS, SEX, register_of, single

FIVE = register_of(
    [
        {},
        {"sex": "female", "birth_date": "2000-01-01"},
        {"governorate": "dhofar", "birth_date": "1950-01-01"},
        {"governorate": None, "household": "h2"},
        {"sex": "female", "birth_date": "2010-01-01"},
    ]
)


def left(people):
    return dict(zip(people.left_out["reason"], people.left_out["people"], strict=True))


def test_ages_bands_and_codes_are_those_of_the_questionnaire():
    people = sp.population(FIVE, ASKED, complete=("governorate",))
    told = people.frame.sort_values("age").drop(columns=["person", "household"])

    assert told.to_numpy().tolist() == [
        ["female", 23.0, "muscat", "18-29"],
        ["male", 33.0, "muscat", "30+"],
        ["male", 73.0, "dhofar", "30+"],
    ]
    assert people.variables == ("sex", "age", "governorate", "age_group")
    assert people.keys == ("household",)
    assert people.frame["person"].is_monotonic_increasing
    assert repr(people) == "<Population of 3 people on 2023-06-30>"


def test_bands_of_the_register_are_bands_of_the_same_answers():
    people = sp.population(FIVE, ASKED)
    asked = sp.Questionnaire(title="Ages", questions=(AGE,), derived=(GROUPS,))
    bound = sp.bind(people.frame[["age"]], asked)

    assert bound.frame["age_group"].tolist() == people.frame["age_group"].tolist()


def test_who_is_left_out_is_counted_once_by_the_first_reason():
    some = register_of(
        [
            {},
            {"birth_date": "2023-07-01"},
            {"birth_date": "2005-07-01", "governorate": None},
            {"birth_date": "1943-06-30"},
            {"birth_date": None},
            {"governorate": "dhofar", "sex": None},
            {"sex": None, "household": "h9"},
        ]
    )
    people = sp.population(
        some, ASKED, ages=(18, 79), complete=("sex", "sex"), where=sp.Is("governorate", "muscat")
    )

    assert left(people) == {
        "not_born": 1,
        "younger": 1,
        "older": 1,
        "no_birth_date": 1,
        "not_where": 1,
        "no_sex": 1,
    }
    assert len(people) + people.left_out["people"].sum() == len(some)


def test_people_have_their_ages_on_a_day_of_the_poll():
    some = register_of([{}, {"birth_date": "2004-02-29"}])
    before, after = (
        sp.population(some, ASKED, on=day) for day in (dt.date(2022, 2, 28), dt.date(2022, 3, 1))
    )

    assert left(before)["younger"] == 1
    assert left(after)["younger"] == 0
    assert after.frame["age"].min() == 18
    assert after.date == dt.date(2022, 3, 1)


def test_the_order_of_rows_makes_no_difference():
    turned = dataclasses.replace(FIVE, frame=FIVE.frame.iloc[::-1])
    one, other = (sp.population(register, ASKED) for register in (FIVE, turned))

    pd.testing.assert_frame_equal(one.frame, other.frame)
    pd.testing.assert_frame_equal(one.left_out, other.left_out)


def test_targets_count_people_and_say_of_whom_and_when():
    people = sp.population(FIVE, ASKED, complete=("governorate",))
    margin, crossed = people.targets("governorate"), people.targets("sex", "age_group")

    assert dict(margin.items()) == {("muscat",): 2.0, ("dhofar",): 1.0, ("wusta",): 0.0}
    assert dict(crossed.items()) == {
        ("male", "18-29"): 0.0,
        ("male", "30+"): 2.0,
        ("female", "18-29"): 1.0,
        ("female", "30+"): 0.0,
    }
    assert margin.date == crossed.date == made.ON
    assert margin.source == {
        "en": "Register of people (Statistics office, Health authority)",
        "ar": "سجل السكان (Statistics office، Health authority)",
    }


def test_weights_reach_the_targets_and_their_source_is_in_the_account_of_the_method():
    people = sp.population(FIVE, ASKED, complete=("governorate",), source="Census")
    answers = sp.bind(
        pd.DataFrame(
            {
                "sex": ["male", "male", "female"],
                "age": [40, 50, 20],
                "governorate": ["muscat", "dhofar", "muscat"],
                "trust": ["yes", "no", "yes"],
            }
        ),
        ASKED,
    )
    margins = {name: people.targets(name) for name in ("sex", "governorate")}
    raked = sp.rake(answers, margins)
    classed = sp.poststratify(answers, ("sex", "age_group"), people.targets("sex", "age_group"))

    np.testing.assert_allclose(raked.to_frame()["weight"], [1.0, 1.0, 1.0])
    np.testing.assert_allclose(classed.to_frame()["weight"], [1.0, 1.0, 1.0])
    fact = raked.methodology.fact("weighting", "rake")
    assert fact["sources"] == ("Census",)
    assert fact["dates"] == ("2023-06-30",)


def test_respondents_of_a_code_that_nobody_of_the_register_has_are_told():
    people = sp.population(FIVE, ASKED, complete=("governorate",))
    answers = sp.bind(
        pd.DataFrame({"sex": ["male"], "age": 40, "governorate": "wusta", "trust": "no"}), ASKED
    )

    with pytest.raises(TargetError, match="a target of 0 for a level that has respondents"):
        sp.rake(answers, {"governorate": people.targets("governorate")})


def test_targets_of_people_without_a_value_are_refused_with_their_number():
    people = sp.population(FIVE, ASKED)
    with pytest.raises(RegisterError) as caught:
        people.targets("governorate", "age", "gender", "household")

    lacking, numbers, unknown, key = caught.value.problems
    assert lacking.found == "1 of 4 people"
    assert lacking.advice.startswith("name it in complete = ('governorate',)")
    assert numbers.what == "a variable of numbers has no codes"
    assert unknown.where == "variable 'gender'"
    assert key.what == "there is no such variable"


def test_codes_that_the_questionnaire_does_not_have_are_refused_with_their_number():
    places = single("governorate", "muscat", "dhofer")
    asked = sp.Questionnaire(title="Places", questions=(places, single("sex", 1, 2), AGE))
    with pytest.raises(RegisterError) as caught:
        sp.population(FIVE, asked)

    told = {(one.where, one.found): one.allowed for one in caught.value.problems}
    assert told["attribute 'governorate'", "'dhofar', 1 people"].startswith("did you mean 'dhofer'")
    assert ("attribute 'sex'", "'male', 3 people") in told


def test_codes_that_nobody_has_may_be_unknown():
    places = single("governorate", "muscat", "dhofar")
    people = sp.population(FIVE, sp.Questionnaire(title="Places", questions=(places,)))

    assert people.variables == ("governorate",)


def test_integer_and_missing_codes_are_read_as_those_of_answers():
    layout = sp.RegisterLayout({"sex": ("1", "2", "9")}, keys=("household",))
    unknown = sp.Missing(code=9, label="unknown", reason="other", in_base=False)
    sex = single("sex", 1, 2, missing=(unknown,))
    some = register_of([{"sex": "1"}, {"sex": "2"}, {"sex": "9"}], layout)
    people = sp.population(
        some, sp.Questionnaire(title="Sex", questions=(sex,)), complete=("sex", "household")
    )

    assert dict(people.targets("sex").items()) == {(1,): 1.0, (2,): 1.0}
    assert left(people)["no_sex"] == 1


def test_a_register_knows_of_everybody_whoever_is_asked():
    routed = dataclasses.replace(GOVERNORATE, asked_if=sp.Is("consent", "yes"))
    asked = sp.Questionnaire(
        title="Routed", questions=(single("consent", "yes", "no"), routed, AGE), derived=(GROUPS,)
    )

    people = sp.population(FIVE, asked, complete=("governorate",))

    assert dict(people.targets("governorate").items()) == {
        ("muscat",): 2.0,
        ("dhofar",): 1.0,
        ("wusta",): 0.0,
    }


@pytest.mark.parametrize(
    ("questions", "derived", "what"),
    [
        ((AGE, single("trust", "yes")), (), None),
        ((single("trust", "yes"),), (), "the register has the answer to no question"),
        ((single("age", "young", "old"), SEX), (), "the age is no number"),
        ((dataclasses.replace(AGE, name="sex"),), (), "an attribute with codes is a question"),
        ((AGE,), (dataclasses.replace(GROUPS, name="sex"),), "an attribute of the register is"),
        ((AGE,), (dataclasses.replace(GROUPS, name="household"),), "has the name of a key"),
    ],
)
def test_attributes_are_answers_to_questions_of_their_kind(questions, derived, what):
    asked = sp.Questionnaire(title="Kinds", questions=questions, derived=derived)
    if what is None:
        assert sp.population(FIVE, asked).variables == ("age",)
        return
    with pytest.raises(RegisterError, match=what):
        sp.population(FIVE, asked)


def test_ages_that_the_questionnaire_has_no_place_for_are_counted_and_not_told():
    bands = dataclasses.replace(GROUPS, bands=GROUPS.bands[:1])
    asked = sp.Questionnaire(title="Ages", questions=(AGE,), derived=(bands,))
    some = register_of([{}, {"birth_date": "1907-03-04"}, {"birth_date": "2003-01-01"}])
    with pytest.raises(RegisterError) as caught:
        sp.population(some, asked)

    told = "".join(traceback.format_exception(caught.value))
    assert [(one.where, one.found) for one in caught.value.problems] == [
        ("variable 'age'", "1 people"),
        ("variable 'age_group'", "1 people"),
    ]
    assert "1907" not in told
    assert "116" not in told
    assert sp.population(some, asked, ages=(18, 29)).frame["age_group"].tolist() == ["18-29"]


@pytest.mark.parametrize("ages", [(20, 18), (18,), (-1, None), (True, 20), "18+", (18.5, None)])
def test_limits_of_age_that_are_none_are_refused(ages):
    with pytest.raises(RegisterError, match="the limits of age are none"):
        sp.population(FIVE, ASKED, ages=ages)


def test_days_are_given_as_everywhere_and_reach_the_targets_as_days():
    meant = dt.date(2022, 3, 1)
    found = [
        sp.population(FIVE, ASKED, on=day).targets("sex").date
        for day in (meant, "2022-03-01", pd.Timestamp(2022, 3, 1))
    ]

    assert [(type(day), day) for day in found] == [(dt.date, meant)] * 3


def test_limits_days_and_conditions_of_another_kind_are_told_at_once_without_their_cells():
    cells = FIVE.frame["sex"] == "male"
    with pytest.raises(RegisterError) as caught:
        sp.population(FIVE, ASKED, ages=(20, 18), on="March 2022", where=cells)

    assert [(one.where, one.what) for one in caught.value.problems] == [
        ("ages", "the limits of age are none"),
        ("on", "this is no day"),
        ("where", "this is no condition"),
    ]
    assert caught.value.problems[-1].found == "of type Series"


def test_the_age_may_have_another_name_that_a_question_has():
    years = dataclasses.replace(AGE, name="years")
    bands = dataclasses.replace(GROUPS, of="years")
    asked = sp.Questionnaire(title="Years", questions=(years, SEX), derived=(bands,))

    assert sp.population(FIVE, asked, age="years").frame["years"].min() == 23
    with pytest.raises(RegisterError, match="did you mean 'years'"):
        sp.population(FIVE, asked, age="yaers")


def test_without_dates_of_birth_no_age_can_be_asked_for():
    bare = dataclasses.replace(FIVE, frame=FIVE.frame.drop(columns="birth_date"))
    with pytest.raises(RegisterError, match="the register has no dates of birth"):
        sp.population(bare, ASKED)
    people = sp.population(bare, ASKED, ages=(None, None))

    assert len(people) == 5
    assert people.frame["age"].isna().all()


def test_what_is_not_known_cannot_be_asked_for():
    with pytest.raises(RegisterError, match="did you mean 'governorate'"):
        sp.population(FIVE, ASKED, complete=("governate",))
    with pytest.raises(UnknownNameError, match="'trust'"):
        sp.population(FIVE, ASKED, where=sp.Is("trust", "yes"))
    with pytest.raises(RegisterError, match="nobody belongs to the population"):
        sp.population(FIVE, ASKED, ages=(100, None))


def test_values_that_are_no_codes_of_the_register_are_counted_and_not_told():
    strange = FIVE.frame.assign(sex="Salim")
    with pytest.raises(RegisterError) as caught:
        sp.population(dataclasses.replace(FIVE, frame=strange), ASKED)

    assert caught.value.found == "5 people"
    assert "Salim" not in "".join(traceback.format_exception(caught.value))


def test_people_of_the_synthetic_register_are_those_of_its_reference(written_register, tables):
    pytest.importorskip("duckdb", reason="the extra 'register' is not installed")
    questionnaire = sp.Questionnaire.load(files("socialpoll.demo") / "questionnaire.toml")
    register = sp.open_register(tables["reference"], LAYOUT, made.KEY)
    on = dt.date(2021, 2, 28)
    people = sp.population(register, questionnaire, on=on, complete="education")

    told = pd.read_parquet(written_register / "reference.parquet")
    born = pd.to_datetime(told["birth_date"])
    age = (on.year * 10_000 + on.month * 100 + on.day) - (
        born.dt.year * 10_000 + born.dt.month * 100 + born.dt.day
    )
    # The difference of dates written as numbers has the completed years in front.
    band = pd.cut(age // 10_000, [17, 29, 49, 200], labels=["18-29", "30-49", "50+"])
    adults = told[band.notna() & told["education"].notna()].assign(band=band)
    counted = adults.groupby(["governorate", "sex", "band"], observed=True).size()
    targets = people.targets("governorate", "sex", "age_group")

    assert {codes: number for codes, number in targets.items() if number} == counted.to_dict()
    assert len(targets.values) == 11 * 2 * 3
    assert left(people)["younger"] == int((age // 10_000 < 18).sum())
    assert len(people) + people.left_out["people"].sum() == len(told) == len(register)
