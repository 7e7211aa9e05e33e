from __future__ import annotations

import dataclasses
import traceback

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import RegisterError
from tests.register.people import ASKED, KEY, register_of

PEOPLE = sp.population(
    register_of(
        [
            {
                "sex": ("male", "female")[at % 2],
                "governorate": ("muscat", "dhofar")[at // 60],
                "birth_date": f"{1960 + 7 * at % 40}-01-01",
                "household": f"h{at // 4}",
            }
            for at in range(120)
        ]
    ),
    ASKED,
)
DRAWN = sp.draw(PEOPLE, sp.StratifiedSample("governorate", 60), KEY, name="2024-03", seed=1)
WANTED = ("sex", "age", "age_group")


def answers_of(drawn=DRAWN):
    """Return answers of two thirds of the sampled cases, in another order than the sample's."""
    cases = drawn.frame["case"].iloc[::-1].tolist()
    came = [case for at, case in enumerate(cases) if at % 3]
    trust = ["yes" if at % 4 else "no" for at in range(len(came))]
    return pd.DataFrame({"case": came, "trust": trust})


def linked(answers=None, drawn=DRAWN, key=KEY, people=PEOPLE, **more):
    came = answers_of() if answers is None else answers
    return sp.link_respondents(drawn, came, key, population=people, **more)


def problems_of(answers=None, **more):
    with pytest.raises(RegisterError) as caught:
        linked(answers, **more)
    told = "".join(traceback.format_exception(caught.value))
    assert not any(case in told for case in DRAWN.frame["case"])
    assert not any(person in told for person in PEOPLE.frame["person"])
    return [(one.what, one.found) for one in caught.value.problems]


def test_every_sampled_case_is_there_with_what_the_register_has_of_its_person():
    found = linked(variables=WANTED, absent="no_contact")
    person = PEOPLE.frame.set_index(
        pd.Index(KEY.pseudonyms("case:2024-03", PEOPLE.frame["person"]), name="case")
    )
    came = answers_of().set_index("case")["trust"].reindex(found["case"])

    assert found["case"].tolist() == DRAWN.frame["case"].tolist()
    assert found[[*DRAWN.frame.columns]].equals(DRAWN.frame)
    for name in WANTED:
        assert found[name].tolist() == person.loc[found["case"], name].tolist()
    assert found["trust"].fillna("").tolist() == came.fillna("").tolist()
    assert found["disposition"].value_counts().to_dict() == {"interview": 40, "no_contact": 20}
    assert found["trust"].isna().equals(found["disposition"] == "no_contact")


def test_pseudonyms_of_people_and_keys_do_not_leave_with_the_answers():
    found = linked(variables=WANTED).astype(str).to_csv()

    assert not any(person in found for person in PEOPLE.frame["person"])
    assert not any(one in found for one in PEOPLE.frame["household"])
    assert [what for what, _ in problems_of(variables=("household", "person"))] == [
        "there is no such variable",
        "there is no such variable",
    ]


def test_the_order_of_answers_and_of_people_makes_no_difference():
    turned = dataclasses.replace(PEOPLE, frame=PEOPLE.frame.iloc[::-1])
    one = linked(variables=WANTED)
    other = linked(answers_of().iloc[::-1], people=turned, variables=WANTED)

    pd.testing.assert_frame_equal(one, other)


def test_dispositions_that_came_back_are_kept():
    answers = answers_of().assign(disposition=np.where(np.arange(40) < 30, 1.1, 2.11))
    found = linked(answers, absent=2.2)

    assert found["disposition"].value_counts().to_dict() == {1.1: 30, 2.11: 10, 2.2: 20}
    assert linked(answers)["disposition"].isna().sum() == 20


@pytest.mark.parametrize("kind", ["strata", "clusters"])
def test_answers_are_bound_and_weighed_as_the_sample_was_drawn(kind):
    sample = (
        sp.StratifiedSample("governorate", 60)
        if kind == "strata"
        else sp.ClusterSample("household", 18)
    )
    drawn = sp.draw(PEOPLE, sample, KEY, name=kind, seed=2)
    variables = [one for one in ("sex", "age", "governorate") if one not in drawn.frame]
    found = linked(answers_of(drawn), drawn, variables=variables, absent="no_contact")
    design = dataclasses.replace(
        drawn.design, disposition="disposition", interviewed=("interview",)
    )
    responses = sp.bind(found, ASKED, design).require_clean()
    margins = [sp.Margin(name, PEOPLE.targets(name)) for name in ("sex", "age_group")]
    for adjusted in (sp.NonResponse("governorate"), sp.Propensity(("sex", "age_group"))):
        weights = sp.weigh(responses, sp.Recipe((adjusted, sp.Rake(margins))))
        assert np.sum(weights.to_frame()["weight"]) == pytest.approx(len(PEOPLE))
    by_sex = sp.estimate(weights, ["trust"], by=["sex"]).frame
    assert by_sex["se"].notna().all()


def test_what_depends_on_the_register_is_found_for_who_did_not_answer():
    found = linked(variables=("sex", "age"), absent="no_contact")
    design = dataclasses.replace(
        DRAWN.design, disposition="disposition", interviewed=("interview",)
    )
    weights = sp.weigh(sp.bind(found, ASKED, design), sp.Recipe((sp.NonResponse("sex"),)))
    sampled = found.groupby("sex", observed=True)["base_weight"].sum()
    came = found.assign(weight=weights.values).groupby("sex", observed=True)["weight"].sum()

    np.testing.assert_allclose(came, sampled)


def test_cases_that_are_not_in_the_sample_or_there_twice_are_counted():
    answers = answers_of()
    other = sp.draw(PEOPLE, sp.StratifiedSample("governorate", 60), KEY, name="2024-04", seed=1)
    wrong = pd.concat([answers, answers.head(3), answers_of(other).head(2)])
    wrong.iloc[[10, 11], 0] = None

    assert problems_of(wrong) == [
        ("answers without a case", "2 of 45 rows"),
        ("answers of cases that are not in the sample", "2 of 45 rows"),
        ("answers of cases that are there several times", "6 of 45 rows"),
    ]


def test_another_key_or_another_population_is_told():
    strange = ("sampled cases are nobody of the population", "60 of 60 cases")
    some = dataclasses.replace(PEOPLE, frame=PEOPLE.frame.iloc[:50])
    ((what, found),) = problems_of(people=some)

    assert problems_of(key=sp.LinkageKey(b"\x0c" * 32)) == [strange]
    assert what == strange[0]
    assert int(found.split()[0]) == 60 - len(
        {*DRAWN.frame["case"]} & {*KEY.pseudonyms("case:2024-03", some.frame["person"])}
    )


def test_names_that_stand_for_two_columns_are_told_all_at_once():
    answers = answers_of().assign(sex="male", governorate="muscat")
    answers.insert(1, "trust", "no", allow_duplicates=True)

    assert problems_of(answers, variables=("sex", "governorate", "sx")) == [
        ("there is no such variable", "'sx'"),
        ("a column of the answers is in the sample", ""),
        ("a variable is a column of the answers", ""),
        ("a variable is a column of the answers", ""),
        ("a variable is in the sample", ""),
        ("a column of the answers is there twice", ""),
    ]


def test_dispositions_are_not_made_where_the_sample_has_some():
    drawn = dataclasses.replace(DRAWN, frame=DRAWN.frame.assign(disposition="open"))

    assert problems_of(drawn=drawn, absent=2.2) == [
        ("a column of the answers is in the sample", "")
    ]
    assert set(linked(drawn=drawn)["disposition"]) == {"open"}


def test_a_prefix_keeps_what_people_say_apart_from_what_the_register_has():
    answers = answers_of().assign(sex="male")
    found = linked(answers, variables=("sex", "governorate"), prefix="register_")

    assert set(found.loc[found["sex"].notna(), "sex"]) == {"male"}
    assert set(found["register_sex"]) == {"male", "female"}
    assert found["register_governorate"].astype(str).equals(found["governorate"].astype(str))


@pytest.mark.parametrize(
    ("answers", "what"),
    [
        (pd.DataFrame({"caes": ["x"]}), "there is no column 'case', or there are several"),
        (pd.DataFrame([["x", "y"]], columns=["case", "case"]), "there is no column 'case', or"),
        ([{"case": "x"}], "this is no frame of answers"),
    ],
)
def test_answers_without_cases_are_refused(answers, what):
    with pytest.raises(RegisterError, match=what):
        linked(answers)
