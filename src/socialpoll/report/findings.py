"""What looking through a poll found: one table of it, and a report that may leave the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, get_args

from socialpoll.report.blocks import Message
from socialpoll.report.findings_sections import overview, sections
from socialpoll.report.report import Publisher, Report
from socialpoll.report.wording import Wording
from socialpoll.responses import Checks
from socialpoll.responses.checks import RULES
from socialpoll.responses.findings import Severity
from socialpoll.schema import Questionnaire

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SEVERITIES", "Findings", "Remark"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first."""
COLUMNS = ("severity", "rule", "where", "what", "found", "count", "advice")
PLACED = ("severity", "rule", "wave", "question", "row", *COLUMNS[2:])
PERSONAL = frozenset(["duplicate_id"])
"""Rules that find what tells persons apart."""
ORDER = (*RULES, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that is to be said of a poll.

    Attributes
    ----------
    severity : {"error", "warning", "note"}
    rule : str
        By which it was found; empty where it is not about answers.
    wave : str
        Of whose answers; empty where there are no waves, or it is not about answers.
    question : str
        Name of a variable; empty where it is of a whole case, or not about answers.
    row : int or None
        The first row it was found in, counted from 0.
    where, what, found, advice : str
    count : int
        In how many rows.
    """

    severity: Severity
    rule: str = ""
    wave: str = ""
    question: str = ""
    row: int | None = None
    where: str
    what: str
    found: str = ""
    count: int = 1
    advice: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Findings:
    """Everything that is to be said of a poll.

    Parameters
    ----------
    remarks : tuple of Remark
        The worst first.
    cases : mapping of str to int
        By rule: how many cases its findings concern.
    questionnaire : Questionnaire
    checks : Checks
    title : Text
        Of the poll.
    languages : tuple of str
        In which it is reported.
    publisher : Publisher
    """

    remarks: tuple[Remark, ...]
    cases: Mapping[str, int] = field(default_factory=dict)
    questionnaire: Questionnaire
    checks: Checks = field(default_factory=Checks)
    title: Mapping[str, str]
    languages: tuple[str, ...]
    publisher: Publisher

    @cached_property
    def frame(self) -> pd.DataFrame:
        """severity, rule, where, what, found, count, advice; one row a finding, the worst first."""
        return _frame(self.remarks, COLUMNS)

    @cached_property
    def table(self) -> pd.DataFrame:
        """As ``frame``, with wave, question and row of findings about answers; safe to hand on.

        Of a sensitive question, and of what tells persons apart, it says that something was found
        and where, and not what.
        """
        return _frame(map(self._discreet, self.remarks), PLACED).astype({"row": "Int64"})

    @cached_property
    def report(self) -> Report:
        """The findings as a report, by severity and rule; it shows no more than ``table``."""
        wording = Wording(self.questionnaire, self.languages)
        return Report(
            name="findings",
            title=wording.in_words(Message("Check of the poll")),
            subtitle=self.title,
            languages=self.languages,
            publisher=self.publisher,
            sections=(overview(self), *sections(self, wording)),
            synthetic=self.questionnaire.methodology.synthetic,
        )

    @property
    def counts(self) -> Mapping[Severity, int]:
        """The number of findings by severity, also where there are none."""
        found = [one.severity for one in self.remarks]
        return {one: found.count(one) for one in SEVERITIES}

    @cached_property
    def groups(self) -> dict[tuple[Severity, str], tuple[Remark, ...]]:
        """The findings by severity and rule, those of a rule as they were found."""

        def key(one: Remark) -> tuple[int, int]:
            return SEVERITIES.index(one.severity), ORDER.index(one.rule)

        groups = groupby(sorted(self.remarks, key=key), key=lambda one: (one.severity, one.rule))
        return {name: tuple(several) for name, several in groups}

    def _discreet(self, one: Remark) -> Remark:
        if not self.secret(one):
            return one
        advice = RULES[one.rule].advice if one.rule in RULES else ""
        what = "what was found is not shown"
        return replace(one, what=what, found="", advice=advice)

    def secret(self, one: Remark) -> bool:
        """Say whether what a finding found is not to leave the house."""
        return one.rule in PERSONAL or one.question not in self._open

    @cached_property
    def _open(self) -> frozenset[str]:
        """Variables of which values may be shown: none that is sensitive, or made of such."""
        asked = self.questionnaire
        names = {one.name for one in (*asked.questions, *asked.asked) if not one.sensitive}
        return frozenset(["", *names, *(one.name for one in asked.derived if one.of in names)])


def _frame(remarks: Iterable[Remark], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    rows = [[getattr(one, name) for name in columns] for one in remarks]
    frame = pd.DataFrame(rows, columns=list(columns), dtype="object")
    return frame.astype({"count": "int64"})
