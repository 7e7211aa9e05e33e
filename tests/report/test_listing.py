from __future__ import annotations

import pytest

from socialpoll.report import Said
from socialpoll.report.language import Language
from socialpoll.report.listing import listed
from socialpoll.report.writing import written


@pytest.mark.parametrize(("tag", "expected"), [("en", "1, 2, 3"), ("ar", "1، 2، 3")])
def test_each_language_has_its_comma(tag, expected):
    several = [Said({"und": one}) for one in "123"]

    assert written(listed(several), Language(tag)) == expected


def test_one_alone_stays_as_it_is():
    one = Said({"und": "1"})

    assert listed([one]) == one
