"""Clauses about where standard errors come from: linearisation, or replicates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from socialpoll.report.blocks import Figure, Message, Phrase, Value
from socialpoll.report.facts import number, whole
from socialpoll.report.weighting import steps_of
from socialpoll.schema import Methodology

__all__ = ["intervals"]

Values: TypeAlias = dict[str, Value]


def intervals(methodology: Methodology, level: Figure) -> list[Phrase]:
    """Say how confidence intervals of a level were made."""
    fact = methodology.fact("weighting", "replication")
    if fact is None:
        return [Message("{level} confidence intervals by linearisation", {"level": level})]
    make = METHODS.get(str(fact.get("method")), _replicates)
    said: list[Phrase] = [make({"level": level, "number": whole(fact, "replicates")})]
    if steps_of(methodology):
        said.append(Message("every weighting step was run again in each replicate"))
    if number(fact, "stages_left_out"):
        said.append(Message("replicates vary the first stage of sampling only"))
    return said


def _replicates(values: Values) -> Message:
    return Message(
        "{level} confidence intervals, with standard errors from {number} replicate",
        values,
        "{level} confidence intervals, with standard errors from {number} replicates",
        "number",
    )


def _jackknife(values: Values) -> Message:
    return Message(
        "{level} confidence intervals, with standard errors from {number} jackknife replicate",
        values,
        "{level} confidence intervals, with standard errors from {number} jackknife replicates",
        "number",
    )


def _bootstrap(values: Values) -> Message:
    return Message(
        "{level} confidence intervals, with standard errors from {number} bootstrap replicate",
        values,
        "{level} confidence intervals, with standard errors from {number} bootstrap replicates",
        "number",
    )


def _halves(values: Values) -> Message:
    return Message(
        "{level} confidence intervals, with standard errors from {number} balanced half-sample",
        values,
        "{level} confidence intervals, with standard errors from {number} balanced half-samples",
        "number",
    )


def _differences(values: Values) -> Message:
    return Message(
        "{level} confidence intervals, with standard errors from {number} replicate of successive "
        "differences",
        values,
        "{level} confidence intervals, with standard errors from {number} replicates of successive "
        "differences",
        "number",
    )


def _given(values: Values) -> Message:
    return Message(
        "{level} confidence intervals, with standard errors from {number} set of replicate weights "
        "that came with the data",
        values,
        "{level} confidence intervals, with standard errors from {number} sets of replicate "
        "weights that came with the data",
        "number",
    )


METHODS: Mapping[str, Callable[[Values], Message]] = {
    "jackknife": _jackknife,
    "bootstrap": _bootstrap,
    "balanced_repeated": _halves,
    "successive_difference": _differences,
    "given": _given,
}
