"""What a poll does not disclose although a standard asks for it, and where it is to be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from socialpoll.errors import ReportError, nearest
from socialpoll.report.blocks import Message, Table
from socialpoll.report.methodology import ITEMS, NOT_REPORTED, ROLE
from socialpoll.report.report import Report
from socialpoll.report.wording import Wording
from socialpoll.schema import Methodology

__all__ = ["STANDARDS", "Gap", "Standard", "missing_disclosures"]

CONTACT, NEXT_RELEASE = "contact", "next_release"
OF_THE_REPORT: Mapping[str, str] = {
    CONTACT: "contact in [publication.publisher] of the poll file",
    NEXT_RELEASE: "next_release in [publication] of the poll file",
}
"""Items that stand elsewhere in a report than in its card, and where they are said."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard of disclosure.

    Attributes
    ----------
    title : str
    elements : mapping of str to str
        Item of the card to the element of the standard that asks for it.
    """

    title: str
    elements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a standard asks for and a poll does not say.

    Attributes
    ----------
    name : str
        Of the item: ``"sponsor"``.
    element : str
        The element of the standard.
    fill_in : str
        Where it is to be said.
    """

    name: str
    element: str
    fill_in: str


AAPOR = Standard(
    "AAPOR, Code of Professional Ethics and Practices (April 2021), Section III",
    {
        "collection": "A.1 Data collection strategy",
        "sponsor": "A.2 Who sponsored the research",
        "conducted_by": "A.2 Who conducted it",
        "instrument": "A.3 Measurement tools and instruments",
        "population": "A.4 Population under study",
        "area": "A.4 Population under study: location",
        "sampling_frame": "A.5 Method used to generate and recruit the sample: frame",
        "sampling": "A.5 Method used to generate and recruit the sample",
        "design": "A.5 Method used to generate and recruit the sample: probability-based or not",
        "mode": "A.6 Methods and modes of data collection",
        "languages": "A.6 Methods and modes of data collection: languages offered",
        "fieldwork": "A.7 Dates of data collection",
        "sample_size": "A.8 Sample sizes",
        "response_rate": "B Dispositions of the sample records, for response rates",
        "precision": "A.8 Precision of the results: sampling error",
        "design_effect": "A.8 Precision of the results: adjustment for the design effect",
        "weighting": "A.9 How the data were weighted",
        "weighting_variables": "A.9 How the data were weighted: the variables used",
        "weighting_sources": "A.9 How the data were weighted: sources of the parameters",
        "quality": "A.10 How the data were processed, and procedures to ensure their quality",
        "limitations": "A.11 Limitations of the design and data collection",
    },
)
BPC = Standard(
    "British Polling Council, Statement of Disclosure",
    {
        "sponsor": "Client commissioning the survey",
        "fieldwork": "Dates of interviewing",
        "mode": "Method of obtaining the interviews",
        "population": "The universe effectively represented",
        "sample_size": "Size of the sample",
        "area": "Geographic coverage",
        "instrument": "Complete wording of questions",
        "tables": "A web address where full computer tables may be viewed",
        "weighting": "The weighting procedures employed",
        CONTACT: "An e-mail address for further enquiries",
    },
)
ESOMAR = Standard(
    "ESOMAR and WAPOR, Guideline on Opinion Polls and Published Surveys (August 2014), §5",
    {
        "conducted_by": "§5.2 Name of the research company",
        "sponsor": "§5.2 Sponsor of the survey",
        "population": "§5.2 The universe",
        "area": "Geographical coverage",
        "sample_size": "§5.2 The sample size",
        "fieldwork": "§5.2 Dates of interviewing",
        "sampling": "§5.1 Sampling",
        "mode": "§5.2 The mode of interview",
        "weighting_variables": "§5.1 Weighting variables",
        "instrument": "§5.1 Question wording",
        "precision": "Margin of error",
    },
)
SIMS = Standard(
    "European Statistical System, Single Integrated Metadata Structure (SIMS) V2.0 (November 2015)",
    {
        CONTACT: "S.1 Contact",
        "collection": "S.3.1 Data description",
        "population": "S.3.6 Statistical population",
        "area": "S.3.7 Reference area",
        "fieldwork": "S.5 Reference period",
        "mandate": "S.6.1 Legal acts and other agreements",
        "confidentiality": "S.7.1 Confidentiality - policy",
        "disclosure": "S.7.2 Confidentiality - data treatment",
        NEXT_RELEASE: "S.8.1 Release calendar",
        "frequency": "S.9 Frequency of dissemination, S.18.2 Frequency of data collection",
        "tables": "S.10 Accessibility and clarity",
        "quality": "S.11.1 Quality assurance, S.18.4 Data validation",
        "limitations": "S.13.1 Accuracy - overall",
        "precision": "S.13.2 Sampling error",
        "sampling_frame": "S.13.3.1 Coverage error",
        "response_rate": "S.13.3.3 Non-response error",
        "revision_policy": "S.17.1 Data revision - policy",
        "sampling": "S.18.1 Source data",
        "mode": "S.18.3 Data collection",
        "weighting": "S.18.5 Data compilation",
    },
)
STANDARDS: Mapping[str, Standard] = {
    "aapor": AAPOR,
    "bpc": BPC,
    "esomar": ESOMAR,
    "sims": SIMS,
}


