"""Which cells of a banner are marked: the letters of the columns that they are higher than."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from socialpoll.report.measured import Line
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.report.heads import Head
    from socialpoll.report.measured import Measured
    from socialpoll.report.report import Scalar

__all__ = ["ARROWS", "READ", "TRIANGLES", "Cell", "Letters", "letters_of"]

READ = (
    "wave",
    "indicator",
    "item",
    "category",
    "breakdown",
    "domain_a",
    "domain_b",
    "difference",
    "p_adjusted",
    "method",
    "test",
    "against",
    "wave_b",
)
"""Columns of the comparisons that marks are read from."""

Cell: TypeAlias = tuple[str, Line, tuple[str, str, str]]
"""Indicator, line, and breakdown, domain and wave of a column."""
ARROWS = ("↑", "↓")
TRIANGLES = ("▲", "▼")
"""For the total, where arrows already speak of the rest."""
PAIRED, POINTED = ("pairs", "waves"), ("rest", "total")


class _Test(NamedTuple):
    """A tested difference of two cells, or of a cell and a reference without a column."""

    cell: Cell
    other: Cell
    difference: float
    p: float
    against: str
    method: str
    test: str


@dataclass(frozen=True)
class Letters:
    """The marks of a banner, and what they rest on.

    Attributes
    ----------
    marks : mapping of Cell to str
        Of the cells that have any: letters in the order of the columns, then arrows.
    against : frozenset of str
        What was compared with what, of the comparisons that count: ``pairs``, ``waves``, ``rest``,
        ``total``.
    methods, tests : frozenset of str
        How p values were adjusted, and how differences were tested.
    """

    marks: Mapping[Cell, str] = field(default_factory=dict)
    against: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    tests: frozenset[str] = frozenset()

    @property
    def lettered(self) -> bool:
        """Whether columns are spoken of by their letters."""
        return not self.against.isdisjoint(PAIRED)


def letters_of(
    comparisons: Iterable[Mapping[str, Scalar]],
    several: Sequence[Measured],
    heads: Sequence[Head],
    levels: Sequence[float],
) -> Letters:
    """Read the marks of all cells from the comparisons.

    A cell has the letter of every column of its breakdown and wave (or of its domain, in another
    wave) than whose figure it is significantly higher, and an arrow where it differs from all
    others together or from everybody. Of a pair that was compared twice the later test counts.
    Figures that are suppressed, of low reliability or fixed neither get nor give marks.

    Parameters
    ----------
    comparisons : iterable of mapping
        Rows of the comparisons, as plain values.
    several : sequence of Measured
        What stands in the rows.
    heads : sequence of Head
        The columns.
    levels : sequence of float
        As of :class:`~socialpoll.Banner`.
    """
    if not levels:
        return Letters()
    columns = {head.place: number for number, head in enumerate(heads)}
    sound = {
        (one.name, line, (breakdown, domain, one.wave)): shown.sound
        for one in several
        for (breakdown, domain, line), shown in one.rows.items()
    }
    tests: dict[tuple[frozenset[Cell], str], _Test] = {}
    for row in comparisons:
        test = _test_of(row)
        if test is not None and _counts(test, columns, sound):
            tests[frozenset((test.cell, test.other)), test.against] = test
    counted = tuple(tests.values())
    return Letters(
        _marks(counted, columns, [one.letter for one in heads], levels),
        frozenset(one.against for one in counted),
        frozenset(one.method for one in counted),
        frozenset(one.test for one in counted),
    )


def _test_of(row: Mapping[str, Scalar]) -> _Test | None:
    """Read a comparison; None where it came to nothing."""
    difference, p = row["difference"], row["p_adjusted"]
    if not isinstance(difference, float | int) or not isinstance(p, float | int):
        return None
    against, breakdown, wave = str(row["against"]), str(row["breakdown"]), str(row["wave"])
    indicator, line = str(row["indicator"]), Line(str(row["item"]), str(row["category"]))
    a, b = str(row["domain_a"]), str(row["domain_b"])
    earlier = str(row["wave_b"]) if against == "waves" else wave
    other = (TOTAL if b == TOTAL else breakdown, b, earlier)
    return _Test(
        (indicator, line, (breakdown, a, wave)),
        (indicator, line, other),
        float(difference),
        float(p),
        against,
        str(row["method"]),
        str(row["test"]),
    )


def _counts(
    test: _Test, columns: Mapping[tuple[str, str, str], int], sound: Mapping[Cell, bool]
) -> bool:
    """Say whether both sides are sound; those that are spoken of by a letter have a column."""
    if not sound.get(test.cell, False) or test.cell[-1] not in columns:
        return False
    if test.against in PAIRED:
        return sound.get(test.other, False) and test.other[-1] in columns
    return test.against in POINTED and sound.get(test.other, True)


def _marks(
    tests: Iterable[_Test],
    columns: Mapping[tuple[str, str, str], int],
    letters: Sequence[str],
    levels: Sequence[float],
) -> dict[Cell, str]:
    """Return the marks of the cells that have any."""
    paired: dict[Cell, list[tuple[int, str]]] = {}
    pointed: dict[Cell, dict[str, str]] = {}
    tests = tuple(tests)
    both = {one.against for one in tests}.issuperset(POINTED)
    signs = {"rest": ARROWS, "total": TRIANGLES if both else ARROWS}
    for one in tests:
        if one.p >= levels[-1] or one.difference == 0:
            continue
        strict = one.p < levels[0]
        if one.against in PAIRED:
            high, low = (one.cell, one.other) if one.difference > 0 else (one.other, one.cell)
            number = columns[low[-1]]
            letter = letters[number] if strict else letters[number].lower()
            paired.setdefault(high, []).append((number, letter))
        else:
            sign = signs[one.against][one.difference < 0]
            doubled = strict and len(levels) > 1
            pointed.setdefault(one.cell, {})[one.against] = sign * (2 if doubled else 1)
    marks: dict[Cell, str] = {}
    for cell in {**paired, **pointed}:
        found = [letter for _, letter in sorted(paired.get(cell, ()))]
        arrows = pointed.get(cell, {})
        found += [arrows[one] for one in POINTED if one in arrows]
        marks[cell] = " ".join(found)
    return marks
