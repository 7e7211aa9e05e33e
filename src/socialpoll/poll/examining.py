"""A look at a whole poll before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, get_args

from socialpoll.errors import Problem, SocialpollError
from socialpoll.plugins.choosing import options_of
from socialpoll.poll.files import located
from socialpoll.poll.following import changes_in, trends_in
from socialpoll.poll.gathering import Answers, every_wave, in_wave, joined
from socialpoll.poll.stages import bound, composed, estimated, released, weighed
from socialpoll.poll.waves import in_common
from socialpoll.weighting import lint
from socialpoll.weighting.findings import Severity

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.plugins import PluginHost
    from socialpoll.poll.poll import Poll
    from socialpoll.responses import Responses
    from socialpoll.weighting import Weights
    from socialpoll.weighting.findings import WeightingFinding

__all__ = ["SEVERITIES", "examine"]

COLUMNS = ("severity", "where", "what", "found", "count", "advice")
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
    answers: dict[str, Responses] = {}
    found: list[Line] = []
    for name, one in every_wave(poll).items():
        try:
            responses, said = bound(one, host)
        except SocialpollError as error:
            found += _errors(in_wave(name, problem) for problem in error.problems)
            continue
        found += [_line("note", in_wave(name, Problem(words, one.source.name))) for words in said]
        found += _of_responses(responses, name)
        answers[name] = responses
    yield from found
    if not any(one["severity"] == "error" for one in found):
        yield from _of_waves(poll, answers)
        yield from _of_figures(poll, answers, host)


def _of_waves(poll: Poll, answers: Answers) -> Iterator[Line]:
    """Tell what is to be known of the waves together."""
    if len(poll.waves) == 1:
        what, advice = "there is only one wave", "changes and trends need two"
        yield _line("note", Problem(what, "waves", advice=advice))
    if poll.respondent_id is None:
        return
    for first, second, count in in_common(answers):
        of = f"waves {first!r} and {second!r}"
        what = f"{count} sampling units are in both {of}"
        advice = "" if count else f"do both waves tell them by column {poll.respondent_id!r}?"
        severity: Severity = "note" if count else "warning"
        yield _line(severity, Problem(what, "respondent_id", advice=advice))


def _of_responses(responses: Responses, name: str) -> Iterator[Line]:
    for one in responses.findings.to_dict("records"):
        where = f"question {one['question']}, row {one['row']} (from 0)"
        problem = Problem(str(one["what"]), where, str(one["value"]), advice=str(one["advice"]))
        yield _line(one["severity"], in_wave(name, problem), count=int(one["count"]))


def _of_figures(poll: Poll, answers: Answers, host: PluginHost) -> Iterator[Line]:
    weights: dict[str, Weights] = {}
    for name, one in every_wave(poll).items():
        try:
            warned = lint(answers[name], one.recipe).findings
            yield from _of_weighting((it for it in warned if it.severity == "warning"), name)
            weights[name] = weighed(one, answers[name])
            yield from _of_weighting(weights[name].noted, name)
        except SocialpollError as error:
            yield from _errors(in_wave(name, problem) for problem in error.problems)
    if len(weights) < len(answers):
        return
    try:
        estimates = estimated(poll, joined(poll, weights))
        shown = released(poll, estimates, host)
        changes_in(poll, estimates, shown)
        trends_in(poll, estimates, shown)
        composed(poll, shown)
    except SocialpollError as error:
        yield from _errors(error.problems)


def _of_weighting(findings: Iterable[WeightingFinding], name: str) -> Iterator[Line]:
    for one in findings:
        where = ", ".join(part for part in (one.margin, one.level) if part)
        where = f"weighting.steps[{one.step}]{where and ', '}{where}"
        problem = Problem(one.what, where, one.value, advice=one.advice)
        yield _line(one.severity, in_wave(name, problem))


def _errors(problems: Iterable[Problem]) -> Iterator[Line]:
    return (_line("error", one) for one in problems)


def _line(
    severity: Severity,
    problem: Problem,
    *,
    where: str = "",
    count: int = 1,
) -> Line:
    places = [one for one in (where, problem.where) if one]
    allowed = f"allowed: {problem.allowed}" if problem.allowed else ""
    return {
        "severity": severity,
        "where": ", ".join(places),
        "what": problem.what,
        "found": problem.found,
        "count": count,
        "advice": "; ".join(one for one in (allowed, problem.advice) if one),
    }
