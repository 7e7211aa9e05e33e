"""The methodology card: what standards of disclosure ask of a poll, a line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from socialpoll.report import processing, sampling, weighting
from socialpoll.report.blocks import Column, Message, Phrase, Row, Said, Section, Table
from socialpoll.report.instrument import chain, divided, varied
from socialpoll.report.wording import Wording
from socialpoll.schema import Methodology

__all__ = ["ITEMS", "NOT_REPORTED", "ROLE", "Item", "methodology_section"]

ROLE = "methodology"
NOT_REPORTED = Message("not reported")
ASKED = "questions of the questionnaire file"
WEIGHTING = "[[weighting.steps]] of the poll file"
Maker: TypeAlias = Callable[[Methodology, Wording], Phrase | None]


@dataclass(frozen=True)
class Item:
    """A line of the card.

    Attributes
    ----------
    name : str
        By which gaps are listed.
    heading : Message
    make : callable
        Returns what there is to say, or None.
    fill_in : str
        Where it is said; of a declared item its key under ``[methodology]`` where empty.
    """

    name: str
    heading: Message
    make: Maker
    fill_in: str = ""


def _declared(name: str) -> Maker:
    def make(methodology: Methodology, _: Wording) -> Phrase | None:
        words = getattr(methodology.declared, name)
        return Said(words) if words else None

    return make


def _collection(_: Methodology, wording: Wording) -> Phrase:
    if wording.splits:
        return Message(
            "Opinion poll; parts of the questionnaire differed between random parts of the sample"
        )
    return Message("Opinion poll with the same questionnaire for every respondent")


def _instrument(_: Methodology, wording: Wording) -> Phrase:
    exact = Message(
        "{number} question; the exact wording is given at the end, in the order of asking",
        {"number": len(wording.questions)},
        "{number} questions; the exact wording is given at the end, in the order of asking",
        "number",
    )
    return chain([exact, *map(varied, wording.blocks), *map(divided, wording.splits)])


ITEMS = (
    Item("collection", Message("Data collection strategy"), _collection, ASKED),
    Item("sponsor", Message("Sponsor"), _declared("sponsor")),
    Item("conducted_by", Message("Conducted by"), _declared("conducted_by")),
    Item("mandate", Message("Legal mandate"), _declared("mandate")),
    Item("instrument", Message("Questionnaire"), _instrument, ASKED),
    Item("population", Message("Target population"), _declared("population")),
    Item("area", Message("Geographic coverage"), _declared("area")),
    Item("sampling_frame", Message("Sampling frame"), _declared("sampling_frame")),
    Item("sampling", Message("Sampling"), _declared("sampling")),
    Item("design", Message("Sample design"), sampling.design, "[design] of the poll file"),
    Item("mode", Message("Mode of data collection"), _declared("mode")),
    Item("languages", Message("Languages of the interviews"), sampling.languages),
    Item(
        "fieldwork",
        Message("Fieldwork"),
        sampling.fieldwork,
        "fieldwork_start and fieldwork_end under [methodology] of the questionnaire file",
    ),
    Item("sample_size", Message("Sample size"), sampling.sample_size, "the file of answers"),
    Item(
        "response_rate",
        Message("Response rate"),
        sampling.response_rate,
        "disposition and outcomes in [design] of the poll file, with a row a sampled case",
    ),
    Item(
        "precision",
        Message("Margin of error"),
        sampling.precision,
        "[design] of the poll file; of an opt-in sample opt_in in [precision]",
    ),
    Item(
        "design_effect",
        Message("Design effect"),
        sampling.design_effect,
        "[design] of the poll file, with an indicator that is a share",
    ),
    Item("weighting", Message("Weighting"), weighting.weighting, WEIGHTING),
    Item(
        "weighting_variables",
        Message("Weighting variables"),
        weighting.weighting_variables,
        WEIGHTING,
    ),
    Item(
        "weighting_sources",
        Message("Sources of the weighting"),
        weighting.weighting_sources,
        "source of each margin in [[weighting.steps]] of the poll file",
    ),
    Item("tests", Message("Intervals and tests"), processing.tests, "[design] of the poll file"),
    Item("quality", Message("Data processing and quality checks"), _declared("quality")),
    Item("confidentiality", Message("Confidentiality"), _declared("confidentiality")),
    Item(
        "disclosure",
        Message("Suppression and rounding"),
        processing.suppression,
        "policy in [publication] of the poll file",
    ),
    Item("frequency", Message("Frequency of the poll"), _declared("frequency")),
    Item("revision_policy", Message("Revision policy"), _declared("revision_policy")),
    Item("tables", Message("Full tables"), _declared("tables")),
    Item("limitations", Message("Limitations"), processing.limitations),
    Item("sources", Message("Sources"), processing.sources),
)


def methodology_section(methodology: Methodology, wording: Wording) -> Section:
    """Return the card as a section: a table of two columns.

    Every line is there; what nobody declared says "not reported".
    """
    rows = tuple(
        Row((item.heading, item.make(methodology, wording) or NOT_REPORTED)) for item in ITEMS
    )
    columns = (
        Column("item", Message("Item"), "label"),
        Column("answer", Message("Description"), "text"),
    )
    table = Table(Message("How this poll was made"), columns, rows)
    return Section(ROLE, Message("Methodology"), (table,), ROLE)