PLACES: Mapping[str, str] = {
    **{
        item.name: item.fill_in or f"{item.name} under [methodology] of the questionnaire file"
        for item in ITEMS
    },
    **OF_THE_REPORT,
}
"""Where each item is said, in the order of the card."""


def missing_disclosures(of: Report | Methodology, standard: str = "aapor") -> tuple[Gap, ...]:
    """List what a poll does not disclose although it should.

    Parameters
    ----------
    of : Report or Methodology
        A report, or the record of a poll (``release.methodology``). The record does not hold whom
        to contact and when the next release is: these are looked for in reports alone.
    standard : {"aapor", "bpc", "esomar", "sims"}
        What AAPOR's Code asks to disclose: Section III.A with the results, as its Transparency
        Initiative does, and III.B within 30 days of a request. What the British Polling Council
        asks: in every report client, dates, method, universe, sample size and area; where it is
        practical wording and tables; on the web site the rest. What the guideline of ESOMAR and
        WAPOR asks: as a minimum company, sponsor, universe, sample size, mode and dates. Or what
        the metadata structure of the European Statistical System asks that a poll can answer.

    Returns
    -------
    tuple of Gap
        In the order of the card: name, element of the standard, and where to say it.

    Raises
    ------
    ReportError
        Nobody knows the standard, the report has no methodology card, or it is neither a report nor
        a record.

    References
    ----------
    AAPOR (April 2021), *Code of Professional Ethics and Practices*, Section III, A.1 to A.11 and B.
    British Polling Council, *Statement of Disclosure*, "Published data" and "Information available
    from the research organisation".
    ESOMAR & WAPOR (August 2014), *Guideline on Opinion Polls and Published Surveys*, §5.1 and §5.2,
    and its *Key Requirements*, 5 to 7.
    European Statistical System Committee (November 2015), *Single Integrated Metadata Structure
    V2.0 and its underlying reporting structures*, concepts S.1 to S.18; explained in Eurostat
    (2021), *European Statistical System handbook for quality and metadata reports*.

    Examples
    --------
    >>> from socialpoll import Methodology
    >>> gap, *others = missing_disclosures(Methodology(), "bpc")
    >>> gap.name, gap.element
    ('sponsor', 'Client commissioning the survey')
    >>> gap.fill_in
    'sponsor under [methodology] of the questionnaire file'
    """
    if standard not in STANDARDS:
        raise ReportError(
            "there is no such disclosure standard",
            where="standard",
            found=repr(standard),
            allowed=nearest(standard, STANDARDS),
        )
    if not isinstance(of, Report | Methodology):
        raise ReportError(
            "this is neither a report nor the record of a poll",
            where="of",
            found=type(of).__name__,
            allowed="Report, Methodology",
            advice="of a release, pass release.methodology",
        )
    elements = STANDARDS[standard].elements
    reported = _of_report(of) if isinstance(of, Report) else _of_methodology(of)
    return tuple(
        Gap(name, elements[name], PLACES[name])
        for name in PLACES
        if name in elements and not reported.get(name, True)
    )


def _of_methodology(methodology: Methodology) -> Mapping[str, bool]:
    wording = Wording(None, ("en",))
    return {item.name: item.make(methodology, wording) is not None for item in ITEMS}


def _of_report(report: Report) -> Mapping[str, bool]:
    cells = _card(report)
    reported = {
        item.name: cells.get(item.heading.key, NOT_REPORTED) != NOT_REPORTED for item in ITEMS
    }
    reported[CONTACT] = bool(report.publisher.contact or report.publisher.website)
    reported[NEXT_RELEASE] = report.life_cycle.next_release is not None
    return reported


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
