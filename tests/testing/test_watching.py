from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from socialpoll.testing.watching import Seen, watched


def test_a_call_that_does_its_work_alone_leaves_nothing_to_be_seen():
    assert watched(lambda: 6 * 7) == (42, Seen())


def test_what_is_raised_is_seen_and_not_raised():
    result, seen = watched(lambda: sys.exit("enough"))

    assert result is None
    assert isinstance(seen.error, SystemExit)


def test_what_is_printed_on_either_stream_is_seen(capsys):
    def work():
        print("one")  # noqa: T201 - that is what is looked for
        print("two", file=sys.stderr)  # noqa: T201 - that too

    _, seen = watched(work)

    assert seen.printed == "one\ntwo\n"
    assert capsys.readouterr() == ("", "")


def test_files_that_are_written_made_moved_and_removed_are_seen(tmp_path):
    def work():
        (tmp_path / "folder").mkdir()
        file = tmp_path / "a.txt"
        file.write_text("a", encoding="utf-8")
        file.rename(tmp_path / "folder" / "b.txt")

    _, seen = watched(work)

    assert str(tmp_path / "folder") in seen.files


def test_files_that_are_read_and_temporary_ones_that_are_gone_are_no_matter(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("a", encoding="utf-8")

    def work():
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "b.txt").write_text(file.read_text("utf-8"), encoding="utf-8")
        with tempfile.TemporaryFile() as unnamed:
            unnamed.write(b"c")

    assert watched(work)[1].files == ()


def test_nothing_is_noted_outside_a_watched_call(tmp_path):
    watched(lambda: None)
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")

    assert watched(lambda: None)[1].files == ()


def states() -> tuple[object, ...]:
    key = np.random.get_state()[1]  # noqa: NPY002 - the shared state is what is watched
    return random.getstate(), key.tolist()


def seed():
    np.random.seed(3)  # noqa: NPY002 - that is what is looked for


@pytest.mark.parametrize("draw", [random.random, seed])
def test_random_numbers_of_others_are_put_back(draw):
    before = states()

    _, seen = watched(draw)

    assert seen.random
    assert states() == before


def test_random_numbers_of_its_own_are_no_matter():
    own = random.Random(1).random, np.random.default_rng(1).random  # noqa: S311 - no secret

    assert not any(watched(one)[1].random for one in own)


def test_the_environment_and_the_working_folder_are_put_back(tmp_path, monkeypatch):
    monkeypatch.setenv("KEPT", "yes")
    before = dict(os.environ), Path.cwd()

    def work():
        os.environ["MADE"] = "yes"
        del os.environ["KEPT"]
        os.chdir(tmp_path)

    _, seen = watched(work)

    assert seen.changes == ("the working folder", "the environment (KEPT, MADE)")
    assert (dict(os.environ), Path.cwd()) == before
