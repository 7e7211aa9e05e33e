"""Words for every code in a report's figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from socialpoll.report.blocks import Message
from socialpoll.report.measured import Line, Measured
from socialpoll.report.wording import PARTS, Wording
from socialpoll.schema import NOT_APPLICABLE, TOTAL
from socialpoll.schema.clock import AFTER_MIDNIGHT
from socialpoll.weighting import WAVE

__all__ = ["labels_of"]

Labels: TypeAlias = dict[str, dict[str, Mapping[str, str]]]


def labels_of(wording: Wording, measured: Iterable[Measured]) -> Labels:
    """Return the words for the codes of all dimensions.

    Parameters
    ----------
    wording : Wording
    measured : iterable of Measured

    Returns
    -------
    dict
        Keys as :class:`~socialpoll.report.Report` lists them.
    """
    several = list(measured)
    labels: Labels = {"indicator": {}, "question": {}, "statistic": {}, "unit": {}, "base": {}}
    labels["breakdown"] = {TOTAL: wording.in_words(Message("Overall"))}
    labels["wave"] = {one.wave: _wave(wording, one.wave) for one in several}
    for one in several:
        labels["indicator"][one.name] = wording.in_words(wording.title(one))
        labels["question"][one.question] = dict(wording.heading(one.question).words)
        labels["statistic"][one.statistic] = _known(wording, STATISTICS, one.statistic)
        labels["unit"][one.unit] = _unit(wording, one)
        _lines(labels, wording, one)
        for breakdown, domains in one.domains.items():
            if breakdown != TOTAL:
                labels["breakdown"][breakdown] = wording.in_words(wording.breakdown(breakdown))
            known = labels.setdefault(f"domain:{breakdown}", {})
            for domain in domains:
                known[domain] = wording.in_words(wording.domain(breakdown, domain))
    labels["base"] = {name: wording.in_words(words) for name, words in BASES.items()}
    return labels


def _wave(wording: Wording, wave: str) -> Mapping[str, str]:
    if wave == NOT_APPLICABLE:
        return wording.in_words(Message("not applicable"))
    return dict(wording.code(WAVE, wave).words)


def _lines(labels: Labels, wording: Wording, measured: Measured) -> None:
    nothing = wording.in_words(Message("not applicable"))
    for dimension, place in (("item", 0), ("category", 1)):
        known = labels.setdefault(f"{dimension}:{measured.question}", {})
        for line in measured.lines:
            code = line[place]
            if code == NOT_APPLICABLE:
                known[code] = nothing
            else:
                known[code] = _code(wording, measured, line, dimension)


def _code(wording: Wording, measured: Measured, line: Line, dimension: str) -> Mapping[str, str]:
    made = wording.window(measured, line) or wording.together(measured, line)
    if measured.statistic == "quantile" or made:
        return wording.in_words(wording.line(measured, line))
    if dimension == "item":
        return dict(wording.item(measured.question, line.item).words)
    return dict(wording.code(measured.question, line.category).words)


STATISTICS = {
    **PARTS,
    "mean": Message("Mean"),
    "total": Message("Total"),
    "ratio": Message("Ratio"),
    "median": Message("Median"),
    "quantile": Message("Quantile"),
    "variance": Message("Variance"),
    "circular_mean": Message("Mean time"),
    "concentration": Message("Concentration of times"),
}
UNITS = {
    "share": Message("share, from 0 to 1"),
    "hours": Message("hours"),
    "minutes": Message("minutes"),
    "persons": Message("people"),
    "score": Message("score"),
    "options": Message("options"),
    AFTER_MIDNIGHT: Message("minutes after midnight"),
    NOT_APPLICABLE: Message("not applicable"),
}
BASES = {
    "answered": Message("respondents who answered this question"),
    "asked": Message("respondents who were asked"),
    "all": Message("all respondents"),
}


def _known(wording: Wording, words: Mapping[str, Message], code: str) -> Mapping[str, str]:
    return wording.in_words(words[code]) if code in words else {"und": code}


def _unit(wording: Wording, measured: Measured) -> Mapping[str, str]:
    own = wording.unit(measured)
    return dict(own.words) if own is not None else _known(wording, UNITS, measured.unit)
