"""Draw the practice answers of the templates.

``python -m socialpoll.starting.synthesise`` writes the ``responses.csv`` of every template anew.
The same bytes come out every time and with every version of numpy: only uniform numbers are drawn.
"""

from __future__ import annotations

import csv
import io
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import numpy as np

from socialpoll.demo import FOLDER as DEMO
from socialpoll.demo.citizens import SEXES, Citizens, Profile
from socialpoll.schema import Questionnaire
from socialpoll.starting.offered import FOLDER
from socialpoll.starting.practising import Respondent, Uniform, practise
from socialpoll.starting.supposed import E_SERVICES, MINIMAL, SOCIAL_MEDIA, Supposed

__all__ = ["SAMPLES", "Sample", "synthesise"]

SEED = 2026
YOUNG = 30
ABOVE_SECONDARY = 2
REFUSES = 0.015
"""Chance that somebody refuses to tell age or education."""
BEFORE_ALL = {"not_citizen": {"nationality": "expatriate"}}
"""What is known of a case that gave no interview, by its disposition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How the practice sample of a template comes about.

    Attributes
    ----------
    supposed : mapping of str to Supposed
    interviews : int
    before : mapping of str to float
        Chance of each other disposition, for every number called; empty where only those who took
        part are in the file.
    open_to_all : bool
        Whether people choose themselves: the young, the taught and men are then more likely to.
    """

    supposed: Mapping[str, Supposed]
    interviews: int
    before: Mapping[str, float] = field(default_factory=dict)
    open_to_all: bool = False


SAMPLES = {
    "minimal": Sample(supposed=MINIMAL, interviews=300),
    "social-media": Sample(
        supposed=SOCIAL_MEDIA,
        interviews=1000,
        before={"refused": 0.16, "no_answer": 0.28, "not_citizen": 0.14},
    ),
    "e-services": Sample(supposed=E_SERVICES, interviews=1200, open_to_all=True),
}
"""By template."""


def synthesise(template: str, seed: int = SEED) -> str:
    """Draw the practice answers of a template.

    Parameters
    ----------
    template : str
    seed : int
        Of the random numbers (PCG64).

    Returns
    -------
    str
        The file of answers (CSV), one row a case.
    """
    sample = SAMPLES[template]
    asked = Questionnaire.load(FOLDER / template / "questionnaire.toml")
    columns = [one.name for one in asked.asked]
    if sample.before:
        columns.insert(0, "disposition")
    text = io.StringIO()
    writer = csv.DictWriter(text, ["case", *columns], restval="", lineterminator="\n")
    writer.writeheader()
    uniform = np.random.Generator(np.random.PCG64(seed)).random
    for number, answers in enumerate(_cases(asked, sample, uniform), start=1):
        writer.writerow({"case": str(number), **answers})
    return text.getvalue()


def _cases(asked: Questionnaire, sample: Sample, uniform: Uniform) -> Iterator[dict[str, str]]:
    """Yield the cases until enough of them are interviews."""
    citizens = Citizens.read(DEMO)
    interviews = 0
    while interviews < sample.interviews:
        failed = _disposition(sample.before, uniform())
        if failed is not None:
            yield {"disposition": failed, **BEFORE_ALL.get(failed, {})}
            continue
        profile = _drawn(citizens, uniform)
        if sample.open_to_all and uniform() >= _willing(profile):
            continue
        interviews += 1
        person = _person(profile, _governorate(citizens, uniform), uniform)
        answers = practise(asked, sample.supposed, person, uniform)
        yield {"disposition": "completed", **answers} if sample.before else answers


def _disposition(before: Mapping[str, float], drawn: float) -> str | None:
    limits = accumulate(before.values())
    return next((one for one, limit in zip(before, limits, strict=True) if drawn < limit), None)


def _drawn(citizens: Citizens, uniform: Uniform) -> Profile:
    limits = list(accumulate(profile.persons for profile in citizens.profiles))
    return citizens.profiles[bisect_right(limits, uniform() * limits[-1])]


def _governorate(citizens: Citizens, uniform: Uniform) -> str:
    limits = list(accumulate(citizens.governorates.values()))
    return list(citizens.governorates)[bisect_right(limits, uniform() * limits[-1])]


def _willing(profile: Profile) -> float:
    """Chance that somebody sees an open invitation and accepts it."""
    by_age = (0.9, 0.7, 0.28)[profile.age_group]
    by_education = (0.35, 0.7, 1.0)[profile.education_group]
    return by_age * by_education * (1.0, 0.8)[profile.sex]


def _person(profile: Profile, governorate: str, uniform: Uniform) -> Respondent:
    years = profile.years(uniform())
    return Respondent(
        known={
            "nationality": "omani",
            "governorate": governorate,
            "sex": SEXES[profile.sex],
            "age": "999" if uniform() < REFUSES else str(years),
            "education": "refused" if uniform() < REFUSES else profile.education,
        },
        young=years < YOUNG,
        taught=profile.education_group == ABOVE_SECONDARY,
        mood=2 * uniform() - 1,
    )


def main(arguments: list[str]) -> None:
    """Write the answers into a folder a template, beside the templates unless another is named."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for template in SAMPLES:
        (folder / template).mkdir(parents=True, exist_ok=True)
        file = folder / template / "responses.csv"
        file.write_text(synthesise(template), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
