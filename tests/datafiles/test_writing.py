from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings

import socialpoll as sp
from socialpoll.datafiles.filing import written
from socialpoll.datafiles.spss import filed_for_spss
from socialpoll.datafiles.stata import filed_for_stata
from socialpoll.datafiles.variables import variables_of
from socialpoll.forms.rows import languages_in
from socialpoll.readers.spss import read_spss
from socialpoll.readers.stata import read_stata
from tests.datafiles.answering import polls, said

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def is_kept(one, package):
    """Say whether the file holds the codes of a variable, missing ones among them."""
    if one.codes or (one.undeclared and one.variable.kind != "words"):
        return False
    if package == "SPSS":
        return not one.lacking
    labels = list(one.labels.values())
    found = [value for value in one.labels if not isinstance(value, str)]
    numbers = {written(value) for value in found if value not in one.variable.labels}
    told = all(code in numbers for code in one.lacking)
    return told and all(labels.count(words) <= 2 for words in one.variable.lacking)


def language_of(responses):
    return next(iter(languages_in(responses.questionnaire)), "und")


def spss(responses, folder):
    path = Path(folder) / "answers.sav"
    sp.write_sav(responses, path)
    filed = filed_for_spss(variables_of(responses, language_of(responses)))
    return filed, read_spss(path), pyreadstat.read_sav(str(path), user_missing=True)


def stata(responses, folder):
    path = Path(folder) / "answers.dta"
    sp.write_dta(responses, path)
    filed = filed_for_stata(variables_of(responses, language_of(responses)))
    return filed, read_stata(path), pyreadstat.read_dta(str(path), user_missing=True)


def given_in(table, metadata, one):
    """Return the valid answers of a variable as pyreadstat gives them: words, days or numbers."""
    given = table[one.name][one.variable.state >= 0].tolist()
    if one.variable.kind == "codes":
        labels = metadata.variable_value_labels[one.name]
        return [labels[value] for value in given]
    return [value.toordinal() if one.variable.kind == "days" else value for value in given]


def given_to(responses, one):
    """Return what the same cases answered."""
    column = responses[one.variable.question] if one.variable.kind != "marks" else None
    match one.variable.kind:
        case "codes":
            answers = np.array(said(column, language_of(responses)), dtype="object")
        case "days":
            answers = column.day
        case "words":
            answers = column.words
        case "numbers":
            answers = vars(column)["values"]
        case "marks":
            answers = one.variable.answers
    return answers[one.variable.state >= 0].tolist()


@pytest.mark.parametrize(("write", "package"), [(spss, "SPSS"), (stata, "Stata")])
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(responses=polls())
def test_any_answers_come_back_as_they_were(write, package, responses):
    with tempfile.TemporaryDirectory() as folder:
        filed, source, _ = write(responses, folder)

    columns = {one.name: one.variable.name for one in filed}
    again = sp.bind(source.frame.rename(columns=columns), responses.questionnaire)
    changed = {one.variable.question for one in filed if not is_kept(one, package)}
    for name in set(responses.questionnaire.names) - changed:
        np.testing.assert_equal(vars(again[name]), vars(responses[name]))
    if not changed:
        assert again.digest == responses.digest

    for one in filed:
        if one.variable.kind == "codes":
            read = sp.bind(source.frame, source.questionnaire)
            column = responses[one.variable.question]
            assert said(read[one.name], "ar") == said(column, language_of(responses))


@pytest.mark.parametrize("write", [spss, stata])
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(responses=polls())
def test_pyreadstat_alone_finds_the_same_answers_and_labels(write, responses):
    with tempfile.TemporaryDirectory() as folder:
        filed, _, (table, metadata) = write(responses, folder)

    for one in filed:
        assert metadata.column_names_to_labels[one.name] == one.variable.text
        if one.variable.kind != "clock":  # which pyreadstat gives as moments of 1960
            assert given_in(table, metadata, one) == given_to(responses, one)
