"""The sections of a report of findings: an overview, then every rule by severity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from socialpoll.report.blocks import (
    Cell,
    Column,
    Figure,
    Message,
    Phrase,
    Row,
    Said,
    Section,
    Table,
    Text,
)
from socialpoll.report.findings_values import found_told
from socialpoll.report.findings_words import rule_told
from socialpoll.schema import say

if TYPE_CHECKING:
    from socialpoll.report.findings import Findings, Remark
    from socialpoll.report.wording import Wording
    from socialpoll.responses.findings import Severity

__all__ = ["overview", "sections"]

MOST_SHOWN = 200
"""Findings of a rule that are shown one by one."""


def overview(findings: Findings) -> Section:
    """Return how much was found, by severity and rule."""
    counted = tuple(COUNTED[one](number) for one, number in findings.counts.items())
    said: list[Phrase] = [Message("Found: {findings}.", {"findings": counted})]
    if findings.counts["error"]:
        said.append(Message("No documents are made before the errors are corrected."))
    text = Text(tuple(said))
    blocks = (text, _counts(findings)) if findings.remarks else (text,)
    return Section("overview", Message("Overview"), blocks)


def sections(findings: Findings, wording: Wording) -> Iterator[Section]:
    """Yield a section for each severity, followed by one for each of its rules."""
    before = None
    for (severity, rule), remarks in findings.groups.items():
        if severity != before:
            title, meaning = SEVERAL[severity]
            yield Section("severity", title, (Text((meaning,)),), severity)
        before = severity
        told = rule_told(rule, findings.checks)
        table = _of_answers(findings, wording, remarks) if rule else _of_the_rest(remarks)
        yield Section("rule", told.title, (Text((told.meaning, told.advice)), table), rule)


def _counts(findings: Findings) -> Table:
    notes: list[Phrase] = [Message("Row 0 is the first one below the headings of the file.")]
    if any(map(findings.secret, findings.remarks)):
        notes.append(Message("Ids, and answers to sensitive questions, are not shown."))
    return Table(
        Message("Findings by severity and rule"),
        (
            Column("rule", Message("Rule"), "label"),
            Column("severity", Message("Severity"), "text"),
            Column("findings", Message("Findings")),
            Column("cases", Message("Cases")),
        ),
        tuple(_line(findings, severity, rule) for severity, rule in findings.groups),
        tuple(notes),
    )


def _line(findings: Findings, severity: Severity, rule: str) -> Row:
    cases = findings.cases.get(rule)
    return Row(
        (
            rule_told(rule, findings.checks).title,
            ONE[severity],
            Figure(len(findings.groups[severity, rule]), "count"),
            None if cases is None else Figure(cases, "count"),
        )
    )


def _of_answers(findings: Findings, wording: Wording, remarks: Sequence[Remark]) -> Table:
    """Return the findings of a rule, without columns that would be empty."""
    columns = [
        Column("variable", Message("Variable"), "label"),
        Column("wave", Message("Wave"), "text"),
        Column("question", Message("Question"), "text"),
        Column("found", Message("Found"), "text"),
        Column("row", Message("First row")),
        Column("cases", Message("Cases")),
    ]
    lines = [_cells(findings, wording, one) for one in remarks[:MOST_SHOWN]]
    filled = [place for place, _ in enumerate(columns) if any(line[place] for line in lines)]
    rows = (Row(tuple(line[place] for place in filled)) for line in lines)
    return _table([columns[place] for place in filled], rows, remarks)


def _cells(findings: Findings, wording: Wording, one: Remark) -> tuple[Cell, ...]:
    hidden = one.found and findings.secret(one)
    found = Message("not shown") if hidden else found_told(one.rule, one.found)
    return (
        Said({"und": one.question}) if one.question else None,
        Said({"und": one.wave}) if one.wave else None,
        _asked(findings, wording, one) if one.question else None,
        found,
        None if one.row is None else Said({"und": str(one.row)}),
        Figure(one.count, "count"),
    )


def _asked(findings: Findings, wording: Wording, one: Remark) -> Said:
    """Return the heading of a question; of a constraint its own words."""
    if one.rule == "constraint":
        several = findings.questionnaire.constraints
        known = {say(each.message, "en"): each.message for each in several}
        return Said(known.get(one.what, {"en": one.what}))
    return wording.heading(one.question)


def _of_the_rest(remarks: Sequence[Remark]) -> Table:
    columns = [
        Column("where", Message("Where"), "label"),
        Column("what", Message("What was found"), "text"),
        Column("advice", Message("What to do"), "text"),
    ]
    # The library says this in English, whatever the language of the report.
    rows = (
        Row(
            tuple(
                Said({"en": words}) if words else None
                for words in (one.where, _with_value(one), one.advice)
            )
        )
        for one in remarks[:MOST_SHOWN]
    )
    return _table(columns, rows, remarks)


def _with_value(one: Remark) -> str:
    return f"{one.what}: {one.found}" if one.found else one.what


def _table(columns: Sequence[Column], rows: Iterable[Row], remarks: Sequence[Remark]) -> Table:
    title = Message("Findings: {number}", {"number": len(remarks)})
    more = len(remarks) - MOST_SHOWN
    notes = (
        Message("Further findings, which are in the report as CSV: {number}", {"number": more}),
    )
    return Table(title, tuple(columns), tuple(rows), notes if more > 0 else ())


def _errors(number: int) -> Message:
    return Message("{number} error", {"number": number}, "{number} errors", "number")


def _warnings(number: int) -> Message:
    return Message("{number} warning", {"number": number}, "{number} warnings", "number")


def _notes(number: int) -> Message:
    return Message("{number} note", {"number": number}, "{number} notes", "number")


COUNTED: Mapping[Severity, Callable[[int], Message]] = {
    "error": _errors,
    "warning": _warnings,
    "note": _notes,
}
ONE: Mapping[Severity, Message] = {
    "error": Message("error"),
    "warning": Message("warning"),
    "note": Message("note"),
}
SEVERAL: Mapping[Severity, tuple[Message, Message]] = {
    "error": (Message("Errors"), Message("What cannot be right, and stops a run.")),
    "warning": (Message("Warnings"), Message("What should be looked at before publication.")),
    "note": (Message("Notes", context="severity"), Message("What is worth knowing.")),
}
