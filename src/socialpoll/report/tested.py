"""How differences were tested, in words for the methodology card."""

from __future__ import annotations

from collections.abc import Mapping

from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.contrasts import ALPHA
from socialpoll.report.material import level_figure
from socialpoll.schema import FactValue, Methodology

__all__ = ["tested"]


def tested(methodology: Methodology) -> list[Phrase]:
    """Return what was tested and how, each way once; that nothing was, where that is so.

    Parameters
    ----------
    methodology : Methodology
    """
    facts = [
        fact.values
        for fact in methodology.facts
        if (fact.stage, fact.name) == ("indicators", "comparisons")
    ]
    if not facts:
        return [Message("differences were not tested")]
    said: list[Phrase] = []
    for fact in facts:
        said += [one for one in _told(fact) if one not in said]
    return said


def _told(fact: Mapping[str, FactValue]) -> list[Phrase]:
    tests = _between(str(fact.get("against", "pairs")), {"alpha": level_figure(ALPHA)})
    parts: list[Phrase] = [
        Message("{tests}, without adjustment for their number", {"tests": tests})
        if fact.get("adjust") == "none"
        else Message("{tests}, adjusted for their number", {"tests": tests})
    ]
    if fact.get("adjust") == "bh":
        parts.append(
            Message(
                "the adjustment limits the expected share of false findings among the differences "
                "found"
            )
        )
    if fact.get("test") == "effective-base":
        parts.append(
            Message(
                "these tests rest on the effective base of each group alone, and do not allow for "
                "strata, clusters and weighting to population figures"
            )
        )
    least = fact.get("minimum_base")
    if isinstance(least, int) and least > 1:
        parts.append(
            Message(
                "groups with fewer than {number} respondent were not tested",
                {"number": least},
                "groups with fewer than {number} respondents were not tested",
                "number",
            )
        )
    return parts


def _between(against: str, alpha: Mapping[str, Value]) -> Message:
    """Say between whom."""
    if against == "rest":
        return Message(
            "differences between each group and all other respondents were tested at the {alpha} "
            "level",
            alpha,
        )
    if against == "total":
        return Message(
            "differences between each group and all respondents were tested at the {alpha} level",
            alpha,
        )
    if against in ("waves", "previous"):
        return Message("changes between waves were tested at the {alpha} level", alpha)
    return Message("differences between groups were tested in pairs at the {alpha} level", alpha)
