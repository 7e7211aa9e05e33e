"""Draw the synthetic sample of the bundled poll.

``python -m socialpoll.demo.synthesise`` writes ``responses.csv`` anew. The same bytes come out
every time and with every version of numpy: only uniform numbers are drawn, all else is made here.
"""

from __future__ import annotations

import csv
import io
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

import numpy as np

from socialpoll.demo import FOLDER, supposed
from socialpoll.demo.answering import Answering, Uniform
from socialpoll.demo.chances import Floats
from socialpoll.demo.citizens import INTENSITIES, SEXES, Citizens, Kind, Profile
from socialpoll.demo.preferring import Preferring

__all__ = ["COLUMNS", "INTERVIEWS", "SEED", "synthesise"]

Interview: TypeAlias = Callable[[Kind], dict[str, str]]
"""Gives the answers of somebody of a kind."""

SEED = 2019
INTERVIEWS = 2500
COLUMNS = (
    "case",
    "governorate",
    "disposition",
    "base_weight",
    "sex",
    "age",
    "education",
    "account",
    *(f"platforms_{name}" for name in (*supposed.PLATFORMS, "none")),
    "accounts",
    "hours",
    "busiest",
    "posting",
    "purposes",
    "formats",
    "content_languages",
    "shopping",
    "selling",
    "trust",
)
NOT_INTERVIEWED = {"refusal": 0.44, "no_contact": 0.93, "other": 1.0}
"""Cumulative chances of what became of the others."""


def synthesise(seed: int = SEED) -> str:
    """Draw the sample.

    In each governorate citizens are called in random order until its interviews are reached.
    Everybody called is a sampled case with base weight N_h / n_h; those who are not interviewed
    keep it and have no answers.

    Parameters
    ----------
    seed : int
        Of the random numbers (PCG64). What content users prefer is drawn from numbers of its own.

    Returns
    -------
    str
        The file of answers (CSV), one row a sampled case.
    """
    citizens = Citizens.read(FOLDER)
    seeds = np.random.SeedSequence(seed)
    uniform = np.random.Generator(np.random.PCG64(seeds)).random
    of_content = np.random.Generator(np.random.PCG64(*seeds.spawn(1))).random
    willing = _willing(citizens)
    interview = _interviewing(citizens, uniform, of_content)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    number = 0
    for place, (name, wanted) in enumerate(citizens.allocation(INTERVIEWS).items()):
        cases = list(_call(citizens, place, wanted, willing, interview, uniform))
        weight = f"{citizens.governorates[name] / len(cases):.6f}"
        for case in cases:
            number += 1
            known = {"case": number, "governorate": name, "base_weight": weight}
            writer.writerow(known | case)
    return text.getvalue()


def _willing(citizens: Citizens) -> Floats:
    """Chances of an interview with each kind of citizen."""
    share, leaning = supposed.RESPONSE
    relative = np.broadcast_to(np.exp(leaning.scores), citizens.persons.shape)
    scale = share * citizens.persons.sum() / (citizens.persons * relative).sum()
    return np.asarray(relative * scale)


def _interviewing(citizens: Citizens, uniform: Uniform, of_content: Uniform) -> Interview:
    answering = Answering.of(citizens)
    preferring = Preferring.of(citizens.persons * answering.account)

    def interview(kind: Kind) -> dict[str, str]:
        answers = answering.interview(kind, uniform)
        if answers["account"] == "yes":
            answers |= preferring.interview(kind, of_content)
        return answers

    return interview


def _call(
    citizens: Citizens,
    place: int,
    wanted: int,
    willing: Floats,
    interview: Interview,
    uniform: Uniform,
) -> Iterator[dict[str, str]]:
    """Yield the cases of a governorate until enough of them are interviews."""
    limits = list(accumulate(profile.persons for profile in citizens.profiles))
    interviews = 0
    while interviews < wanted:
        profile = citizens.profiles[bisect_right(limits, uniform() * limits[-1])]
        kind = _kind(place, profile, uniform())
        if uniform() < willing[kind]:
            interviews += 1
            yield _person(profile, uniform()) | interview(kind)
        else:
            became = uniform()
            yield {
                "disposition": next(
                    name for name, limit in NOT_INTERVIEWED.items() if became < limit
                )
            }


def _kind(place: int, profile: Profile, uniform: float) -> Kind:
    intensity = sum(uniform >= limit for limit in list(accumulate(INTENSITIES.values()))[:-1])
    return place, profile.sex, profile.age_group, profile.education_group, intensity


def _person(profile: Profile, uniform: float) -> dict[str, str]:
    return {
        "disposition": "interview",
        "sex": SEXES[profile.sex],
        "age": str(profile.years(uniform)),
        "education": profile.education,
    }


def main(arguments: list[str]) -> None:
    """Write the answers into a folder, that of the bundled poll unless another is named."""
    folder = Path(arguments[0]) if arguments else FOLDER
    (folder / "responses.csv").write_text(synthesise(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
