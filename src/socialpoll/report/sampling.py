"""Lines of the methodology card: how the sample was drawn and how precise it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from socialpoll.report.blocks import Figure, Message, Phrase, Said, Value
from socialpoll.report.facts import names, whole
from socialpoll.report.instrument import chain
from socialpoll.report.language import Language
from socialpoll.report.material import level_figure
from socialpoll.report.wording import Wording
from socialpoll.schema import FactValue, Methodology
from socialpoll.weighting import WAVE

__all__ = [
    "days_of_fieldwork",
    "days_told",
    "design",
    "design_effect",
    "fieldwork",
    "languages",
    "margin",
    "precision",
    "response_rate",
    "sample_size",
    "stated",
]


def design(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Say how the sample was drawn, as far as the data show it."""
    fact = methodology.fact("responses", "design")
    if fact is None:
        return None
    if fact.get("sampling") != "probability":
        return Message("People chose to take part themselves; the sample is not random")
    if not (fact.get("clustered") or names(fact, "cluster_columns")):
        return _persons(fact, wording)
    return chain([_clusters(fact, wording), _stages(whole(fact, "stages"))])


def _persons(fact: Mapping[str, FactValue], wording: Wording) -> Phrase:
    if not fact.get("stratified"):
        return Message("Simple random sample of persons")
    by = _strata(fact, wording)
    if not by:
        return Message("Stratified random sample of persons")
    return Message("Random sample of persons, stratified by {variables}", {"variables": by})


def _clusters(fact: Mapping[str, FactValue], wording: Wording) -> Phrase:
    if not fact.get("stratified"):
        return Message("Random sample of clusters")
    by = _strata(fact, wording)
    if not by:
        return Message("Stratified random sample of clusters")
    return Message("Random sample of clusters, stratified by {variables}", {"variables": by})


def _strata(fact: Mapping[str, FactValue], wording: Wording) -> tuple[Said, ...]:
    """Return the words for what strata were made of; none where only the data have a name."""
    columns = names(fact, "strata_columns")
    if any(wording.variable(one) is None for one in columns):
        return ()
    return tuple(wording.heading(one) for one in columns)


def _stages(number: int) -> Phrase:
    """Say how many stages the design knows: of one, there may have been others beneath it."""
    if number > 1:
        return Message("stages of sampling: {stages}", {"stages": number})
    return Message("precision is estimated from the clusters of the first stage")


