"""How many links are right, where it is known of whom records are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.errors import Problem, RegisterError, nearest
from socialpoll.register.keys import LinkageKey
from socialpoll.register.matching.links import LINKED, Links

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LinkQuality", "evaluate_links"]

TRUTH = ("source", "record", "person")
COUNTS = ("records", "of_people", "linked", "right", "precision", "recall")
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
ALL = "all"


@dataclass(frozen=True, eq=False)
class LinkQuality:
    """How many links are right.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a source, and one of ``all``: ``records`` of which the truth is known; ``of_people``,
        those that are of somebody in the reference; ``linked``, with role ``match`` or
        ``duplicate``; ``right`` of these; ``precision``, right of linked; ``recall``, right of
        ``of_people``.
    curve : pandas.DataFrame
        The same for all sources together, were records linked from another probability on:
        ``accept``, and the columns of ``frame``. Below the probability from which people decide,
        what has no identifier is linked to nobody.
    """

    frame: pd.DataFrame = field(repr=False)
    curve: pd.DataFrame = field(repr=False)


def evaluate_links(links: Links, truth: pd.DataFrame, key: LinkageKey) -> LinkQuality:
    """Hold links against the truth.

    Parameters
    ----------
    links : Links
    truth : pandas.DataFrame
        ``source``, ``record`` (the agency's own number) and ``person`` (the record of the
        reference; missing where nobody in it is the one). It may be of a part of the records.
    key : LinkageKey
        Of the links.

    Returns
    -------
    LinkQuality

    Raises
    ------
    RegisterError
        A column is missing; a record is there twice, or not among the links: another key, or
        another table.

    See Also
    --------
    link_records : What makes links.
    """
    import pandas as pd

    known = _pseudonymous(truth, key)
    both = known.merge(links.frame, on=["source", "record"], how="left", suffixes=("_true", ""))
    lacking = int(both["role"].isna().sum())
    if lacking:
        raise _refused(
            "records are not among the links",
            f"{lacking} of {len(both)}",
            "give the key and the tables of the links",
        )
    linked = both["role"].isin(LINKED)
    rows = [(ALL, *_counts(both, linked))]
    rows += [(name, *_counts(part, linked[part.index])) for name, part in both.groupby("source")]
    frame = pd.DataFrame(rows, columns=["source", *COUNTS])
    return LinkQuality(frame, pd.DataFrame(_curve(both), columns=["accept", *COUNTS]))


def _pseudonymous(truth: pd.DataFrame, key: LinkageKey) -> pd.DataFrame:
    """Return the truth in pseudonyms; an empty one for nobody."""
    for name in TRUTH:
        if name not in truth:
            raise _refused(f"there is no column {name!r}", nearest(name, truth.columns), "")
    twice = int(truth.duplicated(["source", "record"]).sum())
    if twice:
        raise _refused("records are there twice", f"{twice} of {len(truth)}", "leave one in")
    kinds = zip(truth["source"], truth["record"], strict=True)
    people = truth["person"]
    columns = {
        "source": truth["source"].to_numpy(),
        "record": [key.pseudonym(f"record:{source}", str(record)) for source, record in kinds],
        "person": [
            "" if missing else key.pseudonym("person", str(one))
            for one, missing in zip(people, people.isna(), strict=True)
        ],
    }
    return type(truth)(columns)


def _counts(part: pd.DataFrame, linked: pd.Series[bool]) -> tuple[float, ...]:
    of_people = int((part["person_true"] != "").sum())
    right = int((linked & (part["person"] == part["person_true"])).sum())
    count = int(linked.sum())
    precision = right / count if count else float("nan")
    recall = right / of_people if of_people else float("nan")
    return len(part), of_people, count, right, precision, recall


def _curve(both: pd.DataFrame) -> Iterator[tuple[float, ...]]:
    by_identifier = both["role"].isin(LINKED) & (both["by"] != "likeness")
    for accept in THRESHOLDS:
        likely = (both["by"] == "likeness") & (both["probability"] >= accept)
        yield (accept, *_counts(both, by_identifier | likely))


def _refused(what: str, found: str, advice: str) -> RegisterError:
    return RegisterError("the truth", [Problem(what, "truth", found, advice=advice)])
