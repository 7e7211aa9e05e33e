"""Facts of weighting steps as weighting writes them, and the card that tells of them."""

from __future__ import annotations

import socialpoll as sp
from socialpoll.report.language import Digits
from socialpoll.schema import Fact, FactValue
from tests.report.handmade import FACTS, composed, questionnaire, section, text, yes_no

LINE = {"en": "Weighting", "ar": "الترجيح"}
START = {
    "en": "Weighting started from the base weights of the sampled cases",
    "ar": "انطلق الترجيح من الأوزان الأساسية لحالات العينة",
}
ADULTS = sp.Number(
    name="adults",
    text=text("How many adults live here?", "كم عدد البالغين في الأسرة؟"),
    label=text("adults in the household", "عدد البالغين في الأسرة"),
    unit=text("persons", "فرد"),
)
TARGETS: dict[str, FactValue] = {
    "variables": ("sex", "age_group"),
    "sources": ("Census 2020",),
    "sources.en": ("Census 2020",),
    "sources.ar": ("تعداد 2020",),
    "dates": ("2020-12-12",),
    "iterations": 6,
    "tolerance": 1e-8,
    "largest_error": 1e-9,
    "total": 1_250_000.0,
    "rescaled": (),
}
CALIBRATED: dict[str, FactValue] = {
    **TARGETS,
    "variables": ("area", "sex|age_group"),
    "numbers": ("hours",),
    "distance": "truncated",
    "low": 0.3,
    "high": 3.0,
    "bounds_on": "factor",
    "equal_within": None,
}
VALUES: dict[str, dict[str, FactValue]] = {
    "selection": {
        "way": "one_of",
        "variables": ("adults",),
        "at_most": 4.0,
        "smallest_factor": 1.0,
        "largest_factor": 4.0,
    },
    "unknown_eligibility": {
        "variables": ("area",),
        "classes": 2,
        "kept": 700,
        "given": 100,
        "largest_factor": 1.251,
    },
    "nonresponse": {
        "variables": ("area",),
        "classes": 11,
        "kept": 403,
        "given": 200,
        "largest_factor": 1.7,
    },
    "propensity": {
        "variables": ("area", "age"),
        "classes": None,
        "cases": 700,
        "interviews": 403,
        "smallest": 0.312,
        "largest": 0.88,
    },
    "reference_propensity": {
        "variables": ("sex", "area"),
        "persons": 2_000_000.0,
        "cases": 403,
        "smallest": 0.0001,
    },
    "rake": TARGETS,
    "poststratify": {**TARGETS, "variables": ("sex|age_group",), "tolerance": None},
    "calibrate": CALIBRATED,
    "trim": {
        "rule": "median_iqr",
        "upper": 4.0,
        "lower": None,
        "upper_weight": 12_345.6,
        "lower_weight": None,
        "trimmed": 3,
        "sharing": "proportional",
        "variables": ("area",),
    },
    "rescale": {"total": 403.0, "factor": 0.01},
    "require": {
        "max_deff": 2.0,
        "min_effective": 300.0,
        "max_ratio": 25.0,
        "margin_error": 0.005,
        "deff": 1.234,
        "n_effective": 326.6,
        "ratio": 9.5,
        "largest_error": 0.0012,
    },
}
SPREAD: dict[str, FactValue] = {
    "n": 403,
    "deff": 1.234,
    "n_effective": 326.6,
    "smallest": 0.42,
    "largest": 3.1,
    "sum": 403.0,
}
REPLICATION: dict[str, FactValue] = {
    "method": "bootstrap",
    "kind": "rescaled",
    "replicates": 500,
    "strata": 11,
    "units": 403,
    "stages_left_out": 0,
    "scale": 0.002,
    "seed": 1,
}


def step(name: str, **changes: FactValue) -> Fact:
    """Return the fact of a step, with some values changed."""
    return Fact("weighting", name, {**VALUES[name], **changes})


def weighted(*facts: Fact) -> sp.Report:
    """Return a report of a poll with these facts of weighting, in the order of its stages."""
    before = tuple(one for one in FACTS if one.stage == "responses")
    after = tuple(one for one in FACTS if one.stage not in {"responses", "weighting"})
    asked = (*questionnaire().questions, ADULTS)
    return composed(yes_no(0.9), facts=(*before, *facts, *after), questions=asked)


def card(report: sp.Report, language: str = "en", digits: Digits = "latn") -> dict[str, str]:
    """Return the lines of the methodology card."""
    edition = sp.Edition(report, (language,), digits)
    (table,) = section(report, "methodology").blocks
    return {edition.text(row.cells[0]): edition.text(row.cells[1]) for row in table.rows}


def told(*facts: Fact, language: str = "en", digits: Digits = "latn") -> str:
    """Return what the card tells of steps, without how weighting began and ended."""
    spread = Fact("weighting", "diagnostics", {"n": SPREAD["n"]})
    said = card(weighted(*facts, spread), language, digits)[LINE[language]]
    start, _, rest = said.partition(". ")
    assert start == START[language]
    return rest
