from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PluginError
from socialpoll.plugins import forms
from tests.schema.questionnaires import one_of_every_kind


def test_without_its_extra_a_form_is_neither_written_nor_read(tmp_path, monkeypatch):
    monkeypatch.setattr(forms, "unmet", lambda several: dict.fromkeys(several, ""))

    for use in (
        lambda: sp.write_xlsform(one_of_every_kind(), tmp_path / "form.xlsx"),
        lambda: sp.read_xlsform(tmp_path / "form.xlsx"),
    ):
        with pytest.raises(PluginError, match=r"socialpoll\[xlsform\]"):
            use()

    assert list(tmp_path.iterdir()) == []


def test_a_form_replaces_the_file_of_its_name_as_a_whole(tmp_path):
    path = tmp_path / "forms" / "form.xlsx"
    sp.write_xlsform(one_of_every_kind(), path)
    first = path.read_bytes()
    path.write_bytes(b"old")

    sp.write_xlsform(one_of_every_kind(), path)

    assert path.read_bytes() == first
    assert [one.name for one in path.parent.iterdir()] == ["form.xlsx"]
