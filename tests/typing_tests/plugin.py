"""A plugin with all three hooks, as its author writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, assert_type

import pandas as pd

import socialpoll as sp


@dataclass(frozen=True, kw_only=True)
class LinesOptions:
    bullet: str = "-"


def render(edition: sp.Edition, options: LinesOptions) -> Iterator[sp.Document]:
    lines = [f"{options.bullet} {section.name}" for section in edition.report.sections]
    assert_type(edition.direction, Literal["ltr", "rtl"])
    yield sp.Document(f"lines-{edition.language}.txt", "\n".join(lines).encode(), "text/plain")


def read(path: Path) -> sp.Source:
    return sp.Source(None, pd.read_csv(path, sep="|"), findings=("All columns are texts.",))


class FewAnswers:
    name = "few_answers"

    def __call__(self, row: Mapping[str, object]) -> Literal["publish", "suppress"]:
        return "suppress" if row["n_base"] == 1 else "publish"


def released(estimates: sp.Estimates) -> sp.Release:
    return sp.release(estimates, FewAnswers())


@sp.hookimpl
def socialpoll_exporters() -> Iterable[sp.Exporter]:
    return [
        sp.Exporter(
            name="lines",
            title="Lines",
            media_type="text/plain",
            suffix=".txt",
            render=render,
            options=LinesOptions,
        )
    ]


@sp.hookimpl
def socialpoll_readers() -> Iterable[sp.Reader]:
    return [sp.Reader(name="bars", title="Parted by bars", suffixes=(".bar",), read=read)]


@sp.hookimpl
def socialpoll_reliability_rules() -> Iterable[object]:
    return [FewAnswers()]
