"""The methodology card: what the AAPOR Transparency Initiative asks to be disclosed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from socialpoll.errors import ReportError, nearest
from socialpoll.report import processing, sampling, weighting
from socialpoll.report.blocks import Column, Message, Phrase, Row, Said, Section, Table
from socialpoll.report.instrument import chain, divided, varied
from socialpoll.report.report import Report
from socialpoll.report.wording import Wording
from socialpoll.schema import Methodology

__all__ = ["NOT_REPORTED", "methodology_section", "missing_disclosures"]

ROLE = "methodology"
STANDARDS = ("aapor",)
NOT_REPORTED = Message("not reported")
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
    """

    name: str
    heading: Message
    make: Maker


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
    Item("collection", Message("Data collection strategy"), _collection),
    Item("sponsor", Message("Sponsor"), _declared("sponsor")),
    Item("instrument", Message("Questionnaire"), _instrument),
    Item("population", Message("Target population"), _declared("population")),
    Item("sampling_frame", Message("Sampling frame"), _declared("sampling_frame")),
    Item("sampling", Message("Sampling"), _declared("sampling")),
    Item("design", Message("Sample design"), sampling.design),
    Item("mode", Message("Mode of data collection"), _declared("mode")),
    Item("languages", Message("Languages of the interviews"), sampling.languages),
    Item("fieldwork", Message("Fieldwork"), sampling.fieldwork),
    Item("sample_size", Message("Sample size"), sampling.sample_size),
    Item("response_rate", Message("Response rate"), sampling.response_rate),
    Item("precision", Message("Margin of error"), sampling.precision),
    Item("design_effect", Message("Design effect"), sampling.design_effect),
    Item("weighting", Message("Weighting"), weighting.weighting),
    Item("weighting_variables", Message("Weighting variables"), weighting.weighting_variables),
    Item("weighting_sources", Message("Sources of the weighting"), weighting.weighting_sources),
    Item("tests", Message("Intervals and tests"), processing.tests),
    Item("quality", Message("Data processing and quality checks"), _declared("quality")),
    Item("disclosure", Message("Suppression and rounding"), processing.suppression),
    Item("limitations", Message("Limitations"), processing.limitations),
    Item("sources", Message("Sources"), processing.sources),
)
BEYOND_AAPOR = {"weighting", "sources", "tests", "disclosure"}
"""Lines of the card that the Transparency Initiative does not ask for."""


def methodology_section(methodology: Methodology, wording: Wording) -> Section:
    """Return the card as a section: a table of two columns.

    Every line is there; what nobody declared says "not reported".

    References
    ----------
    AAPOR, Transparency Initiative: disclosure elements (2021).
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


def missing_disclosures(of: Report | Methodology, standard: str = "aapor") -> tuple[str, ...]:
    """List what a poll does not disclose although it should.

    Parameters
    ----------
    of : Report or Methodology
        A report, or the record of a poll (``release.methodology``).
    standard : {"aapor"}
        The disclosure elements of the AAPOR Transparency Initiative (2021).

    Returns
    -------
    tuple of str
        Names of the gaps, in the order of the card: ``("sponsor", "sampling_frame")``.

    Raises
    ------
    ReportError
        Nobody knows the standard, or the report has no methodology card.

    Examples
    --------
    >>> from socialpoll import Methodology
    >>> missing_disclosures(Methodology())[:3]
    ('sponsor', 'population', 'sampling_frame')
    """
    if standard not in STANDARDS:
        raise ReportError(
            "there is no such disclosure standard",
            where="standard",
            found=repr(standard),
            allowed=nearest(standard, STANDARDS),
        )
    reported = _of_report(of) if isinstance(of, Report) else _of_methodology(of)
    return tuple(
        item.name for item in ITEMS if item.name not in BEYOND_AAPOR and not reported[item.name]
    )


def _of_methodology(methodology: Methodology) -> Mapping[str, bool]:
    wording = Wording(None, ("en",))
    return {item.name: item.make(methodology, wording) is not None for item in ITEMS}


def _of_report(report: Report) -> Mapping[str, bool]:
    cells = _card(report)
    return {item.name: cells.get(item.heading.key, NOT_REPORTED) != NOT_REPORTED for item in ITEMS}


def _card(report: Report) -> dict[str, object]:
    found: dict[str, object] = {}
    for section in report.sections:
        for block in section.blocks if section.role == ROLE else ():
            for row in block.rows if isinstance(block, Table) else ():
                heading = row.cells[0]
                if isinstance(heading, Message):
                    found[heading.key] = row.cells[1]
    if not found:
        raise ReportError(
            "the report has no methodology card",
            where="sections",
            found=", ".join(section.role for section in report.sections),
            allowed="a section of role 'methodology'",
        )
    return found
