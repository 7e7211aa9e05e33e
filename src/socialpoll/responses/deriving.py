"""Making derived variables: bands of a number or count, groups and nets of codes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from socialpoll.responses.answered import state_of
from socialpoll.responses.columns import (
    FIRST_MISSING,
    UNREADABLE,
    Categorical,
    Column,
    Numeric,
    Positions,
    Ticks,
    Truths,
)
from socialpoll.responses.distinct import grouped, shrunk
from socialpoll.responses.findings import Finding
from socialpoll.schema import (
    AnyDerived,
    AnyQuestion,
    Bands,
    CodeValue,
    Grouping,
    Missing,
    Nets,
)
from socialpoll.schema.categories import codes_of
from socialpoll.schema.keys import key_of, type_of
from socialpoll.schema.spelling import missing_of, spelt_out

__all__ = ["derive"]


def derive(
    derived: AnyDerived, question: AnyQuestion, source: Column
) -> tuple[Categorical | Ticks, list[Finding]]:
    """Make a derived variable; an answer in no band or group is UNREADABLE and a finding.

    Parameters
    ----------
    derived : AnyDerived
    question : AnyQuestion
        It is made from.
    source : Column
        The answers; their missing codes are taken over.

    Returns
    -------
    tuple of (Categorical or Ticks, list of Finding)
    """
    made = spelt_out(derived, question)
    missing = missing_of(made, question)
    if isinstance(made, Nets) and isinstance(source, Categorical | Ticks):
        return _nets(made, source), []
    if isinstance(made, Bands) and isinstance(source, Numeric | Ticks):
        place, what, advice = _band(made, source), "a number in no band", "widen or add a band"
    elif isinstance(made, Grouping) and isinstance(source, Categorical):
        place = _group(made, missing, source)
        what, advice = "a code in no group", "add it to a group, or say where the rest goes"
    else:
        message = f"{derived.name!r} cannot be made from answers of this kind"
        raise TypeError(message)
    state, categories = state_of(source), codes_of(made)
    whole = np.where(state < 0, state, place).astype(np.int16, copy=False)
    position = shrunk(whole, len(categories), len(missing))
    findings = _left_out(derived.name, source, position, what, advice)
    return Categorical(position, categories, missing), findings


def _nets(derived: Nets, source: Categorical | Ticks) -> Ticks:
    """Say who gave any of the codes of each net; whoever answered is in the base of all nets."""
    state = np.minimum(state_of(source), 0).astype(np.int8)
    ticked = np.zeros((state.size, len(derived.nets)), dtype=np.int8, order="F")
    for place, net in enumerate(derived.nets):
        ticked[:, place] = _any_of(net.codes, source)
    return Ticks(ticked, state, codes_of(derived), source.missing)


def _any_of(codes: Iterable[CodeValue], source: Categorical | Ticks) -> Truths:
    options = source.options if isinstance(source, Ticks) else source.categories
    code_type = type_of(options[0].code)
    wanted = {key_of(code, code_type) for code in codes}
    places = [place for place, one in enumerate(options) if key_of(one.code, code_type) in wanted]
    if isinstance(source, Categorical):
        return np.isin(source.position, places)
    chosen: Truths = source.ticked[:, places].any(axis=1) & (source.state == 0)
    return chosen


def _band(derived: Bands, source: Numeric | Ticks) -> npt.NDArray[np.int16]:
    numbers = _numbers(source)
    place = np.full(numbers.shape, UNREADABLE, dtype=np.int16)
    for number, band in enumerate(derived.bands):
        inside = np.ones(numbers.shape, dtype=np.bool_)
        if band.minimum is not None:
            inside &= numbers >= band.minimum
        if band.maximum is not None:
            inside &= numbers <= band.maximum
        place[inside] = number
    return place


def _numbers(source: Numeric | Ticks) -> npt.NDArray[np.float64]:
    """Return the number of each case, or how many options it chose."""
    return source.values if isinstance(source, Numeric) else source.chosen


def _group(
    derived: Grouping, missing: tuple[Missing, ...], source: Categorical
) -> npt.NDArray[np.int16]:
    """Return the place of each answer: in a group, or among the missing codes that it becomes."""
    code_type = type_of(source.categories[0].code)
    lacks = [key_of(one.code, "string") for one in missing]
    place_of = {
        key_of(code, code_type): number
        for number, group in enumerate(derived.groups)
        for code in group.codes
    }
    for made in derived.missing:
        lack = FIRST_MISSING - lacks.index(key_of(made.code, "string"))
        place_of |= {key_of(code, code_type): lack for code in made.codes}
    keys = (key_of(one.code, code_type) for one in source.categories)
    table = np.array([place_of.get(key, UNREADABLE) for key in keys], dtype=np.int16)
    return table[np.maximum(source.position, 0)]


def _left_out(
    name: str,
    source: Categorical | Numeric | Ticks,
    position: Positions,
    what: str,
    advice: str,
) -> list[Finding]:
    """Return a finding for each distinct answer that came into no band or group."""
    cases = (position == UNREADABLE) & (state_of(source) >= 0)
    rows = np.flatnonzero(cases)
    if isinstance(source, Categorical):
        answers = np.array([str(one.code) for one in source.categories])[source.position[rows]]
    else:
        answers = _numbers(source)[rows]
    return [
        Finding(
            severity="error",
            row=int(at[0]),
            question=name,
            value=f"{answer:g}" if isinstance(answer, float) else str(answer),
            count=at.size,
            what=what,
            advice=advice,
            rule="left_out",
            cases=cases,
            at=at,
        )
        for answer, at in zip(*grouped(answers, rows), strict=True)
    ]
