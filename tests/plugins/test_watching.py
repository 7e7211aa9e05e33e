from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

import socialpoll as sp
from socialpoll.plugins.watching import Ending, run_watched

# Without site-packages an interpreter starts in a fiftieth of a second.
PYTHON = (sys.executable, "-S", "-c")


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()

    def run(code: str, **limits: float) -> Ending:
        return run_watched([*PYTHON, code], folder, tmp_path / "said", sp.Limits(**limits))

    return run


def test_a_process_that_ends_by_itself_tells_its_code(run):
    assert run("raise SystemExit(3)") == Ending(3)


def test_what_it_prints_is_kept_whatever_the_console_can_show(run, tmp_path):
    run("import sys; print('كتب'); print('error', file=sys.stderr)")

    assert (tmp_path / "said").read_text("utf-8").split() == ["كتب", "error"]


def test_it_has_a_folder_a_temporary_folder_and_an_environment_of_its_own(run, tmp_path):
    asked = "os.getcwd(), tempfile.gettempdir(), os.environ['PYTHONHASHSEED']"
    run(f"import os, tempfile; print({asked})")

    work = str(tmp_path / "work")
    assert (tmp_path / "said").read_text("utf-8").split() == [work, work, "0"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no groups of processes")
def test_an_endless_process_is_ended_with_everything_that_it_started(run, tmp_path):
    code = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""
    start = time.monotonic()

    ending = run(code, seconds=1.5)

    assert ending.overrun == "seconds"
    assert time.monotonic() - start < 30
    grandchild = int((tmp_path / "said").read_text("utf-8"))
    assert ends(grandchild)


def ends(process: int) -> bool:
    """Wait until a process that was killed is gone; where nobody waits for it, it is a zombie."""
    stat = Path(f"/proc/{process}/stat")
    for _ in range(200):
        try:
            os.kill(process, 0)
            if stat.exists() and stat.read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("where", ["'big', 'wb'", "1, 'wb'"])
def test_a_process_that_writes_or_prints_without_end_is_ended(run, tmp_path, where):
    code = f"""
file = open({where})
while True:
    file.write(bytes(1 << 16))
"""
    ending = run(code, size=1 << 20, seconds=60)

    assert ending.overrun == "size"


def test_a_process_is_ended_where_we_are_interrupted(run, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("socialpoll.plugins.watching._watch", interrupted)
    start = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        run("import time; time.sleep(60)")

    assert time.monotonic() - start < 30
