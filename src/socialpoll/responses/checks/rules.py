"""The rules by which answers are checked: their names, and how bad it is to break one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.responses.distinct import first_and_count
from socialpoll.responses.findings import Finding, Severity

if TYPE_CHECKING:
    from socialpoll.responses.columns import Truths

__all__ = ["MOST_TOLD", "OF_READING", "RULES", "Rule", "found"]

MOST_TOLD = 100
"""Groups of cases (interviewers, duplicates) that a rule tells one by one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes
    ----------
    severity : {"error", "warning", "note"}
        Of its findings, unless a poll says otherwise; of constraints also unless they do.
    advice : str
        What to do.
    """

    severity: Severity
    advice: str


RULES: Mapping[str, Rule] = {
    "undeclared": Rule("error", "correct it or declare the code"),
    "out_of_range": Rule("error", "correct it, declare it as a missing code, or widen the range"),
    "left_out": Rule("error", "widen or add a band, or add the code to a group"),
    "not_asked_answered": Rule("error", "correct it, its routing, or what it depends on"),
    "asked_blank": Rule("note", "nothing is assumed about it"),
    "marked_not_asked": Rule("note", "check the routing"),
    "exclusive": Rule("error", "correct what contradicts itself"),
    "constraint": Rule("error", "correct the answers that are wrong"),
    "straight_lining": Rule("warning", "look at the other answers of these cases"),
    "speeding": Rule("warning", "look at these cases before they count"),
    "fast_interviewer": Rule("warning", "listen to recordings, or call respondents back"),
    "ends_before_start": Rule("error", "correct the times"),
    "outside_fieldwork": Rule(
        "warning", "check the clock of the device, or the fieldwork dates of the methodology"
    ),
    "overlapping_interviews": Rule("warning", "ask the interviewer; check both interviews"),
    "unreadable_fieldwork": Rule(
        "warning", "correct it; the rules that need it pass over these cases"
    ),
    "duplicate_id": Rule("error", "keep one case an id, or correct the ids"),
    "duplicate_answers": Rule("warning", "look whether one interview was entered twice"),
    "near_duplicates": Rule("warning", "compare the interviews; look at who conducted them"),
    "item_nonresponse": Rule("warning", "say so beside its figures; look at wording and routing"),
    "case_nonresponse": Rule(
        "warning", "decide by a disposition whether it counts as an interview"
    ),
    "lonely_stratum": Rule("warning", "join strata, or declare what lonely clusters contribute"),
    "zero_weight": Rule("warning", "it counts in no figure; give it its base weight"),
    "extreme_weight": Rule("warning", "check the design weights; trimming is a step of the recipe"),
}
"""Every rule, in the order in which findings are told."""
OF_READING = (
    "undeclared",
    "out_of_range",
    "left_out",
    "not_asked_answered",
    "asked_blank",
    "marked_not_asked",
    "exclusive",
    "constraint",
)
"""Rules that are broken by answers as they are read, and are found wherever these lie."""


def found(
    rule: str, cases: Truths, what: str, *, question: str = "", value: str = ""
) -> list[Finding]:
    """Return one finding of a rule for all its cases, or none where there are no cases.

    Parameters
    ----------
    rule : str
    cases : bool array (n,)
    what, question, value : str
    """
    if not np.any(cases):
        return []
    first, number = first_and_count(cases)
    return [
        Finding(
            severity=RULES[rule].severity,
            row=first,
            question=question,
            value=value,
            count=number,
            what=what,
            advice=RULES[rule].advice,
            rule=rule,
            cases=cases,
        )
    ]
