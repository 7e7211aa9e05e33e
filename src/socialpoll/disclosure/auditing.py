"""Why figures are hidden, for those who make a release: never a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.appointing import appointed
from socialpoll.disclosure.choices import choices_told
from socialpoll.disclosure.gathering import gathered, known_sums_of
from socialpoll.disclosure.known_groups import refuse_small_groups
from socialpoll.disclosure.ledger import COUNTS, View
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.protection import intervals
from socialpoll.disclosure.rules import ReliabilityRule, respondents
from socialpoll.disclosure.screening import HIDDEN, plain_rows, stripped
from socialpoll.disclosure.suppressing import Suppression, suppression_of
from socialpoll.disclosure.telling import Row
from socialpoll.errors import ReleaseError
from socialpoll.indicators import KEYS, Estimates
from socialpoll.schema import NOT_APPLICABLE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["audit"]

Floats = npt.NDArray[np.float64]
NAMED = 3
"""How many of the figures that another one protects are named."""
NUMBERS = "real"
"""Of which the limits are: the attacker's program knows nothing of whole respondents."""
UNPROTECTED = "; known closer than the threshold, whatever is hidden here"


def audit(
    estimates: Estimates | Sequence[Estimates],
    *rules: ReliabilityRule,
    policy: Policy | None = None,
) -> pd.DataFrame:
    """Say of every figure whether it would be shown, why not, and what an attacker finds.

    For the eyes of those who make the release: it holds what the release hides.

    Parameters
    ----------
    estimates, *rules, policy
        As for :func:`socialpoll.release`; a policy ``cells``, with its usual terms where absent.

    Returns
    -------
    pandas.DataFrame
        One row a figure: its keys; ``situation`` (a name of the statuses); ``why``, in words;
        ``respondents`` who gave the answer, or of a number those in its base; ``low`` and
        ``high``, between which an attacker who knows all that is released finds that count by a
        linear program (of an answer one who knows all bases, too, wherever it is safe from him);
        ``protected``, whether that interval is as wide as the policy asks
        (True where nothing is asked). ``attrs["tables"]`` lists the loss: a mapping for each
        indicator and breakdown with its number of ``rows`` and of those ``shown``.
        ``attrs["harm"]`` is what is ``hidden`` for others, by the policy's measure of harm, and the
        ``least`` with which everything would be as safe; NaN where the family of tables is too
        large to look for it. ``attrs["withheld"]`` says whether tables were hidden whole because
        the policy's effort was used up. ``attrs["numbers"]`` is ``"real"``: respondents need not
        be whole between the limits of any table, so that those of whole ones are never wider.
        ``attrs["choices"]`` counts what is said of which figure comes first: its ``rows``, those
        ``shown``, and those that are not because a figure of theirs is ``hidden``, because another
        of their question in their group is (``beside_hidden``), or because ``too_few`` respondents
        are at what they say that nothing exceeds.
        ``attrs["others"]`` lists the places in ``already_published`` of releases that are of other
        answers, and tell nothing of these: none of their figures, or not all, is there now with as
        many respondents.

    See Also
    --------
    release : The release itself.

    verdicts : Which rule asked for it.

    Notes
    -----
    ``low`` and ``high`` are what is found by who takes respondents alone; what is hidden is safe
    from who takes them with their weights, too. The program does not know everything: the errors
    and quantiles of numbers are not tied to answers that are tabulated for other groups only;
    respondents are not taken as whole. The page on releases lists what is not done.

    Raises
    ------
    ReleaseError, SmallGroupsError
        As for :func:`socialpoll.release`; a policy without complementary suppression.
    """
    terms = policy if policy is not None else Policy(name="cells")
    if not terms.complementary:
        raise ReleaseError(
            f"there is nothing to audit under the policy {terms.name!r}",
            where="policy",
            found=repr(terms.name),
            allowed="'cells'",
            advice="the flags of the release say which groups are too small",
        )
    chosen = appointed(rules)
    several, figures = gathered(estimates)
    refuse_small_groups(known_sums_of(several), terms.fewest)
    found = suppression_of(several, figures, chosen, terms)
    rows = plain_rows(figures)
    low, high = _intervals(found)
    made = figures[list(KEYS)].assign(
        situation=found.situations,
        why=_reasons(rows, found),
        respondents=[_count(row) for row in rows],
        low=low,
        high=high,
        protected=~_unprotected(found),
    )
    made.attrs["tables"] = _losses(rows, found.situations)
    made.attrs["harm"] = {"hidden": found.optimum.harm, "least": found.optimum.least}
    made.attrs["withheld"] = bool(found.complements.withheld)
    made.attrs["numbers"] = NUMBERS
    made.attrs["choices"] = dict(
        choices_told(several, stripped(figures, found.situations), terms).counted
    )
    made.attrs["others"] = found.others
    return made


