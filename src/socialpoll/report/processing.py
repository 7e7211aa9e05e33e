"""Lines of the methodology card: tests, disclosure control, limits and sources."""

from __future__ import annotations

from socialpoll.report import replication
from socialpoll.report.blocks import Message, Phrase, Said
from socialpoll.report.breaks import break_limits
from socialpoll.report.instrument import chain
from socialpoll.report.material import level_figure
from socialpoll.report.sampling import stated
from socialpoll.report.tested import tested
from socialpoll.report.wording import Wording
from socialpoll.schema import Methodology

__all__ = ["limitations", "sources", "suppression", "tests"]


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
                "precision is model-based, for the sample is not random: respondents are taken to "
                "be like all others of the target population with whom they share the weighting "
                "variables"
            )
        )
    parts.extend(tested(methodology))
    return chain(parts)


def suppression(methodology: Methodology, _: Wording) -> Phrase | None:
    """Say what was held back and how figures were rounded."""
    fact = methodology.fact("disclosure", "policy")
    if fact is None:
        return None
    minimum, limit = fact.get("minimum_base"), fact.get("flag_below")
    parts: list[Phrase] = []
    if isinstance(minimum, int):
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
    if not fact.get("complementary"):
        parts.append(Message("no complementary suppression is applied"))
    if fact.get("rounding") not in (None, "none"):
        parts.append(Message("figures are rounded once, half away from zero"))
    return chain(parts) if parts else None


def limitations(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Return the limitations as declared, and breaks between waves, sentence by sentence."""
    said: list[Phrase] = [Said(text) for text in methodology.declared.limitations]
    said += break_limits(methodology, wording)
    if not said:
        return None
    whole = said[0]
    for one in said[1:]:
        whole = Message("{first} {second}", {"first": whole, "second": one})
    return whole


def sources(methodology: Methodology, _: Wording) -> Phrase | None:
    """Return the sources as declared."""
    declared = methodology.declared.sources
    return chain(Said(one) for one in declared) if declared else None
