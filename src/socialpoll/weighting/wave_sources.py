"""What a wave of a stack is: cases, combinations of answers, or answers that lie elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from socialpoll.responses import Responses, Scan
from socialpoll.totals import Mass
from socialpoll.weighting.weights import Weights

__all__ = [
    "WaveSource",
    "answers_to",
    "everybody_in",
    "mass_of",
    "scan_of",
    "summed_in",
    "weighted_by",
]

WaveSource: TypeAlias = Weights | Responses | Scan
"""What a wave may be."""


def scan_of(source: WaveSource) -> Scan | None:
    """Return the answers of a wave that lie elsewhere; None where they are in memory."""
    if isinstance(source, Weights):
        return source.scan
    return source if isinstance(source, Scan) else None


def everybody_in(source: WaveSource) -> Responses:
    """Return everybody who was sampled in a wave: in memory, with all their answers."""
    if isinstance(source, Scan):
        return source.outline()
    return source.responses if isinstance(source, Weights) else source


def answers_to(
    source: WaveSource,
    names: Iterable[str],
    summed: Mapping[str, int] = MappingProxyType({}),
) -> Responses:
    """Return the answers of a wave to some variables, and in memory to all.

    Of some only sums up to a power matter, unless the wave was weighted by them.
    """
    scan = scan_of(source)
    if scan is None:
        return everybody_in(source)
    return scan.tally({*names, *weighted_by(source)}, summed=summed_in(source, summed))


def mass_of(source: WaveSource, answers: Responses) -> Mass:
    """Return how much the answers of a wave count."""
    if not isinstance(source, Weights):
        return Mass.of(answers.base_weight, answers.interviewed)
    return source.mass if answers is source.responses else source.mass_of(answers)


def weighted_by(source: WaveSource) -> tuple[str, ...]:
    """Return the variables that a wave was weighted by."""
    return source.weighted_by if isinstance(source, Weights) else ()


def summed_in(source: WaveSource, summed: Mapping[str, int]) -> dict[str, int]:
    """Return what is summed and no more of variables of a wave: none that it was weighted by."""
    used = weighted_by(source)
    return {name: power for name, power in summed.items() if name not in used}
