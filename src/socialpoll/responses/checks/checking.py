"""Checking answers by every rule at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.errors import ChecksError
from socialpoll.responses.checks.checked import Checked
from socialpoll.responses.checks.declared import Checks, SeverityOrOff, checks_problems
from socialpoll.responses.checks.duplicates import near_duplicates, same_answers, same_ids
from socialpoll.responses.checks.fieldwork import fieldwork_in
from socialpoll.responses.checks.gaps import nonresponse
from socialpoll.responses.checks.pace import (
    fast_interviewers,
    orders_of_time,
    outside_fieldwork,
    overlaps,
    speeders,
)
from socialpoll.responses.checks.rules import RULES
from socialpoll.responses.checks.sampling import lonely_strata, weights
from socialpoll.responses.checks.straightness import straight_lines
from socialpoll.responses.counting import require_cases
from socialpoll.responses.findings import Finding, findings_frame, flagged_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from socialpoll.responses.columns import Truths
from socialpoll.responses.responses import Responses
from socialpoll.responses.scans.scanning import require_memory

__all__ = ["check"]


def check(
    responses: Responses, checks: Checks | None = None, *, frame: pd.DataFrame | None = None
) -> Checked:
    """Look for answers that cannot be right, or had better be looked at; nothing is changed.

    Parameters
    ----------
    responses : Responses
        What reading them found is among the findings.
    checks : Checks, optional
        Columns, thresholds and severities; those of ``Checks()`` where absent.
    frame : pandas.DataFrame, optional
        That the responses were bound from; needed where the checks name columns.

    Returns
    -------
    Checked
        Its ``findings`` are one table, its ``cases(rule)`` say which cases a rule concerns.

    Raises
    ------
    ChecksError
        Checks that contradict themselves or the questionnaire, with every problem.
    BindingError
        The frame is needed and not given, not of these cases, or lacks a column.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"id": [1, 2, 2], "uses": ["yes", "no", "yes"]})
    >>> responses = sp.bind(answers, sp.Questionnaire.infer(answers, exclude=["id"]))
    >>> checked = sp.check(responses, sp.Checks(id="id"), frame=answers)
    >>> checked.findings[["severity", "rule", "value", "count"]].values.tolist()
    [['error', 'duplicate_id', '2', 2]]
    >>> checked.cases("duplicate_id").tolist()
    [False, True, True]
    """
    require_memory(responses)
    require_cases(responses.repeats)
    checks = Checks() if checks is None else checks
    problems = checks_problems(checks, responses.questionnaire)
    if problems:
        raise ChecksError("the checks", problems)
    order = {rule: place for place, rule in enumerate(RULES)}
    made = sorted(_made(responses, checks, frame), key=lambda one: order[one.rule])
    told = [one for one in made if one.rule in _told(checks)]
    findings = [*_of_reading(responses), *told]
    flagged = {**responses.flagged, **flagged_by(told)}
    return Checked(
        findings=findings_frame(
            replace(one, severity=severity)
            for one in findings
            if (severity := _severity(checks, one)) != "off"
        ),
        rows=len(responses),
        checks=checks,
        flagged=_kept(flagged, checks),
    )


def _made(responses: Responses, checks: Checks, frame: pd.DataFrame | None) -> Iterator[Finding]:
    fieldwork, unreadable = fieldwork_in(frame, checks, responses)
    yield from unreadable
    yield from straight_lines(responses, checks)
    yield from speeders(responses, fieldwork, checks)
    yield from fast_interviewers(responses, fieldwork, checks)
    yield from orders_of_time(responses, fieldwork)
    yield from outside_fieldwork(responses, fieldwork)
    yield from overlaps(responses, fieldwork)
    yield from same_ids(fieldwork)
    if {"duplicate_answers", "near_duplicates"} & _told(checks):
        yield from same_answers(responses, checks)
        yield from near_duplicates(responses, checks)
    yield from nonresponse(responses, checks)
    yield from lonely_strata(responses)
    yield from weights(responses, checks)


def _of_reading(responses: Responses) -> list[Finding]:
    columns = responses.findings.to_dict("records")
    return [Finding(**{str(name): value for name, value in one.items()}) for one in columns]


def _told(checks: Checks) -> set[str]:
    return {rule for rule in RULES if checks.severity_of(rule) != "off"}


def _kept(flagged: Mapping[str, Truths], checks: Checks) -> dict[str, Truths]:
    return {rule: cases for rule, cases in flagged.items() if rule in _told(checks)}


def _severity(checks: Checks, finding: Finding) -> SeverityOrOff:
    """Return the declared severity of a finding; else its own, which a constraint declares."""
    return checks.severity.get(finding.rule, finding.severity)
