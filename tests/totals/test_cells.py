from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.totals import cells, cells as cells_module
from socialpoll.totals.cells import cells_of, summed


@st.composite
def positions(draw):
    rows = draw(st.integers(1, 30))
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    columns = [
        np.array(draw(st.lists(st.integers(-4, size - 1), min_size=rows, max_size=rows)), np.int8)
        for size in sizes
    ]
    inside = np.array(draw(st.lists(st.booleans(), min_size=rows, max_size=rows)))
    return columns, sizes, inside


@given(positions())
def test_a_cell_has_the_positions_of_its_rows(drawn):
    columns, sizes, inside = drawn

    cells = cells_of(columns, sizes, inside)

    expected = np.column_stack(
        [np.where(one < 0, size, one) for one, size in zip(columns, sizes, strict=True)]
    )
    assert (cells.position[cells.cell[inside]] == expected[inside]).all()
    assert (cells.cell[~inside] == cells.size).all()
    assert cells.outside == (not inside.all())
    assert (cells.cases == np.bincount(cells.cell[inside], minlength=cells.size)).all()
    assert (cells.cases > 0).all()
    assert len(np.unique(cells.position, axis=0)) == cells.size


@given(positions())
def test_cells_are_the_same_when_combinations_have_to_be_packed(drawn):
    columns, sizes, inside = drawn
    plain = cells_of(columns, sizes, inside)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells_module, "SMALLEST_TABLE", 1)
        packed = cells_of(columns, sizes, inside)

    assert (plain.cell == packed.cell).all()
    assert (plain.position == packed.position).all()
    assert (plain.cases == packed.cases).all()


def test_more_combinations_than_a_number_of_32_bits_can_tell_apart_are_told_apart():
    random = np.random.default_rng(1)
    columns = [random.integers(0, 3000, 70_000).astype(np.int16) for _ in range(4)]

    cells = cells_of(columns, [3000] * 4, np.ones(70_000, dtype=bool))

    assert cells.size == len(np.unique(np.column_stack(columns), axis=0))
    assert (cells.position[cells.cell] == np.column_stack(columns)).all()


def test_the_numbers_of_cells_do_not_depend_on_the_order_of_rows():
    random = np.random.default_rng(2)
    columns = [random.integers(0, 3, 50).astype(np.int8) for _ in range(2)]
    order = random.permutation(50)
    everyone = np.ones(50, dtype=bool)

    cells = cells_of(columns, [3, 3], everyone)
    shuffled = cells_of([one[order] for one in columns], [3, 3], everyone)

    assert (shuffled.cell == cells.cell[order]).all()
    assert (shuffled.position == cells.position).all()


def test_sums_leave_out_cases_without_an_interview():
    inside = np.array([True, True, False])

    cells = cells_of([np.array([0, 1, 1], dtype=np.int8)], [2], inside)

    assert cells.sums(np.array([1.0, 2.0, 4.0])).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.int64])
@pytest.mark.parametrize("rows", [0, 3, 1000])
def test_sums_taken_some_rows_at_a_time_are_those_of_all_at_once(kind, rows, monkeypatch):
    random = np.random.default_rng(3)
    place, weights = random.integers(0, 12, rows).astype(kind), random.lognormal(0, 2, rows)
    expected = np.bincount(place, weights=weights, minlength=9)
    monkeypatch.setattr(cells, "AT_ONCE", 2)
    assert summed(place, weights, 9).tolist() == expected.tolist()
