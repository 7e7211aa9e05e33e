"""Lines of the methodology card: weighting, tests, disclosure control, limits and sources."""

from __future__ import annotations

from collections.abc import Mapping

from socialpoll.report.blocks import Figure, Message, Phrase, Said, Value
from socialpoll.report.contrasts import ALPHA
from socialpoll.report.instrument import chain
from socialpoll.report.language import Language
from socialpoll.report.material import level_figure
from socialpoll.report.wording import Wording
from socialpoll.schema import FactValue, Methodology

__all__ = [
    "limitations",
    "sources",
    "suppression",
    "tests",
    "weighting_sources",
    "weighting_variables",
]

OF_ONE_LANGUAGE = "sources."


def weighting_variables(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Name what the weights adjust for; the population they sum to, where they do."""
    steps = _steps(methodology)
    names = dict.fromkeys(name for step in steps for name in _names(step, "variables"))
    if not names:
        return None
    variables = tuple(wording.breakdown(name) for name in names)
    total = next((step["total"] for step in reversed(steps) if step.get("total")), None)
    diagnostics = methodology.fact("weighting", "diagnostics") or {}
    values: dict[str, Value] = {"variables": variables}
    parts: list[Phrase] = [Message("{variables}", values)]
    if isinstance(total, int | float):
        parts.append(Message("population: {total}", {"total": Figure(float(total), "count")}))
    deff = diagnostics.get("deff")
    if isinstance(deff, int | float):
        effect = Figure(float(deff), "decimal", 2)
        parts.append(Message("design effect of the weights: {deff}", {"deff": effect}))
    return chain(parts)


def weighting_sources(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Name where the population figures come from."""
    named: dict[str, dict[str, None]] = {}
    for step in _steps(methodology):
        for tag in wording.languages:
            names = _names(step, f"{OF_ONE_LANGUAGE}{tag}") or _names(step, "sources")
            named.setdefault(tag, {}).update(dict.fromkeys(names))
    words = {tag: Language(tag).join(list(names)) for tag, names in named.items() if names}
    return Said(words) if words else None


def tests(methodology: Methodology, _: Wording) -> Phrase | None:
    """Say how intervals and comparisons were made."""
    fact = methodology.fact("indicators", "precision")
    if fact is None or fact.get("probability") is False:
        return None
    level = fact.get("level")
    if not isinstance(level, float):
        return None
    shown: dict[str, Value] = {"level": level_figure(level), "alpha": level_figure(ALPHA)}
    compared = methodology.fact("indicators", "comparisons")
    if compared is None:
        return Message(
            "{level} confidence intervals by linearisation; differences were not tested", shown
        )
    if compared.get("adjust") == "none":
        return Message(
            "{level} confidence intervals by linearisation; differences between groups were tested "
            "in pairs at the {alpha} level, without adjustment for their number",
            shown,
        )
    return Message(
        "{level} confidence intervals by linearisation; differences between groups were tested in "
        "pairs at the {alpha} level, adjusted for their number",
        shown,
    )


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


def limitations(methodology: Methodology, _: Wording) -> Phrase | None:
    """Return the limitations as declared, sentence by sentence."""
    texts = methodology.declared.limitations
    if not texts:
        return None
    whole: Phrase = Said(texts[0])
    for text in texts[1:]:
        whole = Message("{first} {second}", {"first": whole, "second": Said(text)})
    return whole


def sources(methodology: Methodology, _: Wording) -> Phrase | None:
    """Return the sources as declared."""
    declared = methodology.declared.sources
    return chain(Said(one) for one in declared) if declared else None


def _steps(methodology: Methodology) -> list[Mapping[str, FactValue]]:
    return [fact.values for fact in methodology.facts if fact.stage == "weighting"]


def _names(fact: Mapping[str, FactValue], name: str) -> tuple[str, ...]:
    found = fact.get(name)
    return tuple(map(str, found)) if isinstance(found, tuple) else ()
