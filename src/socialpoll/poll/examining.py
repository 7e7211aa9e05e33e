"""A look at a whole poll before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.errors import BindingError, DesignError, Problem, SocialpollError
from socialpoll.plugins.choosing import options_of
from socialpoll.poll.files import located
from socialpoll.poll.stages import CHECKS, Bound, bound, composed, estimated, released, weighed
from socialpoll.report import Findings, Remark
from socialpoll.report.findings import SEVERITIES
from socialpoll.weighting import lint

if TYPE_CHECKING:
    from socialpoll.plugins import PluginHost
    from socialpoll.poll.poll import Poll
    from socialpoll.responses import Checked, Responses
    from socialpoll.responses.findings import Severity
    from socialpoll.weighting.findings import WeightingFinding

__all__ = ["examine"]


def examine(poll: Poll, host: PluginHost) -> Findings:
    """Return everything that is to be said about a poll, the worst first."""
    remarks = list(_of_exports(poll, host))
    answers, problems = _read(poll, host)
    remarks += _errors(problems)
    cases = {}
    if answers is not None:
        counts = answers.checked.counts
        cases = dict(zip(counts["rule"], counts["cases"].tolist(), strict=True))
        found = [*_of_the_reader(poll, answers.said), *_of_answers(answers.checked)]
        remarks += found
        if not problems and not any(one.severity == "error" for one in found):
            remarks += _of_figures(poll, answers.responses, host)
    return Findings(
        remarks=tuple(sorted(remarks, key=lambda one: SEVERITIES.index(one.severity))),
        cases=cases,
        questionnaire=poll.questionnaire,
        checks=poll.checks,
        title=poll.publication.title,
        languages=poll.publication.languages,
        publisher=poll.publication.publisher,
    )


def _read(
    poll: Poll, host: PluginHost, told: tuple[Problem, ...] = ()
) -> tuple[Bound | None, tuple[Problem, ...]]:
    """Read the answers, as far as they can be looked at; and say what is wrong beside them."""
    try:
        return bound(poll, host), told
    except SocialpollError as error:
        told = (*told, *(one for one in error.problems if one not in told))
        simpler = _simpler(poll, error)
    return (None, told) if simpler is None else _read(simpler, host, told)


def _simpler(poll: Poll, error: SocialpollError) -> Poll | None:
    """Return a poll without the base weights, or without the columns of the checks, that failed."""
    if isinstance(error, DesignError) and poll.design.weight is not None:
        return replace(poll, design=replace(poll.design, weight=None))
    if isinstance(error, BindingError) and error.subject == CHECKS and poll.checks.columns:
        nameless = replace(
            poll.checks, id=None, start=None, end=None, duration=None, interviewer=None
        )
        return replace(poll, checks=nameless)
    return None


def _of_exports(poll: Poll, host: PluginHost) -> Iterator[Remark]:
    for number, export in enumerate(poll.exports, start=1):
        try:
            exporter = host.exporter(export.exporter)
            options_of(exporter, located(exporter, export.options, poll.folder))
        except SocialpollError as error:
            for one in error.problems:
                yield _remark("error", one, where=f"exports[{number}]")


def _of_the_reader(poll: Poll, said: Iterable[str]) -> Iterator[Remark]:
    return (Remark(severity="note", where=poll.source.name, what=words) for words in said)


def _of_answers(checked: Checked) -> Iterator[Remark]:
    for one in checked.findings.to_dict("records"):
        question, row = str(one["question"]), int(one["row"])
        yield Remark(
            severity=one["severity"],
            rule=str(one["rule"]),
            question=question,
            row=row,
            where=f"{f'question {question}, ' if question else ''}row {row} (from 0)",
            what=str(one["what"]),
            found=str(one["value"]),
            count=int(one["count"]),
            advice=str(one["advice"]),
        )


def _of_figures(poll: Poll, responses: Responses, host: PluginHost) -> Iterator[Remark]:
    try:
        warned = [one for one in lint(responses, poll.recipe).findings if one.severity == "warning"]
        yield from _of_weighting(warned)
        weights = weighed(poll, responses)
        yield from _of_weighting(weights.noted)
        composed(poll, released(poll, estimated(poll, weights), host))
    except SocialpollError as error:
        yield from _errors(error.problems)


def _of_weighting(findings: Iterable[WeightingFinding]) -> Iterator[Remark]:
    for one in findings:
        where = ", ".join(part for part in (one.margin, one.level) if part)
        where = f"weighting.steps[{one.step}]{where and ', '}{where}"
        yield _remark(one.severity, Problem(one.what, where, one.value, advice=one.advice))


def _errors(problems: Iterable[Problem]) -> Iterator[Remark]:
    return (_remark("error", one) for one in problems)


def _remark(severity: Severity, problem: Problem, *, where: str = "") -> Remark:
    allowed = f"allowed: {problem.allowed}" if problem.allowed else ""
    return Remark(
        severity=severity,
        where=", ".join(one for one in (where, problem.where) if one),
        what=problem.what,
        found=problem.found,
        advice="; ".join(one for one in (allowed, problem.advice) if one),
    )
