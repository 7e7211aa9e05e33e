"""Checks of batteries: whether all their items were given the same answer."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.responses.checks.rules import found
from socialpoll.responses.columns import Categorical
from socialpoll.schema import Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialpoll.responses.checks.declared import Checks
    from socialpoll.responses.columns import Truths
    from socialpoll.responses.findings import Finding
    from socialpoll.responses.responses import Responses
    from socialpoll.schema import AnyQuestion, Questionnaire

__all__ = ["batteries_of", "straight_lines"]


def straight_lines(responses: Responses, checks: Checks) -> Iterator[Finding]:
    """Tell, by battery, of cases with the same answer to nearly all of its items."""
    batteries = checks.straight_items or batteries_of(
        responses.questionnaire, checks.straight_least
    )
    for items in batteries:
        cases = responses.interviewed & _straight(responses, items, checks)
        share = f"{100 * checks.straight_share:.3g}%"
        what = (
            f"the same answer to {share} or more of the {len(items)} items "
            f"from {items[0]!r} to {items[-1]!r}"
        )
        yield from found(
            "straight_lining", cases, what, question=items[0], value=f"{len(items)} items"
        )


def batteries_of(questionnaire: Questionnaire, least: int) -> list[tuple[str, ...]]:
    """Return the scales of the same codes that follow on each other, where they are enough.

    The items of a grid are a battery of their own.
    """
    grid_of = {
        item.name: name for name, one in questionnaire.grids.items() for item in one.variables
    }

    def codes(question: AnyQuestion) -> tuple[str, ...] | None:
        if not isinstance(question, Scale):
            return None
        codes = (str(one.code) for one in question.options)
        return (grid_of.get(question.name, ""), *codes)

    runs = [
        tuple(one.name for one in run)
        for key, run in groupby(questionnaire.asked, key=codes)
        if key is not None
    ]
    return [run for run in runs if len(run) >= least]


def _straight(responses: Responses, items: tuple[str, ...], checks: Checks) -> Truths:
    columns = [responses.columns[name] for name in items]
    positions = [one.position for one in columns if isinstance(one, Categorical)]
    most = np.zeros(len(responses), dtype=np.int16)
    answered = np.zeros(len(responses), dtype=np.int16)
    for code in range(max(len(one.categories) for one in columns if isinstance(one, Categorical))):
        times = np.zeros(len(responses), dtype=np.int16)
        for position in positions:
            times += position == code
        answered += times
        most = np.maximum(most, times)
    enough = answered >= min(checks.straight_least, len(items))
    # A share such as 0.8 of 5 items is 4 of them, whatever its last bit.
    return enough & (most >= checks.straight_share * answered - 1e-9)
