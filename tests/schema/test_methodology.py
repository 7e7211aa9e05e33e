from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from socialpoll.errors import QuestionnaireError
from socialpoll.schema import Declaration, Fact, Methodology


def test_facts_stand_in_the_order_they_were_added_and_the_last_counts():
    first = Fact("weighting", "rake", {"margins": 2})
    last = Fact("weighting", "rake", {"margins": 3})

    methodology = Methodology().adding(first).adding(last)

    assert methodology.facts == (first, last)
    assert methodology.fact("weighting", "rake") == {"margins": 3}
    assert methodology.fact("weighting", "trim") is None


def test_adding_a_fact_leaves_the_record_as_it_was():
    methodology = Methodology()

    methodology.adding(Fact("responses", "cases"))

    assert methodology.facts == ()


def test_plain_strings_of_a_declaration_serve_every_language():
    declared = Declaration(sponsor="Statistics", limitations=["One", {"en": "Two"}])

    assert declared.sponsor == {"und": "Statistics"}
    assert declared.limitations == ({"und": "One"}, {"en": "Two"})


@pytest.mark.parametrize(
    "written",
    [dt.date(2024, 3, 1), "2024-03-01", pd.Timestamp("2024-03-01")],
)
def test_a_day_of_the_fieldwork_is_a_date_however_it_was_written(written):
    declared = Declaration(fieldwork_start=written)

    assert type(declared.fieldwork_start) is dt.date
    assert declared == Declaration(fieldwork_start=dt.date(2024, 3, 1))


@pytest.mark.parametrize(
    "written", ["March 2024", "2024-02-30", "", 20240301, pd.Timestamp("2024-03-01 09:00"), pd.NaT]
)
def test_what_is_no_day_is_refused_with_its_place(written):
    with pytest.raises(QuestionnaireError, match="this is no day") as caught:
        Declaration(fieldwork_start=written, fieldwork_end=written)

    assert [one.where for one in caught.value.problems] == ["fieldwork_start", "fieldwork_end"]
    assert caught.value.problem.found == repr(written)
    assert "datetime.date(2024, 3, 1)" in caught.value.problem.allowed
