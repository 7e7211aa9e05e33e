"""Answers that came back, beside the sample that was drawn and what the register knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, RegisterError, nearest
from socialpoll.register.keys import LinkageKey
from socialpoll.register.populations import Population
from socialpoll.register.registers import PERSON

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.register.sampling import Drawn

__all__ = ["link_respondents"]

CASE, DISPOSITION, INTERVIEW = "case", "disposition", "interview"
SUBJECT = "the answers of a sample"


def link_respondents(
    drawn: Drawn,
    answers: pd.DataFrame,
    key: LinkageKey,
    *,
    population: Population,
    variables: str | Sequence[str] = (),
    prefix: str = "",
    absent: str | float | None = None,
) -> pd.DataFrame:
    """Put the answers that came back beside all sampled cases, and what the register has of them.

    Parameters
    ----------
    drawn : Drawn
        The sample.
    answers : pandas.DataFrame
        A row a case that came back, in any order, with its ``case``, and no other column of the
        sample's frame. It is not changed.
    key : LinkageKey
        With which the sample was drawn.
    population : Population
        From which it was drawn.
    variables : str or sequence of str
        What of the population to put beside every sampled case, whether it answered or not: what
        response is thought to depend on.
    prefix : str
        Before the names of these variables, where the answers have columns of their names.
    absent : str or number, optional
        The disposition of sampled cases that did not come back. It stands in the column
        ``disposition``; where the answers have none, those who came back are ``"interview"``.

    Returns
    -------
    pandas.DataFrame
        A row a sampled case, in the order of the sample: its columns, then the variables, then the
        answers, missing where none came back. Pseudonyms of people are not in it.

    Raises
    ------
    RegisterError
        Answers of cases that are not in the sample, that are there twice, or without a case;
        another key, or another population, than those of the sample; variables that there are not;
        names that stand for two columns. All of them at once, counted and not quoted.

    See Also
    --------
    bind : What comes next, with the design of the sample.
    """
    import pandas as pd

    cases = _cases_of(answers)
    wanted = (variables,) if isinstance(variables, str) else tuple(variables)
    sampled = drawn.frame.reset_index(drop=True)
    pseudonyms = key.pseudonyms(f"{CASE}:{drawn.name}", population.frame[PERSON].tolist())
    person = _places(sampled[CASE], pseudonyms)
    known = [one for one in dict.fromkeys(wanted) if one in population.variables]
    found = population.frame[known].take(np.maximum(person, 0)).add_prefix(prefix)
    came = answers.drop(columns=CASE)
    if absent is not None and DISPOSITION not in came:
        came = came.assign(**{DISPOSITION: INTERVIEW})
    problems = [
        *_case_problems(cases, sampled[CASE]),
        *_people_problems(person),
        *_variable_problems(wanted, population),
        *_name_problems(sampled, found, came),
    ]
    if problems:
        raise RegisterError(SUBJECT, problems)
    whole = came.set_axis(cases, axis="index").reindex(sampled[CASE]).reset_index(drop=True)
    if absent is not None:
        told, back = whole[DISPOSITION].to_numpy(dtype=object), sampled[CASE].isin(cases)
        whole[DISPOSITION] = pd.Series(np.where(back, told, absent), dtype=object)
    return pd.concat([sampled, found.reset_index(drop=True), whole], axis="columns")


def _cases_of(answers: pd.DataFrame) -> pd.Series:
    """Return the cases of answers; RegisterError where there is no such column, or are two."""
    import pandas as pd

    given: object = answers
    if not isinstance(given, pd.DataFrame):
        found, allowed = type(given).__name__, "a pandas DataFrame"
        problem = Problem("this is no frame of answers", found=found, allowed=allowed)
        raise RegisterError(SUBJECT, [problem])
    names = list(answers.columns)
    if names.count(CASE) != 1:
        problem = Problem(
            f"there is no column {CASE!r}, or there are several",
            found=f"{names.count(CASE)} columns",
            allowed=nearest(CASE, names),
            advice="keep the pseudonyms of the sample in a column 'case' of the answers",
        )
        raise RegisterError(SUBJECT, [problem])
    return answers[CASE]


def _places(sampled: pd.Series, people: list[str]) -> npt.NDArray[np.intp]:
    """Return the place of each sampled case among people, -1 where it is none of them."""
    import pandas as pd

    # Of the sample there are thousands, of people millions: the former are what is searched.
    case = pd.Index(sampled, dtype=object).get_indexer(pd.Index(people, dtype=object))
    place = np.full(len(sampled), -1, dtype=np.intp)
    (found,) = np.nonzero(case >= 0)
    place[case[found]] = found
    return place


def _case_problems(cases: pd.Series, sampled: pd.Series) -> Iterator[Problem]:
    where = f"column {CASE!r}"
    blank, strange = cases.isna(), ~cases.isin(sampled)
    repeated = cases.duplicated(keep=False) & ~blank
    for rows, what, advice in (
        (blank, "answers without a case", "give every row the pseudonym of its case"),
        (strange & ~blank, "answers of cases that are not in the sample", "take those of it alone"),
        (repeated, "answers of cases that are there several times", "keep one row of each"),
    ):
        if rows.any():
            found = f"{int(rows.sum())} of {len(cases)} rows"
            yield Problem(what, where, found, advice=advice)


def _people_problems(person: npt.NDArray[np.intp]) -> Iterator[Problem]:
    nobody = int((person < 0).sum())
    if nobody:
        yield Problem(
            "sampled cases are nobody of the population",
            "key, population",
            f"{nobody} of {person.size} cases",
            advice="give the key and the population with which the sample was drawn",
        )


def _variable_problems(wanted: tuple[str, ...], population: Population) -> Iterator[Problem]:
    for name in dict.fromkeys(wanted):
        if name not in population.variables:
            what, allowed = "there is no such variable", nearest(name, population.variables)
            yield Problem(what, "variables", repr(name), allowed)
        elif wanted.count(name) > 1:
            yield Problem("a variable is named twice", "variables", repr(name))


def _name_problems(
    sampled: pd.DataFrame, found: pd.DataFrame, came: pd.DataFrame
) -> Iterator[Problem]:
    """Tell of names that stand for two columns."""
    of_sample, of_register = set(sampled.columns), set(found.columns)
    names = [str(one) for one in came.columns]
    for name in sorted(of_sample & set(names)):
        advice = "leave it out of the answers, as the sample has it of every case, or rename it"
        yield Problem("a column of the answers is in the sample", repr(name), advice=advice)
    for name in sorted(of_register & set(names)):
        advice = "give a prefix, such as 'register_', or leave it out of the answers"
        yield Problem("a variable is a column of the answers", repr(name), advice=advice)
    for name in sorted(of_register & of_sample):
        advice = "leave it out of the variables, as the sample has it, or give a prefix"
        yield Problem("a variable is in the sample", repr(name), advice=advice)
    for name in sorted({one for one in names if names.count(one) > 1}):
        advice = "keep the one that holds the answers"
        yield Problem("a column of the answers is there twice", repr(name), advice=advice)
