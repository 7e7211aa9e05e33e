"""Releases written by hand of whom platforms reach, and what comes first for them."""

from __future__ import annotations

import pandas as pd

import socialpoll as sp
from socialpoll.disclosure import Release
from socialpoll.indicators import CHOICE_COLUMNS, no_choices
from socialpoll.schema import Fact
from tests.report.handmade import FACTS, UNSURE, codes, questionnaire, released, row, text

REACH = "apps_best_reach"
MALE = {"breakdown": "sex", "domain": "male"}
FEMALE = {"breakdown": "sex", "domain": "female"}
GOAL = {"size": 2, "reach": 0.9, "budget": None, "costs": ()}
DAYS = sp.Grid(
    name="day_times",
    text=text("When on such days?", "متى في هذه الأيام؟"),
    items=(
        sp.Item(code="weekday", label=text("Weekdays", "أيام العمل")),
        sp.Item(code="weekend", label=text("Weekends", "نهاية الأسبوع")),
    ),
    options=codes(day=("By day", "نهاراً"), night=("By night", "ليلاً")),
    missing=(UNSURE,),
)


def choice(role: str, line: str, against: str = "", **cells) -> dict:
    """Return a choice between two lines of an indicator, in the columns of their kind.

    A line is an item, as sets of options are, or ``item/category``.
    """
    keys = {"wave": "_Z", "indicator": REACH, "breakdown": "_T", "domain": "_T"}
    item, category = parted(line)
    against_item, against_category = parted(against) if against else ("", "")
    alike, p = cells.get("alike"), cells.get("p_adjusted")
    return {
        **dict.fromkeys(CHOICE_COLUMNS),
        **keys,
        "role": role,
        "item": item,
        "category": category,
        "against_item": against_item,
        "against_category": against_category,
        "alike": p > 0.05 if alike is None and p is not None else alike,
        **{name: value for name, value in cells.items() if name != "alike"},
    }


def parted(line: str) -> tuple[str, str]:
    item, _, category = line.partition("/")
    return item, category or "_Z"


def figures(**shares: float | None) -> list[dict]:
    """Return the reach of sets of ``apps`` for everybody."""
    return [reach(item, share) for item, share in shares.items()]


def reach(item: str, share: float | None, **keys) -> dict:
    """Return the reach of a set of options."""
    return row(REACH, share, question="apps", item=item, **keys)


def reached(
    *,
    optimism: float | None = 0.004,
    p: float | None = 0.01,
    status: str = "usual",
    n: int = 400,
    **keys,
) -> tuple[list[dict], list[dict]]:
    """Return figures and choices of an audience that two platforms reach best of three."""
    shares = {
        "whatsapp": 0.81, "youtube": 0.64, "imo": 0.3,
        "whatsapp|youtube": 0.93, "whatsapp|imo": 0.86, "youtube|imo": 0.7,
    }  # fmt: skip
    both, one = "whatsapp|youtube", "whatsapp"
    choices = [
        choice("best", one, size=1, difference=0.81, optimism=0.001, **keys),
        choice("best", both, one, size=2, difference=0.12, optimism=optimism, p_adjusted=0.001,
               ci_low=0.09, ci_high=0.15, **keys),
        choice("chosen", both, "whatsapp|imo", size=2, difference=0.07, p_adjusted=p,
               optimism=optimism, **keys),
        choice("without", "youtube", both, difference=-0.29, p_adjusted=0.001,
               ci_low=-0.33, ci_high=-0.25, **keys),
        choice("without", one, both, difference=-0.12, p_adjusted=0.2,
               ci_low=-0.15, ci_high=-0.09, **keys),
    ]  # fmt: skip
    rows = [reach(item, share, status=status, n=n, **keys) for item, share in shares.items()]
    return rows, choices


def with_another(
    p: float | None = 0.4, difference: float = -0.06, **keys
) -> tuple[list[dict], list[dict]]:
    """Return an audience that other two platforms reach best, beside those of everybody."""
    status = keys.pop("shared", "usual")
    rows, _ = reached(**keys)
    both, everybody = "whatsapp|imo", "whatsapp|youtube"
    rows = [
        reach(everybody, 0.9, status=status, **keys)
        if one["item"] == everybody
        else {**one, "estimate": 0.96}
        if one["item"] == both
        else one
        for one in rows
    ]
    choices = [
        choice("chosen", both, everybody, size=2, difference=-difference, optimism=0.01,
               p_adjusted=p, **keys),
        choice("shared", everybody, both, size=2, difference=difference, cost=3.0, p_adjusted=p,
               ci_low=round(difference - 0.02, 3), ci_high=round(difference + 0.02, 3), **keys),
    ]  # fmt: skip
    return rows, choices


def busiest(
    morning: float, evening: float, p: float | None = 0.01, *, tested: bool = True, **keys
) -> tuple[list[dict], list[dict]]:
    """Return the shares of two bands of the day, the later one the larger, and their test."""
    of_row = {name: keys.pop(name) for name in ("n", "status", "caveat") if name in keys}
    rows = [
        row("busiest", morning, category="06", **of_row, **keys),
        row("busiest", evening, category="18", **of_row, **keys),
    ]
    line = {"indicator": "busiest", "question": "busiest", **keys}
    choices = [
        choice("line", "_Z/18", difference=0.0, **line),
        choice("line", "_Z/06", "_Z/18", difference=round(morning - evening, 3), p_adjusted=p,
               **line),
    ]  # fmt: skip
    return rows, choices if tested else []


def release_of(
    *parts: tuple[list[dict], list[dict]], goal: dict | None = GOAL, indicator: str = REACH
) -> Release:
    """Return a release of figures and choices."""
    rows = [one for some, _ in parts for one in some]
    chosen = [one for _, some in parts for one in some]
    told = () if goal is None else (Fact("indicators", f"goal of {indicator}", goal),)
    kinds = no_choices().dtypes.to_dict()
    made = pd.DataFrame(chosen, columns=list(CHOICE_COLUMNS)).astype(kinds)
    asked = (*questionnaire().questions, DAYS)
    return released(rows, facts=(*FACTS, *told), choices=made, questions=asked)


def planned(*parts: tuple[list[dict], list[dict]], **changes) -> sp.OutreachPlan:
    """Return the plan of such a release."""
    goal = changes.pop("goal", GOAL)
    outreach = sp.Outreach(**{"reach": REACH, **changes})
    return sp.plan(release_of(*parts, goal=goal), outreach)
