"""What is wrong with the banners of a poll file: names of tables, rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from socialpoll.errors import nearest
from socialpoll.poll.narrowing import written
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.plain_names import NAME_RULE, PLAIN_NAME
from socialpoll.report import Banner

__all__ = ["check_banners"]


def check_banners(
    banners: Mapping[str, Banner],
    measured: Mapping[str, Sequence[str]],
    variables: Sequence[str],
    notes: Notebook,
) -> None:
    """Note every mistake in banners.

    Parameters
    ----------
    banners : mapping of str to Banner
        By place in the file.
    measured : mapping of str to sequence of str
        The breakdowns that each indicator is measured by, as in the figures.
    variables : sequence of str
        All names of the questionnaire.
    notes : Notebook
        Takes the problems.
    """
    seen: dict[str, str] = {}
    for where, banner in banners.items():
        if not PLAIN_NAME.fullmatch(banner.name):
            found = repr(banner.name)
            notes.note(f"{where}.name", "a name that is not plain", found=found, allowed=NAME_RULE)
        first = seen.setdefault(banner.name, where)
        if first != where:
            what, advice = f"the same name as {first}", "give each banner a 'name' of its own"
            notes.note(where, what, found=repr(banner.name), advice=advice)
        _check_rows(where, banner, measured, notes)
        _check_columns(where, banner, measured, variables, notes)


def _check_rows(
    where: str, banner: Banner, measured: Mapping[str, Sequence[str]], notes: Notebook
) -> None:
    for name in banner.rows:
        if name not in measured:
            notes.note(
                f"{where}.rows",
                f"there is no indicator {name!r}",
                allowed=nearest(name, measured),
                advice="rows are named as the indicators are: by 'name', or as their question is",
            )


def _check_columns(
    where: str,
    banner: Banner,
    measured: Mapping[str, Sequence[str]],
    variables: Sequence[str],
    notes: Notebook,
) -> None:
    rows = [name for name in banner.rows or measured if name in measured]
    for column in banner.columns:
        unknown = [one for one in column.split("|") if one not in variables]
        lacking = [name for name in rows if column not in measured[name]]
        if unknown:
            notes.note(
                f"{where}.columns",
                f"there is no question or derived variable {unknown[0]!r}",
                allowed=nearest(unknown[0], variables),
            )
        elif rows and len(lacking) == len(rows):
            notes.note(
                f"{where}.columns",
                "no indicator of the banner is measured by this breakdown",
                found=written(column),
                allowed=", ".join(map(written, _breakdowns(rows, measured))),
                advice="add it to 'by' of the indicators, or to publication.by",
            )
        elif banner.rows:
            for name in lacking:
                notes.note(
                    f"{where}.columns",
                    f"indicator {name!r} is not measured by this breakdown",
                    found=written(column),
                    advice=f"add it to 'by' of {name!r}, or leave one of the two out",
                )


def _breakdowns(rows: Iterable[str], measured: Mapping[str, Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(one for name in rows for one in measured[name]))
