"""Derived variables spelt out: every code of the question named where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.schema.codes import Code, CodeValue, Missing, scored
from socialpoll.schema.derived import (
    AnyDerived,
    Bands,
    Boxes,
    Group,
    Grouping,
    MadeMissing,
    Nets,
    Together,
)
from socialpoll.schema.keys import key_of
from socialpoll.schema.questions import Scale, Single
from socialpoll.schema.texts import UNDETERMINED, Text, say

if TYPE_CHECKING:
    from socialpoll.schema.questions import AnyQuestion

__all__ = ["Spelt", "held_by", "missing_of", "points_of", "spelt_out"]

Spelt: TypeAlias = Bands | Grouping | Nets
BETWEEN = " / "
"""Between the words of points that are taken together."""


def spelt_out(derived: AnyDerived, source: AnyQuestion) -> Spelt:
    """Return a derived variable in which all codes are named.

    Parameters
    ----------
    derived : AnyDerived
    source : AnyQuestion
        The question it is made from.

    Returns
    -------
    Bands, Grouping or Nets
        Boxes as the grouping that they are; a grouping with the rest of the codes where it goes;
        whatever names its codes itself.
    """
    if isinstance(derived, Boxes):
        if isinstance(source, Scale):
            return _as_groups(derived, source)
        message = f"{derived.name!r} cannot be made from a question of this kind"
        raise TypeError(message)
    if isinstance(derived, Grouping) and derived.rest is not None:
        return _with_rest(derived, derived.rest, source)
    return derived


def missing_of(derived: Spelt, source: AnyQuestion) -> tuple[Missing, ...]:
    """Return the typed missing codes of a derived variable, which has been spelt out.

    Those of its question come first, in their order, each as the variable declares it where it
    does; then its own.
    """
    made = derived.missing if isinstance(derived, Grouping) else ()
    own = {key_of(one.code, "string"): _plain(one) for one in made}
    taken = [own.pop(key_of(one.code, "string"), one) for one in source.missing]
    return (*taken, *own.values())


def held_by(derived: Spelt) -> dict[str, tuple[CodeValue, ...]]:
    """Return the codes of the question behind each code, as words; empty for bands.

    The variable has been spelt out. A missing code that was only taken over is not among them.
    """
    several: tuple[Together | MadeMissing, ...] = ()
    match derived:
        case Grouping(groups=groups, missing=missing):
            several = (*groups, *(one for one in missing if one.codes))
        case Nets(nets=nets):
            several = nets
    return {str(one.code): one.codes for one in several}


def points_of(scale: Scale) -> list[Code]:
    """Return the points of a scale by their scores, the lowest first."""
    return sorted(scored(scale.options), key=lambda one: one.score or 0.0)


def _as_groups(boxes: Boxes, scale: Scale) -> Grouping:
    points = points_of(scale)
    end = max(boxes.bottom, len(points) - boxes.top)
    several = (
        ("top", boxes.top_label, points[end:][::-1], 100.0),
        ("middle", boxes.middle_label, points[boxes.bottom : end], 0.0),
        ("bottom", boxes.bottom_label, points[: boxes.bottom], -100.0),
    )
    groups = (
        Group(
            code=code,
            label=label or _words_of(own),
            codes=tuple(one.code for one in own),
            score=score,
        )
        for code, label, own, score in several
        if own
    )
    label = scale.heading if boxes.label is None else boxes.label
    return Grouping(name=boxes.name, of=boxes.of, label=label, groups=tuple(groups))


def _words_of(points: Sequence[Code]) -> Text:
    """Return the words of several points, in every language that one of them has."""
    tags = dict.fromkeys(tag for one in points for tag in one.label if tag != UNDETERMINED)
    return {
        tag: BETWEEN.join(say(one.label, tag) for one in points) for tag in tags or (UNDETERMINED,)
    }


def _with_rest(derived: Grouping, rest: CodeValue, source: AnyQuestion) -> Grouping:
    """Name the codes that are in no group, and made missing by none, where the rest goes."""
    several: tuple[Group | MadeMissing, ...] = (*derived.groups, *derived.missing)
    key = key_of(rest, "string")
    taken = [one for one in source.missing if key_of(one.code, "string") == key]
    if taken and key not in {key_of(one.code, "string") for one in several}:
        several = (*several, _made(taken[0]))
    left = _left(several, source)
    filled = [
        replace(one, codes=(*one.codes, *left)) if key_of(one.code, "string") == key else one
        for one in several
    ]
    return replace(
        derived,
        groups=tuple(one for one in filled if isinstance(one, Group)),
        missing=tuple(one for one in filled if isinstance(one, MadeMissing)),
        rest=None,
    )


def _left(several: Sequence[Group | MadeMissing], source: AnyQuestion) -> tuple[CodeValue, ...]:
    """Return the codes of a question that are named nowhere."""
    if not isinstance(source, Single | Scale):
        return ()
    code_type = source.code_type
    named = {key_of(code, code_type) for one in several for code in one.codes}
    return tuple(one.code for one in source.options if key_of(one.code, code_type) not in named)


def _made(missing: Missing) -> MadeMissing:
    return MadeMissing(
        code=missing.code, label=missing.label, reason=missing.reason, in_base=missing.in_base
    )


def _plain(made: MadeMissing) -> Missing:
    return Missing(code=made.code, label=made.label, reason=made.reason, in_base=made.in_base)
