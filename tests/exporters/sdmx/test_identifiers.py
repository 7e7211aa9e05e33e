from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from socialpoll.exporters.code_lists import Code
from socialpoll.exporters.sdmx.identifiers import code_from, identifier

ID = re.compile(r"[A-Za-z0-9_@$-]+")
"""What SDMX-JSON and SDMX-ML allow for an identifier."""

codes = st.text(st.sampled_from("aZ9_-@$|. نع\x00\u202e👩") | st.characters(), max_size=8)


@given(codes, codes.filter(bool))
def test_every_code_is_an_identifier_and_comes_back(code, within):
    alone, inside = identifier(Code(code)), identifier(Code(code, within))

    assert ID.fullmatch(alone)
    assert ID.fullmatch(inside)
    assert code_from(alone) == Code(code)
    assert code_from(inside) == Code(code, "" if code in ("_T", "_Z") else within)


@given(st.lists(st.tuples(codes, codes), unique=True, max_size=6))
def test_no_two_codes_become_one(several):
    made = [Code(code, within) for code, within in several if code not in ("_T", "_Z")]

    assert len({identifier(one) for one in made}) == len(made)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        (Code("2019-03"), "2019-03"),
        (Code("minutes after midnight"), "minutes@20@after@20@midnight"),
        (Code("21:00-02:00", "busiest"), "busiest$21@3A@00-02@3A@00"),
        (Code("_Z", "account"), "_Z"),
        (Code(""), "@@"),
        (Code("a@b$c"), "a@40@b@24@c"),
    ],
)
def test_identifiers_are_as_documented(code, written):
    assert identifier(code) == written
