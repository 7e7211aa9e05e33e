"""Lines of the methodology card: tests, disclosure control, limits and sources."""

from __future__ import annotations

from collections.abc import Mapping

from socialpoll.report import replication
from socialpoll.report.blocks import Message, Phrase, Said
from socialpoll.report.breaks import break_limits
from socialpoll.report.contrasts import ALPHA
from socialpoll.report.facts import names
from socialpoll.report.instrument import chain
from socialpoll.report.listing import in_sentences
from socialpoll.report.material import level_figure
from socialpoll.report.sampling import stated
from socialpoll.report.tested import tested
from socialpoll.report.wording import Wording
from socialpoll.schema import FactValue, Methodology

__all__ = ["limitations", "sources", "suppression", "tests"]

HARM = {
    "respondents": Message(
        "where there was a choice, figures of the fewest respondents were suppressed"
    ),
    "cells": Message("where there was a choice, as few figures as possible were suppressed"),
    "log": Message("where there was a choice, few figures of few respondents were suppressed"),
}


def tests(methodology: Methodology, _: Wording) -> Phrase | None:
    """Say how intervals and comparisons were made."""
    fact = methodology.fact("indicators", "precision")
    if fact is None or not stated(fact):
        return None
    level = fact.get("level")
    if not isinstance(level, float):
        return None
    parts = replication.intervals(methodology, level_figure(level))
    if fact.get("model_based"):
        parts.append(
            Message(
                "precision is model-based, because the sample is not random: respondents are "
                "taken to be like all others of the target population with whom they share the "
                "weighting variables"
            )
        )
    parts.extend(tested(methodology))
    parts.append(
        Message(
            "answers are ranked only where {level} confidence intervals that hold for all of them "
            "together do not overlap",
            {"level": level_figure(1 - ALPHA)},
        )
    )
    return chain(parts)


def suppression(methodology: Methodology, _: Wording) -> Phrase | None:
    """Say what was held back and how figures were rounded."""
    fact = methodology.fact("disclosure", "policy")
    if fact is None:
        return None
    minimum, limit = fact.get("minimum_base"), fact.get("flag_below")
    parts: list[Phrase] = []
    if isinstance(minimum, int) and minimum > 0:
        parts.append(
            Message(
                "Groups with fewer than {number} respondent are suppressed [c]",
                {"number": minimum},
                "Groups with fewer than {number} respondents are suppressed [c]",
                "number",
            )
        )
    if isinstance(limit, int):
        parts.append(
            Message(
                "groups with fewer than {number} respondent are marked as of low reliability [u]",
                {"number": limit},
                "groups with fewer than {number} respondents are marked as of low reliability [u]",
                "number",
            )
        )
    parts.extend(_rules(fact))
    parts.extend(_few_answers(fact))
    if fact.get("rounding") not in (None, "none"):
        parts.append(Message("figures are rounded once, half away from zero"))
    return chain(parts) if parts else None


def _rules(fact: Mapping[str, FactValue]) -> list[Phrase]:
    """Name the rules that figures had to pass, but for the least number of respondents."""
    standards: dict[str, Phrase] = {
        "nchs2017": Message(
            "percentages that do not meet the presentation standards for proportions of the US "
            "National Center for Health Statistics (2017) are suppressed or marked"
        ),
        "statcan": Message(
            "estimates with a high coefficient of variation are suppressed or marked, following "
            "the bands of Statistics Canada"
        ),
    }
    return [
        standards.get(name) or Message("the rule “{name}” is applied too", {"name": name})
        for name in names(fact, "rules")
        if name != "min_base"
    ]


def _few_answers(fact: Mapping[str, FactValue]) -> list[Phrase]:
    """Say how small counts are protected, and what is hidden for others."""
    threshold = fact.get("threshold")
    if not fact.get("complementary") or not isinstance(threshold, int):
        return [Message("no complementary suppression is applied")]
    parts: list[Phrase] = [
        Message(
            "answers given, or not given, by fewer than {number} respondent are suppressed [c]",
            {"number": threshold},
            "answers given, or not given, by fewer than {number} respondents are suppressed [c]",
            "number",
        )
    ]
    if fact.get("zeros") == "hide":
        parts.append(Message("answers that nobody or everybody gave are suppressed too"))
    parts.append(
        Message("other figures are suppressed so that none of these can be derived from them")
    )
    harm = HARM.get(str(fact.get("harm")))
    return parts if harm is None else [*parts, harm]


def limitations(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Return the limitations as declared, and breaks between waves, sentence by sentence."""
    said: list[Phrase] = [Said(text) for text in methodology.declared.limitations]
    said += break_limits(methodology, wording)
    return in_sentences(said) if said else None


def sources(methodology: Methodology, _: Wording) -> Phrase | None:
    """Return the sources as declared."""
    declared = methodology.declared.sources
    return chain(Said(one) for one in declared) if declared else None
