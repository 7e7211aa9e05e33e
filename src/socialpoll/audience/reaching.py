"""The platforms of an audience: those chosen, those beside them, and what each adds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from socialpoll.audience.platforms import Loss, Reached, Shared, Step
from socialpoll.audience.reading import NOTHING, Choice, Figure, Line, Told
from socialpoll.indicators.choices import BEST, SHARED, WITHOUT
from socialpoll.indicators.reaching import JOINT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from socialpoll.audience.planned import Purpose, Verdict

__all__ = ["losses_of", "reached_by", "rival_of", "shared_of", "steps_of", "verdict_of"]


def reached_by(figure: Figure, optimism: float | None, cost: float | None) -> Reached:
    """Return whom the set of a figure that is shown reaches, less the optimism of choosing it."""
    observed = figure.estimate or 0.0
    return Reached(
        options=_options(figure.line),
        observed=observed,
        optimism=optimism,
        expected=_less(observed, optimism),
        low=None if figure.low is None else _less(figure.low, optimism),
        high=None if figure.high is None else _less(figure.high, optimism),
        cost=cost,
    )


def rival_of(told: Told, chosen: Choice, purpose: Purpose) -> Reached | None:
    """Return the set from which the chosen one is told apart least; None where there is none.

    It was not chosen for its reach, so no optimism is taken from that.
    """
    figure = told.figure(chosen.against)
    if figure is None:
        return None
    return reached_by(figure, None, _sum_of(purpose.costs, _options(figure.line)))


def verdict_of(reached: Reached, figure: Figure, purpose: Purpose) -> Verdict:
    """Say whether the reach that was asked for is had, whatever it is within its interval."""
    wanted, low, high = purpose.reach, reached.low, reached.high
    if figure.fixed:
        low = high = reached.expected
    if wanted is None or low is None or high is None:
        return ""
    if low >= wanted:
        return "met"
    return "missed" if high < wanted else "open"


def steps_of(told: Told) -> tuple[Step, ...]:
    """Return the best set of each size, the smallest first, as far as they are told."""
    sized = sorted(told.of(BEST), key=lambda one: one.size or 0)
    found = ((told.figure(one.line), one) for one in sized)
    return tuple(_step(figure, one) for figure, one in found if figure is not None)


def _step(figure: Figure, choice: Choice) -> Step:
    reached = reached_by(figure, choice.optimism, choice.cost)
    if choice.against == NOTHING:
        return Step(reached=reached)
    return Step(
        reached=reached,
        gain=choice.difference,
        low=choice.low,
        high=choice.high,
        p=choice.p,
        tells=choice.tells,
    )


def losses_of(told: Told) -> tuple[Loss, ...]:
    """Return what each platform of the chosen set is worth, the largest loss first."""
    differences = ((one, one.difference) for one in told.of(WITHOUT))
    losses = [_loss(one, moved) for one, moved in differences if moved is not None]
    return tuple(sorted(losses, key=lambda one: -one.loss))


def _loss(choice: Choice, difference: float) -> Loss:
    left = _options(choice.line)
    (dropped,) = (one for one in _options(choice.against) if one not in left)
    return Loss(
        option=dropped,
        loss=_negative(difference),
        low=None if choice.high is None else _negative(choice.high),
        high=None if choice.low is None else _negative(choice.low),
        p=choice.p,
        tells=choice.tells,
    )


def shared_of(told: Told, chosen: Choice, everybody: Line | None) -> Shared | None:
    """Return what the set chosen for everybody reaches in an audience.

    Parameters
    ----------
    told : Told
    chosen : Choice
        The set of the audience.
    everybody : Line or None
        The set of everybody; None where there is none.

    Returns
    -------
    Shared or None
        None where nothing is told of that set in this audience.
    """
    own = told.figure(chosen.line)
    if own is not None and chosen.line == everybody:
        reached = reached_by(own, chosen.optimism, chosen.cost)
        return Shared(reached=reached, loss=0.0, tells=False if own.precise else None)
    several = (one for one in told.of(SHARED) if one.line == everybody)
    choice = next(several, None)
    figure = None if choice is None else told.figure(choice.line)
    if choice is None or figure is None or choice.difference is None:
        return None
    less = choice.tells and choice.difference < 0
    return Shared(
        reached=reached_by(figure, None, choice.cost),
        loss=_negative(choice.difference),
        low=None if choice.high is None else _negative(choice.high),
        high=None if choice.low is None else _negative(choice.low),
        p=choice.p,
        tells=None if figure.unreliable else less,
    )


def _options(line: Line) -> tuple[str, ...]:
    return tuple(line.item.split(JOINT))


def _sum_of(costs: Mapping[str, float], options: tuple[str, ...]) -> float | None:
    if not costs or any(one not in costs for one in options):
        return None
    return float(sum(Decimal(repr(float(costs[one]))) for one in options))


def _less(share: float, optimism: float | None) -> float:
    """Take the optimism from a share on the decimals that both are released with; 0 to 1."""
    left = Decimal(repr(share)) - Decimal(repr(optimism or 0.0))
    return float(min(max(left, Decimal(0)), Decimal(1)))


def _negative(number: float) -> float:
    return 0.0 if number == 0 else -number
