"""Breaks in comparability between waves, told under tables and among the limitations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Message, Phrase, Said, Value
from socialpoll.report.facts import names
from socialpoll.weighting import WAVE

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Measured
    from socialpoll.report.wording import Wording
    from socialpoll.schema import FactValue, Methodology

__all__ = ["break_limits", "break_notes", "parted"]

REASON = "reason."


def break_notes(material: Material, measured: Measured, breakdown: str) -> list[Phrase]:
    """Return a note for each break that parts a table's figures from those of earlier waves."""
    methodology = material.methodology
    waves = names(methodology.fact("waves", "stack") or {}, "waves")
    used = {measured.question, *material.variables(breakdown)}
    return [
        Message(
            "Not comparable with the waves before {wave}: {reason}",
            _told(values, material.wording),
        )
        for values in _breaks(methodology)
        if used & set(names(values, "variables"))
        and measured.wave in waves[waves.index(str(values["wave"])) :]
    ]


def parted(material: Material, measured: Measured, breakdown: str, earlier: str) -> bool:
    """Say whether a break lies between an earlier wave and the figures of a breakdown."""
    methodology = material.methodology
    waves = names(methodology.fact("waves", "stack") or {}, "waves")
    if not {earlier, measured.wave} <= set(waves):
        return False
    between = waves[waves.index(earlier) + 1 : waves.index(measured.wave) + 1]
    used = {measured.question, *material.variables(breakdown)}
    return any(
        str(values["wave"]) in between and used & set(names(values, "variables"))
        for values in _breaks(methodology)
    )


def break_limits(methodology: Methodology, wording: Wording) -> list[Phrase]:
    """Return a sentence for each break, for the methodology card."""
    return [
        Message(
            "“{question}” is not comparable with the waves before {wave}: {reason}",
            {"question": wording.heading(str(values["question"])), **_told(values, wording)},
        )
        for values in _breaks(methodology)
    ]


def _breaks(methodology: Methodology) -> list[Mapping[str, FactValue]]:
    return [one.values for one in methodology.facts if (one.stage, one.name) == ("waves", "break")]


def _told(values: Mapping[str, FactValue], wording: Wording) -> dict[str, Value]:
    reason = {
        key.removeprefix(REASON): str(words)
        for key, words in values.items()
        if key.startswith(REASON)
    }
    return {"wave": wording.code(WAVE, str(values["wave"])), "reason": Said(reason)}
