"""The key findings: who was asked, then a line an indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Block, Message, Phrase, Said, Section, Text
from socialpoll.report.changes import significant_changes
from socialpoll.report.narrative import headline
from socialpoll.report.sampling import margin, stated

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Measured
    from socialpoll.schema import Methodology

__all__ = ["headlines_section", "lines_of"]


def headlines_section(
    methodology: Methodology, lines: Iterable[tuple[Phrase, ...]], group: Phrase | None = None
) -> Section:
    """Return the section of the key findings.

    Parameters
    ----------
    methodology : Methodology
    lines : iterable of tuple of Phrase
        Sentences that stand together.
    group : Phrase, optional
        Says of which group the report is. The margin of error of the poll, which is that of
        everybody, is then left out: figures of a group have their own intervals.
    """
    about = () if group is None else (group,)
    lead = (*_asked(methodology), *_precision(methodology, of_group=bool(about)), *about)
    blocks: list[Block] = [Text(lead, "lead")] if lead else []
    blocks += [Text(one, "bullet") for one in lines]
    return Section("headlines", Message("Key findings"), tuple(blocks), "headlines")


def lines_of(
    material: Material,
    several: Sequence[Measured],
    earlier: Mapping[tuple[str, str], Measured],
) -> Iterator[tuple[Phrase, ...]]:
    """Yield the line of each indicator of which something may be said."""
    for measured in several:
        line = headline(material, measured)
        before = earlier.get((measured.wave, measured.name))
        if line is not None:
            yield line, *significant_changes(material, measured, before)


def _asked(methodology: Methodology) -> Iterator[Phrase]:
    """Say who was asked, how many, and when."""
    cases = methodology.fact("responses", "cases") or {}
    interviews = cases.get("interviews")
    if isinstance(interviews, int):
        yield Message(
            "The poll reached {number} respondent.",
            {"number": interviews},
            "The poll reached {number} respondents.",
            "number",
        )
    declared = methodology.declared
    if declared.population:
        yield Message("Target population: {population}.", {"population": Said(declared.population)})
    once = methodology.fact("waves", "fieldwork") is None
    if once and declared.fieldwork_start and declared.fieldwork_end:
        yield Message(
            "Fieldwork took place from {start} to {end}.",
            {"start": declared.fieldwork_start, "end": declared.fieldwork_end},
        )


def _precision(methodology: Methodology, *, of_group: bool) -> Iterator[Phrase]:
    """Say how precise figures of everybody are, and of any group where there is no telling."""
    values = margin(methodology)
    fact = methodology.fact("indicators", "precision") or {}
    if values is not None and of_group:
        return
    if values is not None and fact.get("model_based"):
        yield Message(
            "The margin of error is ±{margin} at the {level} confidence level; it is "
            "model-based, because the sample is not random.",
            values,
        )
    elif values is not None:
        yield Message("The margin of error is ±{margin} at the {level} confidence level.", values)
    elif not stated(fact):
        yield Message("No margin of error is stated, because the sample is not random.")
