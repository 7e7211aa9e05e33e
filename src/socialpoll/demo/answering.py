"""How citizens of each kind answer: chances that meet the supposed shares, and interviews drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

import numpy as np

from socialpoll.demo import supposed
from socialpoll.demo.chances import AGE, EDUCATION, INTENSITY, SEX, Floats, Leaning, chances
from socialpoll.demo.citizens import INTENSITIES, Citizens, Kind

__all__ = ["Answering", "Uniform", "or_missing"]

Uniform: TypeAlias = Callable[[], float]
"""Gives the next uniform number from 0 to before 1."""

STEP = 0.5
"""Hours are told in halves."""
LONGEST = 16.0
DONT_KNOW = "98"


@dataclass(frozen=True, eq=False)
class Answering:
    """Chances of every answer, by kind of citizen.

    Attributes
    ----------
    account, posting, shopping, selling, trust, distrust, unsure : float64 array
        Of the shape of :attr:`Citizens.persons`. ``posting`` is among users of WhatsApp,
        ``shopping`` and ``selling`` among users, ``distrust`` among those who do not trust,
        ``unsure`` among the rest.
    platforms, purposes : dict of str to float64 array
        Among users.
    hours : float64 array
        Of that shape, and an axis of half hours: cumulative chances among users.
    separate : float
        Chance that a platform after the first comes with an account of its own.
    """

    account: Floats
    platforms: dict[str, Floats]
    purposes: dict[str, Floats]
    hours: Floats
    separate: float
    posting: Floats
    shopping: Floats
    selling: Floats
    trust: Floats
    distrust: Floats
    unsure: Floats

    @classmethod
    def of(cls, citizens: Citizens) -> Answering:
        """Find the chances that give the supposed shares in this population."""
        everybody = citizens.persons
        account = _share_of(supposed.ACCOUNT, everybody)
        users = everybody * account
        platforms = {name: _share_of(one, users) for name, one in supposed.PLATFORMS.items()}
        often, leaning = supposed.POSTING_OFTEN
        posters = users * platforms["whatsapp"]
        trust = _trust(everybody)
        distrust, leaning_to_distrust = supposed.DISTRUST
        others = everybody * (1 - trust)
        share = distrust * everybody.sum() / others.sum()
        distrusting = chances(leaning_to_distrust, others, {None: (share,)})
        return cls(
            account=account,
            platforms=platforms,
            purposes={name: _share_of(one, users) for name, one in supposed.PURPOSES.items()},
            hours=_hours(users),
            separate=_separate(users, platforms),
            posting=chances(leaning, posters, {None: (often * everybody.sum() / posters.sum(),)}),
            shopping=_by_sex(supposed.SHOPPING, users, everybody),
            selling=_by_sex(supposed.SELLING, users, everybody),
            trust=trust,
            distrust=distrusting,
            unsure=_share_of(supposed.UNSURE, others * (1 - distrusting)),
        )

    def interview(self, kind: Kind, uniform: Uniform) -> dict[str, str]:
        """Draw the answers of one citizen, as they stand in the columns of the answers' file."""
        has_account = uniform() < self.account[kind]
        answers = {"account": "yes" if has_account else "no"}
        if has_account:
            answers |= self._use(kind, uniform)
        answers["trust"] = self._trust(kind, uniform)
        return answers

    def _use(self, kind: Kind, uniform: Uniform) -> dict[str, str]:
        ticked = {name: uniform() < chance[kind] for name, chance in self.platforms.items()}
        ticked["none"] = not any(ticked.values())
        answers = {f"platforms_{name}": str(int(tick)) for name, tick in ticked.items()}
        further = max(sum(ticked.values()) - 1, 0)
        accounts = 1 + sum(uniform() < self.separate for _ in range(further))
        answers["accounts"] = or_missing("accounts", str(accounts), DONT_KNOW, uniform)
        step = int(np.searchsorted(self.hours[kind], uniform(), side="right")) + 1
        answers["hours"] = or_missing("hours", f"{step * STEP:g}", DONT_KNOW, uniform)
        answers["busiest"] = or_missing("busiest", _busiest(kind, uniform), "dk", uniform)
        if ticked["whatsapp"]:
            answers["posting"] = self._posting(kind, uniform)
        chosen = [name for name, chance in self.purposes.items() if uniform() < chance[kind]]
        told = " ".join(chosen or ["other"])
        answers["purposes"] = or_missing("purposes", told, "refused", uniform)
        for name, chance in (("shopping", self.shopping), ("selling", self.selling)):
            answers[name] = "yes" if uniform() < chance[kind] else "no"
        return answers

    def _posting(self, kind: Kind, uniform: Uniform) -> str:
        if uniform() < self.posting[kind]:
            return "7+"
        return _choice(supposed.POSTING_LESS, uniform())

    def _trust(self, kind: Kind, uniform: Uniform) -> str:
        if uniform() < self.trust[kind]:
            answer = "trust"
        elif uniform() < self.distrust[kind]:
            answer = "distrust"
        else:
            answer = "dk" if uniform() < self.unsure[kind] else "neither"
        return or_missing("trust", answer, "refused", uniform)


