"""Answers of several waves under one another, and what they were asked in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from socialpoll.errors import WeightingError
from socialpoll.responses import Categorical, Responses
from socialpoll.schema import (
    AnyQuestion,
    Block,
    Code,
    Grid,
    Methodology,
    Questionnaire,
    Single,
    Split,
    Version,
)
from socialpoll.totals import stacked_stages
from socialpoll.weighting.stacked_columns import column_of, flagged_in, outcome_in, repeats_in
from socialpoll.weighting.waves import WAVE

__all__ = ["asked_in_common", "stacked_answers"]

Listing = TypeVar("Listing", Block, Version)
TEXT = {"en": "Wave of the poll", "ar": "جولة الاستطلاع"}


def asked_in_common(
    asked: Questionnaire, differ: frozenset[str], waves: Sequence[Code]
) -> Questionnaire:
    """Return what was asked in all waves, and the variable that holds the wave.

    Parameters
    ----------
    asked : Questionnaire
        That of the last wave.
    differ : set of str
        Names of its variables that are not the same in all waves.
    waves : sequence of Code
        In their order.

    Raises
    ------
    WeightingError
        Where no question is the same in all waves.
    """
    alike = tuple(_alike(asked.questions, differ))
    if not alike:
        raise WeightingError(
            "the waves have no question in common",
            where="questionnaire",
            advice="compare the wording, the base and the codes of their questions",
        )
    kept = frozenset(one.name for one in alike)
    return replace(
        asked,
        questions=(*alike, Single(name=WAVE, text=TEXT, options=tuple(waves))),
        blocks=tuple(_shortened(one, kept) for one in asked.blocks if kept & {*one.questions}),
        splits=tuple(_held(one, kept) for one in asked.splits if one.name not in differ),
        constraints=(),  # what broke them is among the findings of each wave
        derived=tuple(one for one in asked.derived if one.name not in differ),
    )


def stacked_answers(
    several: Mapping[str, Responses],
    questionnaire: Questionnaire,
    digest: str,
    methodology: Methodology,
) -> Responses:
    """Put answers of waves under one another.

    Parameters
    ----------
    several : mapping of str to Responses
        By wave, in their order: cases, or combinations of answers.
    questionnaire : Questionnaire
        What was asked in all of them. Variables that are not at hand in one have no column.
    digest : str
    methodology : Methodology
    """
    import pandas as pd

    parts = list(several.values())
    columns = {
        name: column_of([part.columns[name] for part in parts])
        for name in questionnaire.names
        if all(name in part.columns for part in parts)
    }
    asked = (one for one in questionnaire.asked if isinstance(one, Single))
    (codes,) = (one.options for one in asked if one.name == WAVE)
    place = np.repeat(np.arange(len(parts), dtype=np.int16), [len(part) for part in parts])
    columns[WAVE] = Categorical(place, codes)
    labels = [f"{name}: {label}" for name, one in several.items() for label in one.strata_labels]
    return Responses(
        questionnaire=questionnaire,
        design=parts[-1].design,
        columns=columns,
        stages=stacked_stages([part.stages for part in parts]),
        strata_labels=tuple(labels),
        base_weight=np.concatenate([part.base_weight for part in parts]),
        interviewed=np.concatenate([part.interviewed for part in parts]),
        findings=pd.concat([part.findings for part in parts], ignore_index=True),
        methodology=methodology,
        digest=digest,
        outcome=outcome_in(parts),
        flagged=flagged_in(parts),
        repeats=repeats_in(parts),
    )


def _alike(questions: Iterable[AnyQuestion], differ: frozenset[str]) -> Iterator[AnyQuestion]:
    """Yield the questions that do not differ; of a grid, the items that do not."""
    for question in questions:
        if isinstance(question, Grid):
            pairs = zip(question.items, question.variables, strict=True)
            items = tuple(item for item, one in pairs if one.name not in differ)
            if items:
                yield replace(question, items=items)
        elif question.name not in differ:
            yield question


def _shortened(one: Listing, kept: frozenset[str]) -> Listing:
    """Return a block or version with the questions that are kept."""
    return replace(one, questions=tuple(name for name in one.questions if name in kept))


def _held(split: Split, kept: frozenset[str]) -> Split:
    return replace(split, versions=tuple(_shortened(one, kept) for one in split.versions))
