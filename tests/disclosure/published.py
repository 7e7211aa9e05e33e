"""Polls that are run under the policy ``cells``, with all that a run leaves behind."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

import socialpoll as sp
from socialpoll.demo import FOLDER
from socialpoll.indicators import KEYS
from tests.disclosure.saying import Sayings
from tests.disclosure.telling import Facts

DEMO = """
[[indicators]]
share = "account"
by = ["governorate", "age_group", "sex", ["governorate", "age_group", "sex"]]
compare = true

[[indicators]]
mean = "hours"
by = ["governorate", "sex"]
compare = true

[[indicators]]
share = "platforms"
by = ["sex"]

[[banners]]
name = "by-governorate"
rows = ["account", "hours"]
columns = ["governorate", "sex"]

[publication]
policy = "cells"
threshold = 10
"""


@dataclass(frozen=True, eq=False)
class Published:
    """A poll that was run, and the truth that its release hides.

    Attributes
    ----------
    poll : Poll
    run : Run
    folder : Path
        Of all files.
    """

    poll: sp.Poll
    run: sp.Run
    folder: Path

    @cached_property
    def estimates(self) -> Sequence[sp.Estimates]:
        """Return what the release was made of."""
        return self.poll.estimates()

    @cached_property
    def truth(self) -> pd.DataFrame:
        """Return all figures as they were."""
        return pd.concat([one.frame for one in self.estimates], ignore_index=True)

    @cached_property
    def gone(self) -> pd.DataFrame:
        """Return the hidden figures as they were."""
        figures = self.run.release.figures
        hidden = figures.loc[figures["flag"] == "suppressed", list(KEYS)]
        return hidden.merge(self.truth, on=list(KEYS), how="left", validate="one_to_one")

    @cached_property
    def facts(self) -> Facts:
        """Return what may be told of the method."""
        return Facts(self.run.release, self.run.report, self.poll)

    @cached_property
    def sayings(self) -> Sayings:
        """Return what may be said in English."""
        facts = self.facts
        return Sayings(self.run.release, facts.in_rows, facts.sentences, facts.written)

    def file(self, name: str) -> bytes:
        """Return what is in a file."""
        return (self.folder / name).read_bytes()


def run_poll(path: Path, out: Path) -> Published:
    """Run a poll."""
    poll = sp.Poll.load(path)
    run = poll.run(out)
    assert run.failures == ()
    return Published(poll, run, out)


def write_demo(folder: Path, indicators: str = DEMO) -> Path:
    """Write the bundled poll with other indicators, and return the path of its file."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    path = folder / "poll.toml"
    before, rest = path.read_text(encoding="utf-8").split("[[indicators]]", 1)
    after = rest.split("[publication]\n", 1)[1]
    path.write_text(before + indicators.lstrip() + after, encoding="utf-8")
    return path
