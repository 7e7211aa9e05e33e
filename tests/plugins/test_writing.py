from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

import socialpoll as sp
from socialpoll.errors import ExportError
from socialpoll.hooks import Document, Exporter
from socialpoll.plugins.writing import write_documents

DOCUMENTS = [Document("a.txt", b"first", "text/plain"), Document("b.txt", b"second", "text/plain")]


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_documents_are_written_whole_into_a_folder_that_is_made_for_them(tmp_path):
    paths = write_documents(DOCUMENTS, tmp_path / "out" / "deep")

    assert [one.name for one in paths] == ["a.txt", "b.txt"]
    assert [one.read_bytes() for one in paths] == [b"first", b"second"]
    assert names_in(tmp_path / "out" / "deep") == ["a.txt", "b.txt"]


def test_files_of_the_same_names_are_replaced_and_others_are_left_alone(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "mine.txt").write_bytes(b"kept")

    write_documents(DOCUMENTS, tmp_path)

    assert (tmp_path / "a.txt").read_bytes() == b"first"
    assert (tmp_path / "mine.txt").read_bytes() == b"kept"


def test_a_file_can_be_read_by_those_who_could_read_any_new_file(tmp_path):
    plain = tmp_path / "plain"
    plain.touch()

    [path, _] = write_documents(DOCUMENTS, tmp_path)

    assert path.stat().st_mode == plain.stat().st_mode


def test_a_link_in_the_folder_is_replaced_and_what_it_leads_to_is_not_touched(tmp_path):
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_bytes(b"kept")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").symlink_to(elsewhere)

    write_documents(DOCUMENTS, out)

    assert elsewhere.read_bytes() == b"kept"
    assert (out / "a.txt").read_bytes() == b"first"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").touch()

    with pytest.raises(ExportError, match="is a file"):
        write_documents(DOCUMENTS, tmp_path / "out")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "out").touch()

    with pytest.raises(ExportError, match="cannot be made"):
        write_documents(DOCUMENTS, tmp_path / "out" / "deep")


def test_where_the_disk_is_full_nothing_is_written(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"old")
    flushed = []

    def full(descriptor):
        flushed.append(descriptor)
        if len(flushed) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(ExportError, match="No space left on device"):
        write_documents(DOCUMENTS, tmp_path)

    assert names_in(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_file_that_is_open_elsewhere_is_told_and_nothing_half_written_remains(
    tmp_path, monkeypatch
):
    replace = Path.replace

    def locked(path, target):
        if target.name == "b.txt":
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", locked)

    with pytest.raises(ExportError, match="open in another program") as caught:
        write_documents(DOCUMENTS, tmp_path)

    assert caught.value.where.endswith("b.txt")
    assert "already written: a.txt" in caught.value.advice
    assert names_in(tmp_path) == ["a.txt"]


def test_a_folder_in_the_place_of_a_document_is_told(tmp_path):
    (tmp_path / "b.txt").mkdir()

    with pytest.raises(ExportError, match="there is a folder of that name"):
        write_documents(DOCUMENTS, tmp_path)

    assert names_in(tmp_path) == ["a.txt", "b.txt"]


def test_an_exporter_that_fails_half_way_leaves_nothing(tmp_path, report):
    def failing(edition, options):
        yield Document(f"{edition.language}.txt", b"whole", "text/plain")
        if edition.language == "en":
            raise RuntimeError

    cards = Exporter(
        name="cards", title="Cards", media_type="text/plain", suffix=".txt", render=failing
    )

    with pytest.raises(ExportError):
        sp.export(report, cards, to=tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_export_returns_the_paths_in_the_order_of_the_documents(tmp_path, report):
    def render(edition, options):
        return [Document(f"{n}-{edition.language}.txt", b"", "text/plain") for n in (2, 1)]

    cards = Exporter(
        name="cards", title="Cards", media_type="text/plain", suffix=".txt", render=render
    )

    paths = sp.export(report, cards, to=str(tmp_path))

    assert paths == [tmp_path / one for one in ("2-ar.txt", "1-ar.txt", "2-en.txt", "1-en.txt")]
