from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from hypothesis import given, strategies as st

from socialpoll.exporters.word.package import pack, unpack

names = st.text("abc/.", min_size=1, max_size=8).filter(lambda name: not name.endswith("/"))
parts = st.dictionaries(names, st.binary(max_size=50), max_size=6)


@given(parts)
def test_what_is_packed_can_be_unpacked(given_parts):
    assert unpack(pack(given_parts)) == given_parts


@given(parts)
def test_the_order_in_which_parts_come_does_not_matter(given_parts):
    assert pack(given_parts) == pack(dict(reversed(given_parts.items())))


def test_a_package_remembers_neither_time_nor_system():
    with ZipFile(BytesIO(pack({"b": b"2", "a": b"1"}))) as package:
        entries = package.infolist()

    assert [entry.filename for entry in entries] == ["a", "b"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
