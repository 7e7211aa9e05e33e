"""A look at a whole poll before anything is made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.disclosure.known_groups import small_groups
from socialpoll.errors import BindingError, DesignError, Problem, SmallGroupsError, SocialpollError
from socialpoll.plugins.choosing import options_of
from socialpoll.plugins.rendering import check_editions
from socialpoll.poll.files import located
from socialpoll.poll.following import changes_in, trends_in
from socialpoll.poll.gathering import cases_in, every_wave, in_wave, joined
from socialpoll.poll.narrowing import withheld_by
from socialpoll.poll.stages import CHECKS, Bound, bound, composed, estimated, released, weighed
from socialpoll.poll.waves import in_common
from socialpoll.report import Findings, Remark
from socialpoll.report.findings import SEVERITIES
from socialpoll.responses.checks import RULES
from socialpoll.weighting import known_sums, lint

if TYPE_CHECKING:
    from socialpoll.disclosure import Release
    from socialpoll.plugins import PluginHost
    from socialpoll.poll.gathering import Answers
    from socialpoll.poll.poll import Poll
    from socialpoll.poll.scanned import LookedThrough
    from socialpoll.responses import Checked
    from socialpoll.responses.findings import Severity
    from socialpoll.weighting import Weights
    from socialpoll.weighting.findings import WeightingFinding

__all__ = ["examine"]


def examine(poll: Poll, host: PluginHost) -> Findings:
    """Return everything that is to be said about a poll, the worst first."""
    remarks = list(_of_exports(poll, host))
    answers: dict[str, Bound] = {}
    found: list[Remark] = []
    for name, one in every_wave(poll).items():
        read, problems = _read(one, host)
        found += _errors(in_wave(name, problem) for problem in problems)
        if read is not None:
            found += _of_the_reader(one, read.said, name)
            found += _of_answers(read.checked, name)
            answers[name] = read
    if not any(one.severity == "error" for one in found):
        found += _of_waves(poll, answers)
        found += _of_figures(poll, answers, host)
    return Findings(
        remarks=tuple(sorted([*remarks, *found], key=lambda one: SEVERITIES.index(one.severity))),
        cases=_cases(answers.values()),
        questionnaire=poll.questionnaire,
        checks=poll.checks,
        title=poll.publication.title,
        languages=poll.publication.languages,
        publisher=poll.publication.publisher,
    )


def _cases(answers: Iterable[Bound]) -> dict[str, int]:
    """Return the cases that the findings of each rule concern, in all waves."""
    cases: Counter[str] = Counter()
    for one in answers:
        counts = one.checked.counts
        known = counts[counts["cases"].notna()]
        cases.update(dict(zip(known["rule"], known["cases"].tolist(), strict=True)))
    return dict(cases)


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
            check_editions(exporter, export.languages)
        except SocialpollError as error:
            for one in error.problems:
                yield _remark("error", one, where=f"exports[{number}]")


def _of_the_reader(poll: Poll, said: Iterable[str], wave: str) -> Iterator[Remark]:
    return (_remark("note", in_wave(wave, Problem(words, poll.source.name))) for words in said)


def _of_answers(checked: Checked | LookedThrough, wave: str) -> Iterator[Remark]:
    for one in checked.findings.to_dict("records"):
        question, row = str(one["question"]), one.get("row")
        places = [f"question {question}" if question else ""]
        places += [] if row is None else [f"row {row} (from 0)"]
        where = ", ".join(filter(None, places))
        yield Remark(
            severity=one["severity"],
            rule=str(one["rule"]) if one["rule"] in RULES else "",
            wave=wave,
            question=question,
            row=row,
            where=in_wave(wave, Problem("", where)).where,
            what=str(one["what"]),
            found=str(one["value"]),
            count=int(one["count"]),
            advice=str(one["advice"]),
        )


def _of_waves(poll: Poll, answers: Answers) -> Iterator[Remark]:
    """Tell what is to be known of the waves together."""
    if len(poll.waves) == 1:
        what, advice = "there is only one wave", "changes and trends need two"
        yield _remark("note", Problem(what, "waves", advice=advice))
    if poll.respondent_id is None:
        return
    for first, second, count in in_common(cases_in(answers)):
        of = f"waves {first!r} and {second!r}"
        what = f"{count} sampling units are in both {of}"
        advice = "" if count else f"do both waves tell them by column {poll.respondent_id!r}?"
        severity: Severity = "note" if count else "warning"
        yield _remark(severity, Problem(what, "respondent_id", advice=advice))


def _of_figures(poll: Poll, answers: Answers, host: PluginHost) -> Iterator[Remark]:
    weights: dict[str, Weights] = {}
    for name, one in every_wave(poll).items():
        responses = answers[name].responses
        try:
            warned = lint(responses, one.recipe).findings
            yield from _of_weighting((it for it in warned if it.severity == "warning"), name)
            weights[name] = weighed(one, responses)
            yield from _of_weighting(weights[name].noted, name)
            found = small_groups(known_sums(weights[name]), poll.publication.fewest)
            yield from _errors(in_wave(name, problem) for problem in found)
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
        yield from _of_groups(poll, shown)
    except SmallGroupsError:
        return  # They are told already, of each wave.
    except SocialpollError as error:
        yield from _errors(error.problems)


def _of_groups(poll: Poll, release: Release) -> Iterator[Remark]:
    """Tell which groups will have no documents of their own."""
    for number, export in enumerate(poll.exports, start=1):
        for one in withheld_by(export.for_each, release):
            what = "this group gets no documents: nothing of it may be shown"
            found = f"{one.breakdown}: {one.group}"
            yield _remark("note", Problem(what, f"exports[{number}].for_each", found))


def _of_weighting(findings: Iterable[WeightingFinding], wave: str) -> Iterator[Remark]:
    for one in findings:
        where = ", ".join(part for part in (one.margin, one.level) if part)
        where = f"weighting.steps[{one.step}]{where and ', '}{where}"
        problem = Problem(one.what, where, one.value, advice=one.advice)
        yield _remark(one.severity, in_wave(wave, problem))


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
