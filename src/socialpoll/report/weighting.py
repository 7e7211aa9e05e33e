"""Lines of the methodology card: how the weights were made, from what, and by which figures."""

from __future__ import annotations

from collections.abc import Mapping

from socialpoll.report import limits
from socialpoll.report.blocks import Figure, Message, Phrase, Said, Value
from socialpoll.report.facts import crossing, names, number, plain
from socialpoll.report.instrument import chain
from socialpoll.report.language import Language
from socialpoll.report.listing import in_sentences
from socialpoll.report.steps import sentence
from socialpoll.report.wording import Wording
from socialpoll.schema import Fact, FactValue, Methodology

__all__ = ["steps_of", "weighting", "weighting_sources", "weighting_variables"]

OF_ONE_LANGUAGE = "sources."
DIAGNOSTICS = "diagnostics"
NO_STEPS = frozenset({DIAGNOSTICS, "made_elsewhere", "replication"})
WITHOUT_VARIABLES = frozenset({"trim"})
"""Steps whose variables are no part of what weights adjust for."""
SUM = ("rake", "poststratify", "calibrate", "rescale")
"""Steps that give the weights their sum."""


def weighting(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Tell step by step how the weights were made.

    Figures of several weights share the account of the steps that these have in common: what comes
    after the first weights are the steps in which the others differ.
    """
    said: list[Phrase] = []
    for place, facts in enumerate(_by_weights(methodology)):
        start = _start(methodology, wording) if place == 0 else None
        told = [] if start is None else [start]
        told += _told(facts, wording)
        if place and told:
            said.append(Message("Some figures rest on other weights, which differ as follows."))
        said += told
    return in_sentences(said) if said else None


def _by_weights(methodology: Methodology) -> list[list[Fact]]:
    """Return the facts of each weights, which their diagnostics close."""
    groups: list[list[Fact]] = [[]]
    for fact in methodology.facts:
        if fact.stage != "weighting":
            continue
        if any(one.name == DIAGNOSTICS for one in groups[-1]) and fact.name != "replication":
            groups.append([])
        groups[-1].append(fact)
    return groups


def _told(facts: list[Fact], wording: Wording) -> list[Phrase]:
    """Tell the steps of some weights, and what these came to."""
    spread = next((fact.values for fact in facts if fact.name == DIAGNOSTICS), {})
    several = (sentence(fact, wording, number(spread, "n")) for fact in facts)
    said = [one for one in several if one is not None]
    end = _end(spread)
    return said if end is None else [*said, end]


def steps_of(methodology: Methodology) -> list[Fact]:
    """Return the facts of weighting steps, in the order of the recipe."""
    return [
        fact
        for fact in methodology.facts
        if fact.stage == "weighting" and fact.name not in NO_STEPS
    ]


def _start(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Say what weights began with; all there is to say where there are no steps."""
    elsewhere = methodology.fact("weighting", "made_elsewhere")
    if elsewhere is not None:
        return _came(elsewhere, wording)
    design = methodology.fact("responses", "design")
    if design is None:
        return None
    weighted, steps = design.get("weight") is not None, bool(steps_of(methodology))
    said = {
        (True, True): Message("Weighting started from the base weights of the sampled cases."),
        (False, True): Message("Weighting started from the same weight for every sampled case."),
        (True, False): Message(
            "Respondents count with their base weights, without any adjustment."
        ),
        (False, False): Message("No weights were used."),
    }
    return said[weighted, steps]


def _came(elsewhere: Mapping[str, FactValue], wording: Wording) -> Phrase:
    """Say what is known of weights that were made elsewhere."""
    margins = tuple(crossing(wording, one) for one in names(elsewhere, "margins"))
    if not margins:
        return Message("The weights came with the data, and count as fixed in standard errors.")
    return Message(
        "The weights came with the data; they were made to population figures by {variables}.",
        {"variables": margins},
    )


def _end(spread: Mapping[str, FactValue]) -> Phrase | None:
    """Say between which limits the weights are, and what they leave of the sample."""
    low, high, effective = (number(spread, one) for one in ("smallest", "largest", "n_effective"))
    if low is None or high is None or effective is None or low == high:
        return None
    values: dict[str, Value] = {
        "low": limits.weight(low),
        "high": limits.weight(high),
        "size": plain(effective, 0),
    }
    return Message(
        "The final weights lie between {low} and {high}; the effective sample size is {size}.",
        values,
    )


def weighting_variables(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Name what the weights adjust for; the population they sum to, where they do."""
    variables = tuple(crossing(wording, one) for one in _adjusted_for(methodology))
    if not variables:
        return _none(methodology)
    parts: list[Phrase] = [Message("{variables}", {"variables": variables})]
    diagnostics = methodology.fact("weighting", DIAGNOSTICS) or {}
    total = _total(methodology)
    if total is not None and total != diagnostics.get("n"):
        parts.append(Message("population: {total}", {"total": Figure(total, "count")}))
    deff = number(diagnostics, "deff")
    if deff is not None:
        effect = Figure(deff, "decimal", 2)
        parts.append(Message("design effect of the weights: {deff}", {"deff": effect}))
    return chain(parts)


def _adjusted_for(methodology: Methodology) -> tuple[str, ...]:
    found: list[str] = []
    for fact in steps_of(methodology):
        if fact.name not in WITHOUT_VARIABLES:
            found += [*names(fact.values, "variables"), *names(fact.values, "numbers")]
    found += names(methodology.fact("weighting", "made_elsewhere") or {}, "margins")
    return tuple(dict.fromkeys(found))


def _total(methodology: Methodology) -> float | None:
    several = (
        number(fact.values, "total") for fact in reversed(steps_of(methodology)) if fact.name in SUM
    )
    return next((one for one in several if one is not None), None)


def weighting_sources(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Name where the population figures come from."""
    named: dict[str, dict[str, None]] = {}
    for fact in steps_of(methodology):
        for tag in wording.languages:
            own = names(fact.values, f"{OF_ONE_LANGUAGE}{tag}") or names(fact.values, "sources")
            named.setdefault(tag, {}).update(dict.fromkeys(own))
    words = {tag: Language(tag).join(list(found)) for tag, found in named.items() if found}
    return Said(words) if words else _none(methodology)


def _none(methodology: Methodology) -> Phrase | None:
    """Say that there are none, where it is known that weights were not adjusted to anything."""
    known = methodology.fact("responses", "design") is not None
    elsewhere = methodology.fact("weighting", "made_elsewhere") is not None
    if not known or elsewhere or steps_of(methodology):
        return None
    return Message("None: nothing was adjusted to population figures")
