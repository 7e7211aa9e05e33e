"""Charts in a poll file: their kinds, and maps of breakdowns."""

from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from tests.poll.polls import changed, write_poll

SHARE = 'share = "account"\ncompare = true'
MAP = '[publication.maps.sex]\ntiles = [["male", ""], ["", "female"]]\n\n[publication.publisher]'
PUBLISHER = "[publication.publisher]"


def kinds_of(poll: sp.Poll, indicator: str) -> list[str]:
    (found,) = (one for one in poll.report().sections if one.name == indicator)
    return [block.kind for block in found.blocks if isinstance(block, sp.report.Chart)]


@pytest.mark.parametrize(
    ("written", "kinds"),
    [('"none"', []), ('"heat"', ["heat"]), ('["dots", "map"]', ["dots", "map"])],
)
def test_an_indicator_says_which_charts_it_shall_have(tmp_path, written, kinds):
    path = write_poll(tmp_path, changed((SHARE, f"{SHARE}\nchart = {written}"), (PUBLISHER, MAP)))

    assert kinds_of(sp.Poll.load(path), "account") == kinds


@pytest.mark.parametrize(
    ("changes", "where", "found"),
    [
        ([(SHARE, f'{SHARE}\nchart = "pie"')], "indicators[1].chart", "'pie'"),
        ([(SHARE, f'{SHARE}\nchart = ["none", "bars"]')], "indicators[1].chart", ""),
        ([(SHARE, f'{SHARE}\nchart = "map"')], "indicators[1].chart", "sex"),
        (
            [(PUBLISHER, MAP.replace('"female"', '"women"'))],
            "publication.maps.sex.tiles",
            "",
        ),
        ([(PUBLISHER, MAP.replace('""', '"male"', 1))], "publication.maps.sex.tiles", ""),
        ([(PUBLISHER, MAP.replace("maps.sex", "maps.gender"))], "publication.maps.gender", ""),
    ],
)
def test_mistakes_are_told_with_their_places(tmp_path, changes, where, found):
    path = write_poll(tmp_path, changed(*changes))

    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(path)

    told = [one for one in caught.value.problems if where in one.where]
    assert told
    assert found in told[0].found


def test_codes_without_a_tile_are_listed(tmp_path):
    path = write_poll(tmp_path, changed((PUBLISHER, MAP.replace('"female"', '""'))))

    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(path)

    assert caught.value.problem.found == "'female'"


def test_a_chart_that_an_indicator_cannot_have_is_found_before_the_run(tmp_path):
    path = write_poll(tmp_path, changed((SHARE, f'{SHARE}\nchart = "stacked"')))
    found = sp.Poll.load(path).check()
    (error,) = found[found["severity"] == "error"].to_dict("records")

    assert error["where"] == "indicators[1].chart"
    assert "'account' cannot be drawn" in error["what"]
    assert "'dots'" in error["advice"]
