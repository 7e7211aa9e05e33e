"""The sample report with one thing changed, for documents of both to be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from socialpoll.report import Cell, Figure, Report, Section
from socialpoll.testing.passages import UNKNOWN_ROLE, section_in_role, share_table

__all__ = ["HIDDEN_SHARE", "settled_report", "short_report", "with_role", "with_share"]

FINDINGS = 2
SHOWN = {"Zephyrone": Figure(0.4137, "percent", 2), "Zephyrtwo": Figure(0.2716, "percent", 2)}
HIDDEN_SHARE = re.compile(r"(?<![\d.,])(?:31[.,]47|0[.,]3147)(?!\d)")
"""What is left of the whole: the suppressed share, for whoever works it out."""


def settled_report(report: Report) -> Report:
    """Return the report without the section of a role that no exporter knows."""
    known = tuple(one for one in report.sections if one.role != UNKNOWN_ROLE)
    return replace(report, sections=known)


def short_report(report: Report) -> Report:
    """Return the report with its first key findings and one indicator, without charts."""
    headlines = next(one for one in report.sections if one.role == "headlines")
    first = replace(headlines, blocks=headlines.blocks[:FINDINGS])
    return replace(report, sections=(first, _indicator(SHOWN)))


def with_role(short: Report, role: str) -> Report:
    """Return the short report with one more section, of this role."""
    return replace(short, sections=(*short.sections, section_in_role(role)))


def with_share(short: Report, figure: Figure | None) -> Report:
    """Return the short report with one more share: suppressed, there, or an empty cell.

    The figures of the report change with it; of an empty cell they are those of a suppressed one.
    """
    section = _indicator({**SHOWN, "Zephyrthree": figure})
    rows = list(short.figures)
    place = next(at for at, row in enumerate(rows) if row["flag"] == "suppressed")
    if figure is not None and figure.value is not None:
        usual = {"flag": "", "obs_status": "A", "conf_status": "F"}
        rows[place] = {**rows[place], **usual, "estimate": figure.value}
    return replace(short, sections=(short.sections[0], section), figures=tuple(rows))


def _indicator(shares: Mapping[str, Cell]) -> Section:
    table = share_table("Shares", shares)
    return Section("indicator", table.title, (table,), "account")
