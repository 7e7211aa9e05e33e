"""The waves of a poll, each of which is a poll of its own until they are stacked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.poll.harmonising import Harmony
from socialpoll.responses import Responses, SampleDesign
from socialpoll.schema import CodeValue, Questionnaire, Text
from socialpoll.weighting import Recipe, Waves, Weights, stack

if TYPE_CHECKING:
    from socialpoll.poll.poll import Poll

__all__ = ["Wave", "in_common", "polls_of", "stacked"]


@dataclass(frozen=True, kw_only=True)
class Wave:
    """One wave of a poll.

    Attributes
    ----------
    name : str
        In column ``wave`` of every figure.
    label : Text
        Words for people; the name where there are none.
    source : Path
        The file of answers.
    reader : str or None
        Name of the reader; by the ending of the file where None.
    questionnaire : Questionnaire
        What was asked in this wave, in the names and codes of the poll.
    design : SampleDesign
    recipe : Recipe
        The poll's where the wave declares no weighting of its own.
    harmony : Harmony
        What makes the columns and codes of the file those of the poll.
    not_offered : mapping of str to tuple of code
        By question: options that could not be chosen in this wave.
    time : float or None
        When it was, for trends.
    files : tuple of str
        What it is read from, relative to the folder of the poll.
    """

    name: str
    label: Text = field(default_factory=dict)
    source: Path
    reader: str | None = None
    questionnaire: Questionnaire
    design: SampleDesign
    recipe: Recipe
    harmony: Harmony = field(default_factory=Harmony)
    not_offered: Mapping[str, tuple[CodeValue, ...]] = field(default_factory=dict)
    time: float | None = None
    files: tuple[str, ...] = ()


def polls_of(poll: Poll) -> tuple[Poll, ...]:
    """Return a poll for each wave, with what is the wave's in place of what is the poll's."""
    return tuple(
        replace(
            poll,
            questionnaire=one.questionnaire,
            source=one.source,
            reader=one.reader,
            wave=one.name,
            design=one.design,
            recipe=one.recipe,
            waves=(one,),
        )
        for one in poll.waves
    )


def stacked(poll: Poll, sources: Mapping[str, Weights] | Mapping[str, Responses]) -> Waves:
    """Stack the waves of a poll, as it declares them to be related."""
    return stack(
        sources,
        units="independent" if poll.respondent_id is None else "common",
        breaks=poll.breaks,
        labels={one.name: one.label for one in poll.waves if one.label},
        not_offered={one.name: one.not_offered for one in poll.waves if one.not_offered},
    )


def in_common(waves: Mapping[str, Responses]) -> Iterator[tuple[str, str, int]]:
    """Yield each wave with the one after it, and the number of sampling units in both.

    A unit that changed its stratum counts as another, as it does in the variances.
    """
    several = [(name, _units(one)) for name, one in waves.items()]
    for (first, before), (second, after) in pairwise(several):
        yield first, second, len(before & after)


def _units(responses: Responses) -> set[tuple[str, str]]:
    stage = responses.stages[0]
    strata, units = responses.strata_labels, responses.unit_labels
    pairs = zip(stage.stratum.tolist(), stage.unit.tolist(), strict=True)
    return {(strata[stratum], units[unit]) for stratum, unit in pairs}
