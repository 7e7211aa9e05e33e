"""What potential reach means, of whom it is, and what platforms were chosen for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from socialpoll.report.bases import base_note, limit_figure, not_asked_note
from socialpoll.report.blocks import Figure, Message, Phrase, Said, Value
from socialpoll.report.facts import names
from socialpoll.schema import Question

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan, Purpose, Reached
    from socialpoll.report.outreach.material import Planned

__all__ = [
    "allowed",
    "asked",
    "asked_share",
    "compared_note",
    "lowered",
    "lowered_in_short",
    "meaning",
    "meaning_note",
]


def asked(planned: Planned) -> Iterator[tuple[Phrase, ...]]:
    """Yield what was asked, then of whom shares are, a line each."""
    wording, measured = planned.material.wording, planned.reach
    question = wording.variable(measured.question)
    if isinstance(question, Question):
        yield (Message("Question: {text}", {"text": Said(question.text)}),)
    base = base_note(wording, measured, numbered=planned.material.one_base(measured))
    not_asked = not_asked_note(wording, measured)
    yield (base,) if not_asked is None else (base, not_asked)


def meaning(planned: Planned) -> Iterator[Phrase]:
    """Yield the sentences that a reader needs before the plan."""
    yield meaning_note()
    yield goal(planned.plan.purpose)
    considered = _considered(planned)
    if considered:
        yield Message("Platforms considered: {options}.", {"options": considered})
    if lowered(planned.audiences):
        yield lowered_note()


def meaning_note() -> Message:
    """Say what potential reach is, and what it is not."""
    return Message(
        "Potential reach is the share of a group that uses at least one of the platforms; using a "
        "platform is not yet being reached."
    )


def lowered(audiences: tuple[AudiencePlan, ...]) -> bool:
    """Say whether the reach of any set was lowered by what choosing it adds."""
    return any(one.chosen is not None and one.chosen.optimism for one in audiences)


def lowered_note() -> Message:
    """Say why the reach of chosen sets is lower than was observed."""
    return Message(
        "What reaches most in a sample reaches somewhat less in reality: the reach of chosen "
        "platforms is lowered by as much as choosing them adds."
    )


def lowered_in_short() -> Message:
    """Say so beneath figures."""
    return Message("Reach is lowered by as much as choosing platforms by a sample adds to it.")


def goal(purpose: Purpose) -> Phrase:
    """Say what platforms were chosen for."""
    limits = tuple(_limits(purpose))
    values: dict[str, Value] = {"limits": limits}
    if purpose.reach is None:
        return Message("The goal was the largest potential reach with at most {limits}.", values)
    values["share"] = asked_share(purpose.reach)
    if purpose.costs and limits:
        return Message(
            "The goal was a potential reach of at least {share} at the lowest cost, with at most "
            "{limits}.",
            values,
        )
    if purpose.costs:
        return Message(
            "The goal was a potential reach of at least {share} at the lowest cost.", values
        )
    if limits:
        return Message(
            "The goal was a potential reach of at least {share} with as few platforms as possible, "
            "and at most {limits}.",
            values,
        )
    return Message(
        "The goal was a potential reach of at least {share} with as few platforms as possible.",
        values,
    )


def allowed(planned: Planned, chosen: Reached) -> Phrase:
    """Return with which choices the chosen one was compared, as it stands after the noun.

    Where a share is to be reached those are the others that cost no more, or have no more
    platforms; else all that the goal allows.
    """
    purpose = planned.plan.purpose
    if purpose.reach is not None and purpose.costs:
        return Message("that costs no more")
    if purpose.reach is None and (purpose.size is None or purpose.budget is not None):
        return Message("that the goal allows")
    most = purpose.size if purpose.reach is None else len(chosen.options)
    if _considered(planned):
        return Message("of up to {number} of the platforms considered", {"number": most or 0})
    return Message(
        "of up to {number} platform",
        {"number": most or 0},
        "of up to {number} platforms",
        "number",
    )


def compared_note(purpose: Purpose) -> Message | None:
    """Say with which choices those of a goal of reach were compared; None of another goal."""
    if purpose.reach is None:
        return None
    if purpose.costs:
        return Message("Each choice was compared with the others that cost no more.")
    return Message("Each choice was compared with the others of no more platforms.")


def asked_share(share: float) -> Figure:
    """Return the share that is to be reached, with no more decimals than it was asked for with."""
    return Figure(share, "percent", limit_figure(round(share * 100, 6)).decimals)


def _limits(purpose: Purpose) -> Iterator[Phrase]:
    if purpose.size is not None:
        yield Message(
            "{number} platform", {"number": purpose.size}, "{number} platforms", "number", "at most"
        )
    if purpose.budget is not None:
        yield Message("a cost of {number}", {"number": limit_figure(purpose.budget)})


def _considered(planned: Planned) -> tuple[Phrase, ...]:
    """Return the platforms that were considered, where not all were."""
    material, measured = planned.material, planned.reach
    fact = material.methodology.fact("indicators", f"goal of {measured.name}") or {}
    considered = set(names(fact, "among"))
    codes = [str(one.code) for one in material.wording.codes(measured.question)]
    options = [one for one in codes if one not in material.aside(measured)]
    if not considered or considered.issuperset(options):
        return ()
    return tuple(planned.platform(one) for one in options if one in considered)
