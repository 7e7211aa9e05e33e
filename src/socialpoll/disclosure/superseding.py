"""Another edition of a release: which of its figures are not what they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.disclosure.released import Release
from socialpoll.disclosure.revision import Revision
from socialpoll.disclosure.screening import rounded
from socialpoll.disclosure.status import NEW, REVISED, REVISION
from socialpoll.errors import ReleaseError
from socialpoll.indicators import KEYS
from socialpoll.schema import Fact, FactValue

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

__all__ = ["supersede"]

PRINTED = ("estimate", "ci_low", "ci_high", "n_base")
"""What tables print of a figure."""


def supersede(
    release: Release, earlier: Release, *, reason: Mapping[str, str] | str | None = None
) -> Release:
    """Mark in a release what it changes in the edition that it supersedes.

    Figures are told apart by their keys. One is revised where its estimate, the limits of its
    interval or its respondents differ as they are shown, that is, rounded.

    Parameters
    ----------
    release : Release
        Of the new edition.
    earlier : Release
        Of the edition that it takes the place of, as it was published: :meth:`Release.load`.
    reason : mapping of language tag to str, or str, optional
        Why there is another edition, in every language of the publication.

    Returns
    -------
    Release
        The same figures; column ``revision`` says ``revised`` or ``new``, and is empty for the
        others. ``revision`` holds the counts and the reason.

    Raises
    ------
    ReleaseError
        The earlier one is no release, or the two have no figure in common.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"uses": ["yes", "no"] * 60})
    >>> asked = sp.Questionnaire.infer(answers)
    >>> first = sp.release(sp.estimate(sp.bind(answers, asked), ["uses"]), edition="1")
    >>> answers.loc[1, "uses"] = "yes"
    >>> second = sp.release(sp.estimate(sp.bind(answers, asked), ["uses"]), edition="2")
    >>> sp.supersede(second, first, reason="One answer was keyed wrongly.").revision.revised
    2
    """
    _check(release, earlier)
    now, before = _printed(release.figures), _printed(earlier.figures).dropna(subset="estimate")
    both = now.merge(before, on=list(KEYS), how="left", suffixes=("", "_before"), indicator="where")
    old = (both["where"] == "both").to_numpy()
    shown = both["estimate"].notna().to_numpy()
    differs = ~_alike(both)
    changes = np.select([shown & ~old, shown & old & differs], [NEW, REVISED], "")
    revised, new = (int((changes == one).sum()) for one in (REVISED, NEW))
    kept = int((shown & old).sum())
    revision = Revision(
        edition=earlier.edition,
        release_date=earlier.release_date,
        reason=reason or {},  # type: ignore[arg-type]  # a plain string becomes a text
        revised=revised,
        new=new,
        withdrawn=len(before) - kept,
        unchanged=kept - revised,
    )
    return replace(
        release,
        figures=release.figures.assign(**{REVISION: changes.tolist()}),
        methodology=release.methodology.adding(_fact(revision)),
        revision=revision,
    )


def _check(release: Release, earlier: object) -> None:
    if not isinstance(earlier, Release):
        raise ReleaseError(
            "what is superseded is not a release",
            where="earlier",
            found=type(earlier).__name__,
            allowed="a Release, such as Release.load(path) reads",
        )
    keys = release.figures[list(KEYS)].merge(earlier.figures[list(KEYS)])
    if keys.empty:
        raise ReleaseError(
            "the two releases have no figure in common",
            where="earlier",
            found=_indicators(earlier),
            allowed=_indicators(release),
            advice="name the earlier edition of the same publication; waves count as keys too",
        )


def _indicators(release: Release) -> str:
    figures = release.figures
    named = zip(figures["wave"], figures["indicator"], strict=True)
    return ", ".join(dict.fromkeys(f"{indicator} ({wave})" for wave, indicator in named))


def _printed(figures: pd.DataFrame) -> pd.DataFrame:
    """Return what is printed of the figures."""
    columns = [*KEYS, *PRINTED]
    return rounded(figures)[columns].astype(dict.fromkeys(PRINTED, "float64"))


def _alike(both: pd.DataFrame) -> npt.NDArray[np.bool_]:
    now, before = (both[[f"{one}{end}" for one in PRINTED]].to_numpy() for end in ("", "_before"))
    return np.asarray(((now == before) | (np.isnan(now) & np.isnan(before))).all(axis=1))


def _fact(revision: Revision) -> Fact:
    values: dict[str, FactValue] = {
        "edition": revision.edition,
        "release_date": revision.release_date.isoformat() if revision.release_date else None,
        "revised": revision.revised,
        "new": revision.new,
        "withdrawn": revision.withdrawn,
        "unchanged": revision.unchanged,
    }
    return Fact("disclosure", "revision", values)
