"""A small poll in two waves in a folder, to be run or spoilt."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from tests.poll.polls import POLL, QUESTIONNAIRE, changed

WAVES = """
[[waves]]
name = "2019"
label = { en = "First wave", ar = "الجولة الأولى" }
responses = "answers-2019.csv"

[[waves]]
name = "2021"
label = { en = "Second wave", ar = "الجولة الثانية" }
responses = "answers-2021.csv"
"""
TOLD = 'responses = "answers.csv"\nwave = "2019-03"\n'
FOLLOWED = changed(
    (TOLD, ""),
    ('share = "account"\ncompare = true', 'share = "account"\ncompare = true\nchange = true'),
    ('mean = "hours"', 'mean = "hours"\nchange = true\ntrend = true'),
)


def answers_of(year: int, cases: int = 120) -> pd.DataFrame:
    """Return the answers of a wave; persons with the same number have much in common."""
    random = np.random.default_rng(year)
    person = np.arange(cases)
    hours = (person % 5 + (random.random(cases) < 0.3)).clip(0, 5)
    return pd.DataFrame(
        {
            "person": [f"p{one}" for one in person],
            "region": np.where(person % 4 < 2, "north", "south"),
            "base": 1.5,
            "sex": np.where(person % 2, "female", "male"),
            "account": np.where(random.random(cases) < 0.2 + 0.5 * (person % 3 > 0), "yes", "no"),
            "hours": hours,
        }
    )


def write_waves(
    folder: Path,
    *changes: tuple[str, str],
    waves: str = WAVES,
    **frames: pd.DataFrame,
) -> Path:
    """Write a poll of two waves and return the path of its poll file.

    ``frames`` are the answers by year, as in ``y2019``, in place of the usual.
    """
    (folder / "targets").mkdir(parents=True, exist_ok=True)
    poll = changed(*changes, text=f"{FOLLOWED}\n{waves}")
    (folder / "poll.toml").write_text(poll, encoding="utf-8")
    (folder / "questionnaire.toml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (folder / "targets/sex.csv").write_text("sex,target\nmale,510\nfemale,490\n", encoding="utf-8")
    for year in (2019, 2021):
        frame = frames.get(f"y{year}", answers_of(year))
        frame.to_csv(folder / f"answers-{year}.csv", index=False)
    return folder / "poll.toml"


assert TOLD in POLL
