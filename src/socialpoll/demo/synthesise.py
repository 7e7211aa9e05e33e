"""Draw the synthetic sample of the bundled poll.

``python -m socialpoll.demo.synthesise`` writes ``responses.csv`` anew. The same bytes come out
every time and with every version of numpy: only uniform numbers are drawn, all else is made here.
"""

from __future__ import annotations

import csv
import io
import sys
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path

from socialpoll.demo import FOLDER, supposed
from socialpoll.demo.answering import Uniform
from socialpoll.demo.citizens import SEXES, Citizens, Profile
from socialpoll.demo.fieldwork import INTERVIEW, Fieldwork

__all__ = ["COLUMNS", "INTERVIEWS", "SEED", "synthesise"]

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
    fieldwork = Fieldwork.among(citizens, seed)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    number = 0
    for place, (name, wanted) in enumerate(citizens.allocation(INTERVIEWS).items()):
        cases = list(_called(citizens, place, wanted, fieldwork))
        weight = f"{citizens.governorates[name] / len(cases):.6f}"
        for case in cases:
            number += 1
            known = {"case": number, "governorate": name, "base_weight": weight}
            writer.writerow(known | case)
    return text.getvalue()


def _called(
    citizens: Citizens, place: int, wanted: int, fieldwork: Fieldwork
) -> Iterator[dict[str, str]]:
    """Yield the cases of a governorate until enough of them are interviews."""
    limits = list(accumulate(profile.persons for profile in citizens.profiles))
    uniform = fieldwork.uniform
    interviews = 0
    while interviews < wanted:
        profile = citizens.profiles[bisect_right(limits, uniform() * limits[-1])]
        of_census = (profile.sex, profile.age_group, profile.education_group)
        case = fieldwork.call((place, *of_census), partial(_person, profile, uniform))
        interviews += case["disposition"] == INTERVIEW
        yield case


def _person(profile: Profile, uniform: Uniform) -> dict[str, str]:
    return {
        "sex": SEXES[profile.sex],
        "age": str(profile.years(uniform())),
        "education": profile.education,
    }


def main(arguments: list[str]) -> None:
    """Write the answers into a folder, that of the bundled poll unless another is named."""
    folder = Path(arguments[0]) if arguments else FOLDER
    (folder / "responses.csv").write_text(synthesise(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
