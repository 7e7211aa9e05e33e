"""Which line of an indicator comes first in each domain, and which are not told apart from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.apart import Behind, behind
from socialpoll.indicators.choices import CHOICE_COLUMNS, LINE, no_choices
from socialpoll.schema import Fact, Questionnaire
from socialpoll.schema.categories import categories_of
from socialpoll.totals import Categories, Options, Spans, one_thread

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators.block import Block
    from socialpoll.indicators.estimates import Estimates

__all__ = ["lead"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
OF_WHAT = ("wave", "indicator", "question", "breakdown", "domain", "item", "category")


class _Found(NamedTuple):
    """The answers of one domain: their rows in the frame, and how far they are behind."""

    rows: Places
    df: Floats
    behind: Behind


def lead(estimates: Estimates) -> Estimates:
    """Say of every share of a question whether it is the largest in its domain, or how far behind.

    In every domain and wave each answer is compared with the one that most gave, on the joint
    covariance of the two shares (Binder 1983), by t on the degrees of freedom of the domain; the p
    values of a domain are adjusted together (Holm 1979).

    Parameters
    ----------
    estimates : Estimates

    Returns
    -------
    Estimates
        The same figures. ``choices`` has a row of role ``line`` for each answer of every indicator
        whose statistic is ``share``: questions of one answer or of several, scales, bands and
        windows of the clock, variables that are derived, items of a grid each by itself, and
        profiles, whose domains are those who chose each category. ``against_item`` and
        ``against_category`` are the keys of the largest, ``difference`` is the share less that of
        the largest, 0 or below. ``p_adjusted`` and ``alike`` (true where the two are not told
        apart at 1 - level) are missing where nothing is known of precision; where two figures
        cannot vary, ``se`` is 0, there is no test, and ``alike`` says whether they are equal. The
        row of the largest itself, of several that are level the first in the questionnaire, has
        nothing it is held against. Rows of other roles that were there before stay.

    See Also
    --------
    busiest : Windows of the clock, ranked.

    compare : One answer in several domains.

    Notes
    -----
    Exclusive options ("none of these"), missing codes, and answers that a wave did not offer have
    no row: they are nothing that could come first. No rows have domains without respondents, or
    where nobody gave any answer; sets of options (:class:`~socialpoll.Reach`), of which one holds
    another; and questions broken down by themselves.

    The largest was chosen by its share in this sample, so its share is rather too high, and the p
    values are rather too small: that a line is ``alike`` is the safer of the two statements (Hsu
    1984, Annals of Statistics 12: 1136-1144).

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"app": ["x"] * 50 + ["y"] * 40 + ["z"] * 10})
    >>> figures = sp.estimate(sp.bind(answers, sp.Questionnaire.infer(answers)), "app")
    >>> found = sp.lead(figures).choices
    >>> found[["category", "against_category", "difference", "alike"]].round(2).values.tolist()
    [['x', '', 0.0, <NA>], ['y', 'x', -0.1, True], ['z', 'x', -0.4, False]]
    """
    import pandas as pd

    before, frame = estimates.choices, estimates.frame
    others = before[before["role"] != LINE]
    with one_thread():
        blocks = estimates.joint.blocks
        estimates.joint.foresee_within(
            block for block in blocks if _answers(estimates.questionnaire, block).size
        )
        found = [one for block in blocks for one in _within(estimates, frame, block)]
    frames = [one for one in (others, _rows(frame, found)) if len(one)]
    together = pd.concat(frames, ignore_index=True) if frames else no_choices()
    return _accounted(estimates).with_choices(together)


def _accounted(estimates: Estimates) -> Estimates:
    """Note how lines are compared, once."""
    fact = Fact("indicators", "lines", {"adjust": "holm", "level": estimates.precision.level})
    if fact in estimates.methodology.facts:
        return estimates
    return replace(estimates, methodology=estimates.methodology.adding(fact))


def _within(estimates: Estimates, frame: pd.DataFrame, block: Block) -> Iterator[_Found]:
    """Yield what comes first in each domain of a block."""
    answers = _answers(estimates.questionnaire, block)
    if answers.size == 0:
        return
    own, shape = frame.iloc[block.first : block.rows.stop], (block.domains, len(block.plan.lines))
    figures, se, df = (
        own[name].to_numpy(dtype=np.float64).reshape(shape) for name in ("estimate", "se", "df")
    )
    covariances = estimates.joint.covariances_within(block)
    for domain, covariance in enumerate(covariances):
        here = answers[~np.isnan(figures[domain, answers])]
        if not (figures[domain, here] > 0).any():
            continue
        found = behind(
            figures[domain, here],
            se[domain, here],
            covariance[np.ix_(here, here)],
            df[domain, here],
            estimates.precision.level,
        )
        yield _Found(block.first + domain * shape[1] + here, df[domain, here], found)


def _answers(questionnaire: Questionnaire, block: Block) -> Places:
    """Return the places of the lines that are answers; none where lines are nothing of the kind."""
    plan = block.plan
    if plan.kind != "share" or plan.question in block.breakdown:
        return np.zeros(0, dtype=np.intp)
    match plan.measure:
        case Categories(question=name) | Options(question=name):
            codes = categories_of(questionnaire, name).codes
            return np.flatnonzero([not one.exclusive for one in codes])
        case Spans(spans=spans):
            return np.arange(len(spans))
    return np.zeros(0, dtype=np.intp)


def _rows(frame: pd.DataFrame, found: list[_Found]) -> pd.DataFrame:
    """Return the rows of all domains."""
    import pandas as pd

    if not found:
        return no_choices()
    rows, own, against = _sides(found)
    made = frame[list(OF_WHAT)].take(rows).reset_index(drop=True)
    for name in ("item", "category"):
        made[f"against_{name}"] = frame[name].take(against).reset_index(drop=True).mask(own, "")
    several = [one.behind.apart for one in found]
    for name, column in (("se", "se"), ("low", "ci_low"), ("high", "ci_high"), ("p", "p")):
        made[column] = _column([getattr(one, name) for one in several], own)
    made["p_adjusted"] = _column([one.p_adjusted for one in several], own)
    made["df"] = _column([one.df for one in found], own)
    alike = pd.array(np.concatenate([one.alike for one in several]), dtype="boolean")
    alike[own | ~np.concatenate([one.known for one in several])] = pd.NA
    difference = np.concatenate([one.difference for one in several])
    made = made.assign(role=LINE, difference=difference, alike=alike)
    return made.reindex(columns=list(CHOICE_COLUMNS)).astype(no_choices().dtypes.to_dict())


def _sides(found: list[_Found]) -> tuple[Places, npt.NDArray[np.bool_], Places]:
    """Return the rows of all lines, which of them are the largest, and the rows of these."""
    rows = np.concatenate([one.rows for one in found])
    largest = np.array([one.rows[one.behind.first] for one in found], dtype=np.intp)
    against = np.repeat(largest, [one.rows.size for one in found])
    return rows, rows == against, against


def _column(parts: list[Floats], own: npt.NDArray[np.bool_]) -> Floats:
    """Return figures of differences: there are none of the largest from itself."""
    return np.where(own, np.nan, np.concatenate(parts))
