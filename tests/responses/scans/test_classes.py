"""Numbers are of one class where they are in the same bands of every variable made of them."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from socialpoll.responses.scans.classes import Classes
from socialpoll.schema import Band, Bands


def bands(name, *limits):
    """Return bands from each limit, itself included, to before the next, which is 1 more."""
    several = tuple(
        Band(code=f"{low}", label="?", minimum=low, maximum=high)
        for low, high in zip(limits, [*(one - 1 for one in limits[1:]), None], strict=True)
    )
    return Bands(name=name, label="?", of="q", bands=several)


NUMBERS = pl.LazyFrame({"q": [1.0, 1.5, 5.0, 6.0, 9.0, None]})
BOTH = Classes.of(nw.col("q"), [bands("a", 1, 6), bands("b", 0, 2, 6)])


def told(*several):
    found = nw.from_native(NUMBERS).select(one.alias(f"c{n}") for n, one in enumerate(several))
    return [column.to_list() for column in found.collect().iter_columns()]


def test_numbers_between_bands_are_known_of_those_variables_that_have_them():
    assert told(*BOTH.known) == [
        [True, True, True, True, True, None],
        [True, False, True, True, True, None],
    ]


def test_classes_are_numbered_by_the_bands_of_all_variables():
    numbers, chosen = told(
        BOTH.number, BOTH.chosen({0: nw.lit("low"), 1: nw.lit("middle"), 5: nw.lit("high")})
    )

    assert [numbers[at] for at in (0, 2, 3, 4)] == [0, 1, 5, 5]
    assert [chosen[at] for at in (0, 2, 3, 4)] == ["low", "middle", "high", "high"]


def test_without_bands_all_are_of_one_class():
    alone = Classes.of(nw.col("q"), [])

    assert list(alone.known) == []
    assert told(nw.col("q") * 0 + alone.number, alone.chosen({0: nw.col("q")}))[1][0] == 1.0
