"""Choices made by hand: which line or set comes first in a group, and what it is beside."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

import socialpoll as sp
from socialpoll.indicators import CHOICE_COLUMNS
from socialpoll.schema import NOT_APPLICABLE, TOTAL

TOLD = {
    "difference": -0.12345,
    "se": 0.04567,
    "df": 98.7,
    "ci_low": -0.21296,
    "ci_high": -0.03394,
    "p": 0.0081234,
    "p_adjusted": 0.0162468,
    "alike": False,
    "optimism": 0.01234,
    "cost": 3.14159,
    "at_most": 0.98765,
}


def of_lines(line: str, first: str = "", *, item: str = NOT_APPLICABLE, **changes) -> dict:
    """Return a line beside the first; the first itself where there is none."""
    told = {"item": item, "category": line}
    against = {"against_item": item if first else "", "against_category": first}
    return _row("line", {**told, **against, **changes}, alone=not first)


def of_options(option: str, first: str = "", **changes) -> dict:
    """Return an option of several beside the first, of which each is an item."""
    told = {"item": option, "category": NOT_APPLICABLE, "against_item": first}
    told["against_category"] = NOT_APPLICABLE if first else ""
    return _row("line", {**told, **changes}, alone=not first)


def of_sets(role: str, options: str, against: str = "", **changes) -> dict:
    """Return a set of options beside another."""
    told = {"item": options, "category": NOT_APPLICABLE, "against_item": against}
    told["against_category"] = NOT_APPLICABLE if against else ""
    return _row(role, {"size": len(options.split("|")), **told, **changes}, alone=not against)


def chosen(estimates: sp.Estimates, *rows: Mapping[str, object]) -> sp.Estimates:
    """Return estimates with such choices, of their first indicator."""
    first = estimates.frame.iloc[0]
    of = {name: first[name] for name in ("wave", "indicator", "question")}
    made = pd.DataFrame([{**of, **row} for row in rows], columns=list(CHOICE_COLUMNS))
    return estimates.with_choices(made)


def _row(role: str, changes: Mapping[str, object], *, alone: bool) -> dict:
    told: dict[str, object] = {**TOLD, "alike": pd.NA if alone else TOLD["alike"]}
    return {"breakdown": TOTAL, "domain": TOTAL, "role": role, **told, **changes}
