from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.demo.fieldwork import DISPOSITIONS
from socialpoll.demo.register.answers import COLUMNS, KNOWN, simulated_answers
from socialpoll.demo.register.people import EDUCATIONS, GOVERNORATES, SEXES
from socialpoll.demo.register.questionnaire import questionnaire
from socialpoll.errors import RegisterError

CASES = 600
WITHOUT_EDUCATION = 0.3


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    draw = np.random.default_rng(3)
    education = draw.choice(EDUCATIONS, CASES).astype(object)
    education[draw.random(CASES) < WITHOUT_EDUCATION] = None
    return pd.DataFrame(
        {
            "case": [f"{number:04}" for number in range(CASES)],
            "governorate": draw.choice(GOVERNORATES, CASES),
            "sex": draw.choice(SEXES, CASES),
            "age": draw.integers(18, 100, CASES),
            "education": education,
        }
    )


@pytest.fixture(scope="module")
def answers(people) -> pd.DataFrame:
    return simulated_answers(people)


@pytest.fixture(scope="module")
def interviews(people, answers) -> pd.DataFrame:
    interviewed = answers[answers["disposition"] == "interview"]
    return interviewed.merge(people, on="case", suffixes=("", "_known"))


def test_every_case_has_a_row_and_what_became_of_it(people, answers):
    assert tuple(answers) == COLUMNS
    assert answers["case"].tolist() == people["case"].tolist()
    assert set(answers["disposition"]) == set(DISPOSITIONS)


def test_who_gave_no_interview_told_nothing(answers):
    others = answers[answers["disposition"] != "interview"]

    assert others.drop(columns=["case", "disposition"]).isna().all(axis=None)


def test_who_is_interviewed_says_what_the_register_knows(interviews):
    known = interviews["education_known"].notna()

    assert (interviews["sex"] == interviews["sex_known"]).all()
    assert (interviews["age"].astype(int) == interviews["age_known"]).all()
    assert (interviews["education"] == interviews["education_known"])[known].all()
    assert 0 < known.sum() < len(interviews)


def test_who_has_no_education_in_the_register_has_one_all_the_same(interviews):
    assert interviews["education"].isin(EDUCATIONS).all()


def test_neither_the_order_of_people_nor_other_columns_make_a_difference(people, answers):
    turned = people[::-1].assign(household="one")

    pd.testing.assert_frame_equal(simulated_answers(turned), answers)


def test_another_seed_gives_other_answers(people, answers):
    assert not simulated_answers(people, seed=1).equals(answers)


def test_the_questionnaire_finds_nothing_wrong_in_the_answers(people, answers):
    frame = people[["case", "governorate"]].merge(answers, on="case")
    design = sp.SampleDesign(
        strata="governorate", disposition="disposition", interviewed="interview"
    )
    responses = sp.bind(frame, questionnaire(), design)

    assert responses.findings.empty


def test_the_old_have_fewer_accounts_than_the_young(interviews):
    has = interviews["account"] == "yes"
    old = interviews["age_known"] >= 50

    assert has[old].mean() < 0.9 < has[~old].mean()


def test_people_of_whom_too_little_is_known_are_refused(people):
    with pytest.raises(RegisterError, match="what decides of answers is not known") as caught:
        simulated_answers(people.drop(columns=["age", "education"]))

    assert caught.value.found == "no column 'age', 'education'"
    assert all(name in caught.value.advice for name in KNOWN)
