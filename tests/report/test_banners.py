from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError


def test_a_banner_takes_lists_and_plain_words():
    banner = sp.Banner(title="By sex", rows=["account"], columns=["sex"], levels=[0.01, 0.05])

    assert banner == sp.Banner(
        title={"und": "By sex"}, rows=("account",), columns=("sex",), levels=(0.01, 0.05)
    )


@pytest.mark.parametrize(
    "levels",
    [(0.0,), (1.0,), (0.05, 0.01), (0.05, 0.05), (0.01, 0.05, 0.1), (1,), ("0.05",), 0.05],
)
def test_levels_lie_between_0_and_1_the_stricter_first_and_are_at_most_two(levels):
    with pytest.raises(ReportError, match="levels of significance") as caught:
        sp.Banner(levels=levels)

    assert caught.value.where == "Banner.levels"
    assert caught.value.found == repr(levels)


def test_an_order_that_nobody_knows_is_refused_with_the_nearest():
    with pytest.raises(ReportError, match="cannot be sorted") as caught:
        sp.Banner(sort="larger")

    assert caught.value.allowed.startswith("did you mean 'largest'?")


@pytest.mark.parametrize("where", ["rows", "columns"])
def test_a_name_stands_in_a_banner_once(where):
    with pytest.raises(ReportError, match="everything once") as caught:
        sp.Banner(**{where: ("sex", "age", "sex")})

    assert caught.value.where == f"Banner.{where}"
    assert caught.value.found == "'sex' twice"


@pytest.mark.parametrize("names", ["sex", ("sex", 1)])
def test_rows_are_several_names(names):
    with pytest.raises(ReportError, match="these are no names"):
        sp.Banner(rows=names)
