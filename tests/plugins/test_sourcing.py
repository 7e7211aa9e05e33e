from __future__ import annotations

import pytest

from socialpoll.errors import ReaderError
from socialpoll.plugins.sourcing import source_of

READER = """
from socialpoll.hooks import Reader, Source, hookimpl

def read(path):
    {body}

@hookimpl
def socialpoll_readers():
    return [Reader(name="cards", title="Cards", suffixes=(".cards",), read=read)]
"""


def test_a_reader_is_chosen_by_the_ending_of_the_file_or_by_its_name(install, tmp_path):
    install("cards", READER.format(body="return Source(None, None, ('read as cards',))"))
    file = tmp_path / "answers.csv"
    file.write_text("sex\nmale\n", encoding="utf-8")

    assert source_of(file).frame.to_dict("list") == {"sex": ["male"]}
    assert source_of(file, reader="cards").findings == ("read as cards",)
    assert source_of(tmp_path / "answers.cards").findings == ("read as cards",)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("return path", "returned no Source"),
        ("1/0", "the reader failed: ZeroDivisionError"),
        ("raise SystemExit", "the reader failed: SystemExit"),
    ],
)
def test_a_reader_that_breaks_its_promises_is_named(install, tmp_path, body, reason):
    install("cards", READER.format(body=body))

    with pytest.raises(ReaderError, match=r"reader 'cards', file 'a\.cards'") as caught:
        source_of(tmp_path / "a.cards")

    assert reason in str(caught.value)


def test_what_a_reader_says_of_a_file_is_told_as_it_is(install, tmp_path):
    body = "from socialpoll.errors import ReaderError; raise ReaderError('no cards in it')"
    install("cards", READER.format(body=body))

    with pytest.raises(ReaderError, match=r"^no cards in it$"):
        source_of(tmp_path / "a.cards")
