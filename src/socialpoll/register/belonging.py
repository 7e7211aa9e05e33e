"""Who of a register belongs to the population of a poll, and who is left out, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, RegisterError, nearest
from socialpoll.register.ages import completed_years
from socialpoll.register.answers import AGE, answers_of, coded_frame, known_of
from socialpoll.register.populations import Population
from socialpoll.register.registers import PERSON, Register
from socialpoll.responses import mask
from socialpoll.schema import UNDETERMINED, Condition, Text
from socialpoll.schema.days import as_day, problems_of_days

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses import Responses
    from socialpoll.schema import Questionnaire

__all__ = ["population"]

Truths: TypeAlias = npt.NDArray[np.bool_]
Ages: TypeAlias = tuple[int | None, int | None]

BIRTH = "birth_date"
TITLE = {"en": "Register of people", "ar": "سجل السكان"}
COMMA = {"en": ", ", "ar": "، "}


def population(
    register: Register,
    questionnaire: Questionnaire,
    *,
    ages: Ages = (18, None),
    on: dt.date | str | None = None,
    complete: str | Sequence[str] = (),
    where: Condition | None = None,
    source: str | Mapping[str, str] | None = None,
    age: str = AGE,
) -> Population:
    """Take the people whom a poll is about from a register.

    The register's attributes that have codes are answers to the questions of the same names, and
    the questionnaire's derived variables are made of these as of anybody's answers. Whoever is
    left out is counted once, by the first reason that there is: not born on the day, younger,
    older, of no known date of birth, not ``where``, without a value of what must be ``complete``.

    Parameters
    ----------
    register : Register
    questionnaire : Questionnaire
    ages : tuple of (int or None, int or None)
        From and to, both inside, in completed years; None is no limit.
    on : datetime.date or str, optional
        The day on which people have their ages, as ``"2024-03-01"``; by default that of the
        register. Who was born on 29 February completes a year on 1 March where there is no such
        day.
    complete : str or sequence of str
        Variables, or keys of the register, of which everybody must have a value.
    where : Condition, optional
        Which people, by variables of the population.
    source : str or Text, optional
        Where targets come from, for the account of the method; by default a register of people,
        and the owners of its tables.
    age : str
        Name of the question for the age, a number.

    Returns
    -------
    Population

    Raises
    ------
    RegisterError
        Limits of age, a day or a condition that are none; no question of the name in ``age``;
        attributes of another kind or with other codes than the questions of their names; ages or
        codes that the questionnaire has no place for; nothing of the name in ``complete``; or
        nobody belongs to it. People are counted, and no value of theirs is told.
    UnknownNameError
        ``where`` speaks of what the register does not know.

    See Also
    --------
    Population.targets : What to weight by.
    """
    ages, day = _settled(ages, as_day(register.date if on is None else on), where)
    known = known_of(register, questionnaire, age)
    needed = (complete,) if isinstance(complete, str) else tuple(dict.fromkeys(complete))
    left: dict[str, int] = {}
    people, years = _of_age(register, ages, day, left)
    answers = answers_of(people, years, known, age)
    frame = coded_frame(answers)
    frame.insert(0, PERSON, people[PERSON])
    keys = tuple(one for one in register.layout.keys if one in people.columns)
    frame[list(keys)] = people[list(keys)]
    frame = frame[_wanted(frame, answers, where, needed, left)].reset_index(drop=True)
    return Population(frame, _counts(left), day, _source(source, register), keys)


def _of_age(
    register: Register, ages: Ages, day: dt.date, left: dict[str, int]
) -> tuple[pd.DataFrame, npt.NDArray[np.float64]]:
    """Return the people of these ages, with their ages, and count who is left out."""
    people = register.frame
    if not people[PERSON].is_monotonic_increasing:
        people = people.sort_values(PERSON)
    years = _years(people, ages, day)
    stay = np.ones(len(people), dtype=np.bool_)
    for reason, those in _by_age(years, ages):
        left[reason] = int(those.sum())
        stay &= ~those
    _require_somebody(stay, left)
    return people[stay].reset_index(drop=True), years[stay]


def _wanted(
    frame: pd.DataFrame,
    answers: Responses,
    where: Condition | None,
    needed: tuple[str, ...],
    left: dict[str, int],
) -> Truths:
    """Say who is wanted and known, and count who is left out."""
    _require_there(needed, frame)
    stay = np.ones(len(frame), dtype=np.bool_)
    if where is not None:
        stay &= mask(answers, where)
        left["not_where"] = int((~stay).sum())
    for name in needed:
        there = frame[name].notna().to_numpy()
        left[f"no_{name}"] = int((stay & ~there).sum())
        stay &= there
    _require_somebody(stay, left)
    return stay


def _settled(ages: Ages, day: object, where: object) -> tuple[Ages, dt.date]:
    """Return limits of age and their day; RegisterError where one is nothing of its kind."""
    problems = [*_age_problems(ages), *problems_of_days({"on": day})]
    if where is not None and not isinstance(where, Condition):
        allowed = "a condition on variables: sp.Is('governorate', 'muscat')"
        problems.append(
            Problem("this is no condition", "where", f"of type {type(where).__name__}", allowed)
        )
    if problems or not isinstance(day, dt.date):
        raise RegisterError("the population", problems)
    least, most = ages
    return (least, most), day


def _age_problems(ages: object) -> Iterator[Problem]:
    if isinstance(ages, tuple | list) and len(ages) == 2:  # noqa: PLR2004
        least, most = ages
        whole = all(
            one is None or (isinstance(one, int) and not isinstance(one, bool) and one >= 0)
            for one in (least, most)
        )
        if whole and (least is None or most is None or least <= most):
            return
    allowed = "two whole numbers, the first not above the second; None is no limit"
    yield Problem("the limits of age are none", "ages", repr(ages), allowed)


def _years(people: pd.DataFrame, ages: Ages, day: dt.date) -> npt.NDArray[np.float64]:
    import pandas as pd

    if BIRTH in people.columns:
        return completed_years(pd.to_datetime(people[BIRTH]).to_numpy(), day)
    if ages != (None, None):
        what, advice = "the register has no dates of birth", "with ages = (None, None) none is used"
        raise RegisterError("the population", [Problem(what, "ages", advice=advice)])
    return np.full(len(people), np.nan)


def _by_age(years: npt.NDArray[np.float64], ages: Ages) -> Iterator[tuple[str, Truths]]:
    """Yield the reasons that ages give for leaving people out, each with those it is of."""
    least, most = ages
    yield "not_born", years < 0
    if least is not None:
        yield "younger", (years >= 0) & (years < least)
    if most is not None:
        yield "older", years > most
    if ages != (None, None):
        yield "no_birth_date", np.isnan(years)


def _require_somebody(stay: Truths, left: Mapping[str, int]) -> None:
    if not stay.any():
        found = ", ".join(f"{reason}: {people}" for reason, people in left.items())
        problem = Problem("nobody belongs to the population", "left out", found)
        raise RegisterError("the population", [problem])


def _require_there(needed: tuple[str, ...], frame: pd.DataFrame) -> None:
    known = [one for one in frame.columns if one != PERSON]
    problems = [
        Problem("there is no such variable", "complete", repr(name), nearest(name, known))
        for name in needed
        if name not in known
    ]
    if problems:
        raise RegisterError("the population", problems)


def _counts(left: Mapping[str, int]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"reason": list(left), "people": list(left.values())})


def _source(source: str | Mapping[str, str] | None, register: Register) -> Text:
    if source is not None:
        return {UNDETERMINED: source} if isinstance(source, str) else dict(source)
    owners = list(dict.fromkeys(register.sources["owner"].tolist()))
    return {
        tag: f"{title} ({COMMA[tag].join(owners)})" if owners else title
        for tag, title in TITLE.items()
    }