def languages(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Name the languages in which interviews were held."""
    tags = methodology.declared.languages
    if not tags:
        return None
    known = wording.languages or ("en",)
    names: tuple[Phrase, ...] = tuple(
        Said({spoken: Language(spoken).name_of(tag) for spoken in known}) for tag in tags
    )
    return Message("{parts}", {"parts": names})


def fieldwork(methodology: Methodology, wording: Wording) -> Phrase | None:
    """Say when the answers were collected, in each wave where there are several."""
    found = [(wave, days_told(start, end)) for wave, start, end in days_of_fieldwork(methodology)]
    if [wave for wave, _ in found] == [None]:
        return found[0][1]
    told = [
        Message("{label}: {text}", {"label": wording.code(WAVE, wave), "text": days})
        for wave, days in found
        if wave is not None and days is not None
    ]
    return chain(told)


def days_of_fieldwork(
    methodology: Methodology,
) -> Iterator[tuple[str | None, dt.date | None, dt.date | None]]:
    """Yield each wave with the first and the last day of its fieldwork; None where not told."""
    waves = methodology.fact("waves", "fieldwork")
    if waves is None:
        declared = methodology.declared
        yield None, declared.fieldwork_start, declared.fieldwork_end
        return
    columns = (names(waves, one) for one in ("waves", "start", "end"))
    for wave, start, end in zip(*columns, strict=True):
        yield wave, _day(start), _day(end)


def days_told(start: dt.date | None, end: dt.date | None) -> Phrase | None:
    """Say from which day to which; of one day that day, of none nothing."""
    if start is not None and end is not None and start != end:
        return Message("From {start} to {end}", {"start": start, "end": end})
    day = start or end
    return None if day is None else Message("{date}", {"date": day})


def _day(written: str) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def sample_size(methodology: Methodology, _: Wording) -> Phrase | None:
    """Say how many cases were sampled, and how many gave an interview."""
    fact = methodology.fact("responses", "cases")
    if fact is None:
        return None
    cases, interviews = whole(fact, "cases"), whole(fact, "interviews")
    if cases == interviews:
        return Message(
            "{number} respondent",
            {"number": interviews},
            "{number} respondents",
            "number",
        )
    return Message(
        "{number} respondent out of {cases} sampled",
        {"number": interviews, "cases": cases},
        "{number} respondents out of {cases} sampled",
        "number",
    )


def response_rate(methodology: Methodology, _: Wording) -> Phrase | None:
    """State the response rates 1 and 3 of AAPOR, Standard Definitions (2016).

    Where no outcomes are declared: interviews over all sampled cases. That is response rate 1 where
    every sampled case is eligible, or may be; less than it where some are known not to be.
    """
    rates = methodology.fact("responses", "rates")
    if rates is not None:
        return _outcome_rates(rates)
    fact = methodology.fact("responses", "cases")
    if fact is None or not names(fact, "dispositions"):
        return None
    cases = whole(fact, "cases")
    if not cases:
        return None
    rate = Figure(whole(fact, "interviews") / cases, "percent", 1)
    return Message("{rate} of all sampled cases gave an interview", {"rate": rate})


def _outcome_rates(fact: Mapping[str, FactValue]) -> Phrase | None:
    rr1, rr3, e = (_percent(fact, name) for name in ("RR1", "RR3", "e"))
    if rr1 is None:
        return None
    said: list[Phrase] = [Message("AAPOR response rate 1 (RR1): {rate}", {"rate": rr1})]
    if not fact.get("unknown"):
        said.append(Message("it is known of every case whether it was eligible"))
    elif rr3 is not None and e is not None:
        said.append(
            Message(
                "AAPOR response rate 3 (RR3): {rate}, with {e} of the cases of unknown eligibility "
                "taken as eligible",
                {"rate": rr3, "e": e},
            )
        )
    if fact.get("weighted"):
        said.append(Message("cases are counted with their base weights"))
    return chain(said)


def _percent(fact: Mapping[str, FactValue], name: str) -> Figure | None:
    found = fact.get(name)
    return Figure(found, "percent", 1) if isinstance(found, float) else None


def precision(methodology: Methodology, _: Wording) -> Phrase | None:
    """State the margin of error of the poll."""
    fact = methodology.fact("indicators", "precision")
    if fact is not None and not stated(fact):
        return Message("None is stated, because the sample is not random")
    values = margin(methodology)
    if values is None:
        return None
    said = Message("±{margin} at the {level} confidence level, for a share of one half", values)
    if fact is not None and fact.get("model_based"):
        return chain([said, Message("it is model-based, because the sample is not random")])
    return said


def stated(fact: Mapping[str, FactValue]) -> bool:
    """Say whether figures have a precision: of random samples, or by a model if asked."""
    return fact.get("probability") is not False or bool(fact.get("model_based"))


def margin(methodology: Methodology) -> dict[str, Value] | None:
    """Return margin and confidence level of the poll; None where there is none."""
    fact = methodology.fact("indicators", "precision") or {}
    half, level = fact.get("headline_margin"), fact.get("level")
    if not isinstance(half, float) or not isinstance(level, float):
        return None
    return {"margin": Figure(half, "points", 1), "level": level_figure(level)}


def design_effect(methodology: Methodology, _: Wording) -> Phrase | None:
    """State the median design effect of the poll's shares."""
    fact = methodology.fact("indicators", "precision") or {}
    median = fact.get("deff_median")
    if not isinstance(median, float):
        return None
    return Message(
        "{deff} (median of the percentages for all respondents)",
        {"deff": Figure(median, "decimal", 2)},
    )
