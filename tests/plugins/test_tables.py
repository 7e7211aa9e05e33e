from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import ExportError
from tests.poll.polls import write_poll


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return sp.Poll.load(write_poll(tmp_path_factory.mktemp("poll"))).tables().report


def test_a_page_has_the_tables_in_every_language_of_the_report(report, tmp_path):
    path = sp.write_tables(report, tmp_path / "new" / "tables.html")

    text = path.read_text(encoding="utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="ar" dir="rtl">')
    assert text.count("<table>") == 2
    assert "Has an account" in text
    assert "لديه حساب" in text
    assert [one.name for one in path.parent.iterdir()] == ["tables.html"]


def test_a_page_in_one_language_has_no_other(report, tmp_path):
    text = sp.write_tables(report, tmp_path / "t.html", languages="en").read_text(encoding="utf-8")

    assert text.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">')
    assert "لديه حساب" not in text


def test_the_same_tables_are_the_same_bytes(report, tmp_path):
    first, second = (sp.write_tables(report, tmp_path / name) for name in ("a.html", "b.html"))

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("name", "languages", "allowed"), [("t.pdf", None, "'.html'"), ("t.html", ["fr"], "ar, en")]
)
def test_what_cannot_be_written_is_refused_and_nothing_is_left(
    report, tmp_path, name, languages, allowed
):
    with pytest.raises(ExportError) as caught:
        sp.write_tables(report, tmp_path / name, languages=languages)

    assert allowed in caught.value.allowed
    assert list(tmp_path.iterdir()) == []
