"""A look at a whole poll before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, get_args

from socialpoll.errors import Problem, SocialpollError
from socialpoll.plugins.choosing import options_of
from socialpoll.poll.files import located
from socialpoll.poll.stages import bound, composed, estimated, released, weighed
from socialpoll.weighting import lint
from socialpoll.weighting.findings import Severity

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.plugins import PluginHost
    from socialpoll.poll.poll import Poll
    from socialpoll.responses import Checked, Responses
    from socialpoll.weighting.findings import WeightingFinding

__all__ = ["SEVERITIES", "examine"]

COLUMNS = ("severity", "rule", "where", "what", "found", "count", "advice")
SEVERITIES = get_args(Severity)
Line = dict[str, Any]


def examine(poll: Poll, host: PluginHost) -> pd.DataFrame:
    """Return everything that is to be said about a poll, the worst first."""
    import pandas as pd

    lines = [*_of_exports(poll, host), *_of_stages(poll, host)]
    lines.sort(key=lambda line: SEVERITIES.index(line["severity"]))
    frame = pd.DataFrame(lines, columns=list(COLUMNS))
    return frame.astype({"count": "int64"} | dict.fromkeys(set(COLUMNS) - {"count"}, "object"))


def _of_exports(poll: Poll, host: PluginHost) -> Iterator[Line]:
    for number, export in enumerate(poll.exports, start=1):
        try:
            exporter = host.exporter(export.exporter)
            options_of(exporter, located(exporter, export.options, poll.folder))
        except SocialpollError as error:
            for one in error.problems:
                yield _line("error", one, where=f"exports[{number}]")


def _of_stages(poll: Poll, host: PluginHost) -> Iterator[Line]:
    try:
        answers = bound(poll, host)
    except SocialpollError as error:
        yield from _errors(error.problems)
        return
    for words in answers.said:
        yield _line("note", Problem(words), where=poll.source.name)
    found = list(_of_answers(answers.checked))
    yield from found
    if not any(one["severity"] == "error" for one in found):
        yield from _of_figures(poll, answers.responses, host)


def _of_answers(checked: Checked) -> Iterator[Line]:
    for one in checked.findings.to_dict("records"):
        question = f"question {one['question']}, " if one["question"] else ""
        where = f"{question}row {one['row']} (from 0)"
        problem = Problem(str(one["what"]), where, str(one["value"]), advice=str(one["advice"]))
        yield _line(one["severity"], problem, rule=str(one["rule"]), count=int(one["count"]))


def _of_figures(poll: Poll, responses: Responses, host: PluginHost) -> Iterator[Line]:
    try:
        warned = [one for one in lint(responses, poll.recipe).findings if one.severity == "warning"]
        yield from _of_weighting(warned)
        weights = weighed(poll, responses)
        yield from _of_weighting(weights.noted)
        composed(poll, released(poll, estimated(poll, weights), host))
    except SocialpollError as error:
        yield from _errors(error.problems)


def _of_weighting(findings: Iterable[WeightingFinding]) -> Iterator[Line]:
    for one in findings:
        where = ", ".join(part for part in (one.margin, one.level) if part)
        where = f"weighting.steps[{one.step}]{where and ', '}{where}"
        yield _line(one.severity, Problem(one.what, where, one.value, advice=one.advice))


def _errors(problems: Iterable[Problem]) -> Iterator[Line]:
    return (_line("error", one) for one in problems)


def _line(
    severity: Severity,
    problem: Problem,
    *,
    rule: str = "",
    where: str = "",
    count: int = 1,
) -> Line:
    places = [one for one in (where, problem.where) if one]
    allowed = f"allowed: {problem.allowed}" if problem.allowed else ""
    return {
        "severity": severity,
        "rule": rule,
        "where": ", ".join(places),
        "what": problem.what,
        "found": problem.found,
        "count": count,
        "advice": "; ".join(one for one in (allowed, problem.advice) if one),
    }