def _share_of(supposition: tuple[float, Leaning], persons: Floats) -> Floats:
    share, leaning = supposition
    return chances(leaning, persons, {None: (share,)})


def _by_sex(
    supposition: tuple[tuple[float, float], Leaning], users: Floats, everybody: Floats
) -> Floats:
    """Meet shares of all men and of all women by answers of users alone."""
    shares, leaning = supposition
    axes = tuple(axis for axis in range(users.ndim) if axis != SEX)
    of_users = np.array(shares) * everybody.sum(axis=axes) / users.sum(axis=axes)
    return chances(leaning, users, {SEX: tuple(of_users)})


def _trust(everybody: Floats) -> Floats:
    overall, leaning = supposed.TRUST
    women = everybody[:, 1].sum() / everybody.sum()
    men_trust = overall - supposed.TRUST_FEMALE_LESS_MALE * women
    axes = tuple(axis for axis in range(everybody.ndim) if axis != EDUCATION)
    below, secondary, above = everybody.sum(axis=axes) / everybody.sum()
    low, high = supposed.TRUST_BELOW_SECONDARY, supposed.TRUST_ABOVE_SECONDARY
    middle = (overall - low * below - high * above) / secondary
    by_sex = (men_trust, men_trust + supposed.TRUST_FEMALE_LESS_MALE)
    return chances(leaning, everybody, {SEX: by_sex, EDUCATION: (low, middle, high)})


def _separate(users: Floats, platforms: Mapping[str, Floats]) -> float:
    """Find the chance of a separate account, from the mean number of platforms after the first."""
    used = sum(platforms.values())
    nothing = np.prod([1 - chance for chance in platforms.values()], axis=0)
    further = (users * (used - 1 + nothing)).sum() / users.sum()
    return float((supposed.MEAN_ACCOUNTS - 1) / further)


def _hours(users: Floats) -> Floats:
    """Find cumulative chances of half hours whose mean over all users is the supposed one."""
    relative = np.ones(users.shape)
    for axis, factors in (
        (SEX, (1.0, supposed.HOURS_BY_FEMALE)),
        (AGE, supposed.HOURS_BY_AGE),
        (INTENSITY, [supposed.HOURS_BY_INTENSITY**step for step in INTENSITIES]),
    ):
        relative = relative * np.moveaxis(np.array(factors).reshape(-1, 1, 1, 1, 1), 0, axis)
    low, high = 1.0, 20.0
    for _ in range(60):
        scale = (low + high) / 2
        if _mean_hours(_cumulative(scale * relative), users) < supposed.MEAN_HOURS:
            low = scale
        else:
            high = scale
    return _cumulative((low + high) / 2 * relative)


def _cumulative(scale: Floats) -> Floats:
    """Chances that a Weibull number is rounded to each half hour or less, all but the longest."""
    limits = np.arange(STEP, LONGEST, STEP) + STEP / 2
    return 1 - np.exp(-((limits / scale[..., None]) ** supposed.HOURS_SHAPE))


def _mean_hours(cumulative: Floats, users: Floats) -> float:
    mean = STEP * (1 + (1 - cumulative).sum(axis=-1))
    return float((users * mean).sum() / users.sum())


def _busiest(kind: Kind, uniform: Uniform) -> str:
    first_hours = list(supposed.BUSIEST)
    by_age = {start: chance[kind[AGE]] for start, chance in supposed.BUSIEST.items()}
    start = _choice(by_age, uniform())
    later = first_hours.index(start) + 1
    begin = int(start[:2]) * 60
    end = int(first_hours[later][:2]) * 60 if later < len(first_hours) else 24 * 60
    minutes = begin + int(uniform() * (end - begin) / 30) * 30
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _choice(chance: Mapping[str, float], uniform: float) -> str:
    names: Sequence[str] = list(chance)
    for name, limit in zip(names, accumulate(chance.values()), strict=True):
        if uniform < limit:
            return name
    return names[-1]


def or_missing(question: str, answer: str, missing: str, uniform: Uniform) -> str:
    """Return the answer, or by the supposed chance the code that stands where there is none."""
    return missing if uniform() < supposed.NO_ANSWER[question] else answer