def _count(row: Row) -> int:
    category = row["n_category"]
    return respondents(row) if category is None else int(str(category))


def _forms(found: Suppression) -> npt.NDArray[np.intp]:
    """Return the form of each figure's count: its category, or its base."""
    ledger = found.problem.ledger
    return np.where(ledger.category < 0, ledger.base, ledger.category)[: found.figures]


def _intervals(found: Suppression) -> tuple[Floats, Floats]:
    """Return the attacker's interval for each figure, to the tenth of a respondent."""
    forms, place = np.unique(_forms(found), return_inverse=True)
    low, high = np.zeros(forms.size), np.zeros(forms.size)
    most = View(COUNTS, bases=True, gaps=True)
    views = {form: view for view, needs in found.problem.needs.items() if view.system == COUNTS
             for form in needs.forms.tolist()}  # fmt: skip
    for view in dict.fromkeys([most, *views.values()]):
        own = np.array([views.get(form, most) == view for form in forms.tolist()], dtype=np.bool_)
        system = found.problem.system(found.hidden, view, forms[own])
        low[own], high[own] = intervals(system, forms[own])
    ends = np.round([np.maximum(low, 0.0), high], 1).astype(np.float64)
    return ends[0, place], ends[1, place]


def _unprotected(found: Suppression) -> npt.NDArray[np.bool_]:
    """Say which figures an attacker knows too closely: those of which a count was given up."""
    ledger, size = found.problem.ledger, found.figures
    open_ = list(found.complements.given_up)
    primary = found.primary
    made = np.zeros(size, dtype=np.bool_)
    for forms, first in (
        (ledger.category, primary.category),
        (ledger.rest, primary.complement),
        (ledger.base, primary.base),
    ):
        made |= np.isin(forms[:size], open_) & first[:size]
    return made


def _reasons(rows: Sequence[Row], found: Suppression) -> list[str]:
    reasons = []
    open_, protects = _unprotected(found), _protects(rows, found)
    for place, (row, situation) in enumerate(zip(rows, found.situations, strict=True)):
        why = _first(row, place, found)
        if not why and situation in HIDDEN:
            why = "by the rules of reliability or the minimum base"
            if situation != found.judged[place]:
                why = "so that others cannot be worked out: " + protects[place]
        reasons.append(why + UNPROTECTED if open_[place] else why)
    return reasons


def _first(row: Row, place: int, found: Suppression) -> str:
    """Say why a figure is hidden in itself."""
    primary, parts = found.primary, []
    if primary.base[place]:
        parts.append(f"{respondents(row)} in the base")
    if primary.category[place]:
        parts.append(f"{primary.gave[place]:.0f} gave this answer")
    if primary.complement[place]:
        parts.append(f"{primary.others[place]:.0f} did not give this answer")
    return "too few: " + ", ".join(parts) if parts else ""


def _protects(rows: Sequence[Row], found: Suppression) -> dict[int, str]:
    """Name what each figure protects, where it is hidden for others."""
    ledger = found.problem.ledger
    forms = _forms(found).tolist()
    named: dict[int, list[str]] = {}
    for place in np.flatnonzero(found.primary.rows[: found.figures]):
        for form in {forms[place], int(ledger.rest[place]), int(ledger.base[place])}:
            named.setdefault(form, []).append(_name(rows[int(place)]))
    made: dict[int, list[str]] = {}
    for number, answer in zip(*ledger.companions, strict=True):
        if found.hidden[answer] and number < len(rows):
            made.setdefault(int(number), []).append(_name(rows[int(answer)]))
    for form, protected in found.complements.of.items():
        words = [word for one in protected for word in named.get(one, [])[:1]]
        for place in np.flatnonzero(ledger.rows_of(np.array([form]))):
            made.setdefault(int(place), []).extend(words)
    return {place: _listed(words) for place, words in made.items()}


def _name(row: Row) -> str:
    parts = (str(row[name]) for name in ("indicator", "item", "category", "domain"))
    return " / ".join(part for part in parts if part != NOT_APPLICABLE)


def _listed(words: Sequence[str]) -> str:
    several = list(dict.fromkeys(words))
    return "; ".join(several[:NAMED]) + (" …" if len(several) > NAMED else "")


def _losses(rows: Sequence[Row], situations: Sequence[str]) -> list[dict[str, object]]:
    """Count the rows of each table, and those that are shown."""
    counted: dict[tuple[str, str], list[int]] = {}
    for row, situation in zip(rows, situations, strict=True):
        pair = counted.setdefault((str(row["indicator"]), str(row["breakdown"])), [0, 0])
        pair[0] += 1
        pair[1] += situation not in HIDDEN
    return [
        {"indicator": indicator, "breakdown": breakdown, "rows": all_of, "shown": shown}
        for (indicator, breakdown), (all_of, shown) in counted.items()
    ]
