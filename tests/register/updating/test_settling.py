from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.register.coding import NOTHING
from socialpoll.register.updating.settling import NOT_SAID, UNRANKED, Said, settled

BOTH = ("authority", "recency")
PEOPLE = 4


def said(*rows: tuple[int, int, int, int, int]) -> Said:
    """Statements: person, value, rank, day, source."""
    return Said(*np.array(rows, dtype=np.int64).reshape(-1, 5).T)


def standing(value: int, rank: int = UNRANKED, day: int = 0) -> Said:
    return said((0, value, rank, day, NOT_SAID))


@pytest.mark.parametrize(
    ("before", "statements", "order", "expected", "contested"),
    [
        (standing(1), [(0, 2, 1, 5, 0)], BOTH, 2, False),
        (standing(1, 1, 9), [(0, 2, 2, 50, 0)], BOTH, 1, False),
        (standing(1, 1, 9), [(0, 2, 1, 50, 0)], BOTH, 2, False),
        (standing(1, 1, 9), [(0, 2, 1, 8, 0)], BOTH, 1, False),
        (standing(1, 1, 9), [(0, 2, 7, 50, 0)], ("recency", "authority"), 2, False),
        (standing(NOTHING), [(0, 2, UNRANKED, -9, 0)], BOTH, 2, False),
        (standing(1), [(0, 2, 1, 5, 0), (0, 3, 1, 5, 1)], BOTH, 1, True),
        (standing(1), [(0, 2, 1, 5, 0), (0, 2, 1, 5, 1)], BOTH, 2, False),
        (standing(1), [(0, 2, 1, 5, 0), (0, 3, 2, 5, 1)], BOTH, 2, False),
        (standing(1, 1, 5), [(0, 2, 1, 5, 0)], BOTH, 1, True),
        (standing(1, 1, 5), [(0, 1, 1, 5, 0)], BOTH, 1, False),
        (standing(1), [], BOTH, 1, False),
    ],
    ids=[
        "a rank beats none",
        "a better rank stays",
        "the later of two",
        "the earlier never",
        "the date asked first",
        "nobody knew",
        "two contradict",
        "two say the same",
        "a worse one is not asked",
        "as good as what stands",
        "what stands again",
        "nothing is said",
    ],
)
def test_the_best_that_is_said_stands(before, statements, order, expected, contested):
    found = settled(before, said(*statements), order)
    assert found.value.tolist() == [expected]
    assert found.contested.tolist() == [contested]


def test_of_sources_that_say_the_same_the_first_is_named():
    found = settled(standing(1), said((0, 2, 1, 5, 3), (0, 2, 1, 5, 1)), BOTH)
    assert found.winner.tolist() == [1]


@st.composite
def tables(draw):
    """Tables with ranks and days of their own, and what each says of some people."""
    ranks = draw(st.lists(st.integers(1, 9), min_size=1, max_size=5, unique=True))
    return [
        [
            (person, draw(st.integers(0, 2)), rank, draw(st.just(10 * number)), number)
            for person in draw(st.lists(st.integers(0, PEOPLE - 1), unique=True))
        ]
        for number, rank in enumerate(ranks)
    ]


def start() -> Said:
    nothing = np.array([0, 1, 2, NOTHING], dtype=np.int64)
    alike = (np.full(PEOPLE, one) for one in (UNRANKED, -5, NOT_SAID))
    return Said(np.arange(PEOPLE), nothing, *alike)


def after(before: Said, statements: Said) -> Said:
    """What stands after an update, as what stands before the next."""
    found = settled(before, statements, BOTH)
    won = found.winner != NOT_SAID
    rank, day = before.rank.copy(), before.day.copy()
    rank[won], day[won] = statements.rank[found.winner[won]], statements.day[found.winner[won]]
    return before._replace(value=found.value, rank=rank, day=day)


@given(tables(), st.randoms(use_true_random=False))
def test_tables_at_once_and_one_after_the_other_in_any_order_leave_the_same(found, random):
    together = after(start(), said(*(row for table in found for row in table)))
    random.shuffle(found)
    one_by_one = start()
    for table in found:
        one_by_one = after(one_by_one, said(*table))
    assert together.value.tolist() == one_by_one.value.tolist()
    assert together.rank.tolist() == one_by_one.rank.tolist()


@given(
    st.lists(
        st.tuples(
            st.integers(0, PEOPLE - 1), st.integers(0, 2), st.integers(1, 2), st.integers(0, 1),
            st.integers(0, 2),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_to_settle_again_changes_nothing_in_whatever_order_things_are_said(rows, random):
    once = after(start(), said(*rows))
    again = settled(once, said(*rows), BOTH)
    random.shuffle(rows)
    shuffled = settled(start(), said(*rows), BOTH)
    assert again.value.tolist() == once.value.tolist() == shuffled.value.tolist()
    assert (again.winner == NOT_SAID).all()
