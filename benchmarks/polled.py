"""The people of the synthetic register, and what each of them would answer if asked.

Everybody is asked once, so that what is true of the population is known: then the same answers come
whenever somebody is sampled. Chances are those of the bundled poll, by governorate, sex, age group,
education and how eager a user somebody is; people of a block are alike in that.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

import socialpoll as sp
from socialpoll.demo import FOLDER, supposed
from socialpoll.demo.answering import DONT_KNOW, STEP, Answering
from socialpoll.demo.citizens import AGE_GROUPS, GROUP_OF_EDUCATION, INTENSITIES, SEXES, Citizens
from socialpoll.demo.register.supposed import REFERENCE_DATE

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]
    Ints: TypeAlias = npt.NDArray[np.int64]

__all__ = ["ASKED", "People", "answered", "chance_of_response", "polled", "questionnaire"]

ASKED = (
    *("governorate", "sex", "age", "account", "platforms", "accounts", "hours"),
    *("shopping", "selling", "trust"),
)
ADULT = 18
FROM_AGES = (30, 50)
"""Where the age groups after the first begin."""
LIKE_THE_BLOCK = 0.5
"""Chance that somebody is as eager a user as the block is."""
BANDS = {
    "18-24": (18, 24),
    "25-34": (25, 34),
    "35-49": (35, 49),
    "50-64": (50, 64),
    "65+": (65, None),
}
NET = {"trust": 100.0, "neither": 0.0, "distrust": -100.0}


@dataclass(frozen=True, eq=False)
class People:
    """Everybody, with their answers, and how likely each answers at all.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a person: the columns of the questionnaire, ``age_group`` as it derives it,
        ``person`` (the record) and ``block``.
    kind : tuple of int64 array (people,)
        Places on the axes of :attr:`socialpoll.demo.citizens.Citizens.persons`.
    """

    frame: pd.DataFrame
    kind: tuple[Ints, ...]


def questionnaire(asked: tuple[str, ...] = ASKED) -> sp.Questionnaire:
    """Return questions of the bundled poll, its age groups and finer ones, and a net score."""
    bundled = sp.Questionnaire.load(FOLDER / "questionnaire.toml")
    questions = tuple(one for one in bundled.questions if one.name in asked)
    ages = tuple(one for one in bundled.derived if one.name == "age_group")
    bands = tuple(
        sp.Band(code=code, label=code, minimum=low, maximum=high)
        for code, (low, high) in BANDS.items()
    )
    net = tuple(
        sp.Group(code=code, label=code, codes=(code,), score=one) for code, one in NET.items()
    )
    finer = (
        sp.Bands(name="age_band", of="age", label="Age", bands=bands),
        sp.Grouping(name="trust_net", of="trust", label="Net trust", groups=net),
    )
    return replace(bundled, questions=questions, derived=(*ages, *finer))


def polled(reference: Path, random: np.random.Generator) -> People:
    """Ask everybody of full age in the reference of a synthetic register.

    Parameters
    ----------
    reference : Path
        The Parquet file; those without an education are left out.
    random : numpy.random.Generator
    """
    everybody = pd.read_parquet(reference)
    born = pd.to_datetime(everybody["birth_date"])
    adult = born <= pd.Timestamp(_years_before(REFERENCE_DATE, ADULT))
    known = everybody[adult & everybody["education"].notna()].reset_index(drop=True)
    born = pd.to_datetime(known["birth_date"])
    day, today = born.dt.month * 100 + born.dt.day, REFERENCE_DATE.month * 100 + REFERENCE_DATE.day
    age = REFERENCE_DATE.year - born.dt.year - (day > today)
    group = np.array(AGE_GROUPS)[np.searchsorted(FROM_AGES, age, side="right")]
    named = {"person": known["record"], "age": age, "age_group": group}
    frame = known[["governorate", "sex", "education", "block"]].assign(**named)
    kind = _kinds(frame, random)
    return People(frame.assign(**answered(kind, random)), kind)


def answered(
    kind: tuple[Ints, ...], random: np.random.Generator
) -> dict[str, npt.NDArray[np.object_]]:
    """Draw the answers of people of some kinds, as they stand in columns.

    The chances are those of :class:`socialpoll.demo.answering.Answering`, which interviews one
    person at a time.
    """
    model = Answering.of(Citizens.read(FOLDER))
    count = len(kind[0])

    def happens(chance: Floats | float) -> npt.NDArray[np.bool_]:
        return np.asarray(random.random(count) < chance)

    user = happens(model.account[kind])
    ticks = {name: happens(chance[kind]) & user for name, chance in model.platforms.items()}
    used = np.sum(list(ticks.values()), axis=0)
    ticks["none"] = user & (used == 0)
    columns = {f"platforms_{name}": _of(user, tick.astype(int)) for name, tick in ticks.items()}
    accounts = 1 + random.binomial(np.maximum(used - 1, 0), model.separate)
    step = 1 + (random.random(count)[:, None] >= model.hours[kind]).sum(axis=1)
    for name, told in (("accounts", accounts.astype(float)), ("hours", step * STEP)):
        silent = happens(supposed.NO_ANSWER[name])
        columns[name] = _of(user, np.where(silent, float(DONT_KNOW), told))
    for name, chance in (("shopping", model.shopping), ("selling", model.selling)):
        columns[name] = _of(user, np.where(happens(chance[kind]), "yes", "no"))
    choices = [happens(chance[kind]) for chance in (model.trust, model.distrust, model.unsure)]
    opinion = np.select(choices, ["trust", "distrust", "dk"], "neither")
    refused = happens(supposed.NO_ANSWER["trust"])
    return {
        "account": np.where(user, "yes", "no").astype(object),
        **columns,
        "trust": np.where(refused, "refused", opinion).astype(object),
    }


def chance_of_response(
    people: People, *, without_account: float = 1.0, by_hour: float = 1.0
) -> Floats:
    """Return how likely each answers: rates of sex, age group and governorate that multiply.

    Parameters
    ----------
    people : People
    without_account : float
        Rate of those without an account, against those with one.
    by_hour : float
        Rate of each further hour of use a day.

    Returns
    -------
    float64 array (people,)
        Whose mean is the supposed share.
    """
    share, leaning = supposed.RESPONSE
    scores = replace(leaning, education=(0.0, 0.0, 0.0)).scores
    shape = tuple(int(one.max()) + 1 for one in people.kind)
    relative = np.exp(np.broadcast_to(scores, np.maximum(shape, scores.shape)))[people.kind]
    hours = pd.to_numeric(people.frame["hours"]).replace(float(DONT_KNOW), supposed.MEAN_HOURS)
    relative = relative * by_hour ** hours.fillna(0).to_numpy()
    relative[people.frame["account"] == "no"] *= without_account
    return np.asarray(relative * share / relative.mean())


def _kinds(frame: pd.DataFrame, random: np.random.Generator) -> tuple[Ints, ...]:
    """Return the places of people on the axes of the chances."""
    governorates = list(Citizens.read(FOLDER).governorates)
    chances = list(INTENSITIES.values())
    blocks, block = np.unique(frame["block"], return_inverse=True)
    own = random.choice(len(chances), len(frame), p=chances)
    shared = random.choice(len(chances), len(blocks), p=chances)[block]
    like_the_block = random.random(len(frame)) < LIKE_THE_BLOCK
    return (
        frame["governorate"].map(governorates.index).to_numpy(np.int64),
        frame["sex"].map(SEXES.index).to_numpy(np.int64),
        frame["age_group"].map(AGE_GROUPS.index).to_numpy(np.int64),
        frame["education"].map(GROUP_OF_EDUCATION).to_numpy(np.int64),
        np.where(like_the_block, shared, own).astype(np.int64),
    )


def _of(user: npt.NDArray[np.bool_], values: npt.NDArray[np.generic]) -> npt.NDArray[np.object_]:
    """Return values of users, and nothing of those who were not asked."""
    return np.where(user, values.astype(object), None)


def _years_before(date: dt.date, years: int) -> dt.date:
    return date.replace(year=date.year - years)
