from __future__ import annotations

import pytest

from socialpoll.cli.console import show_table


@pytest.mark.parametrize("width", [20, 40, 80])
def test_nothing_in_a_table_is_cut_off_however_narrow_the_terminal(width, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    cell = "abcdefghij klmno"

    show_table(["vwxyz" * 3, "group", "z", "w"], [[cell, "a", cell * 3, cell]] * 2)

    shown = capsys.readouterr().out
    assert shown.count("j") == 2 * 5
    assert shown.count("v") == 3
    assert max(map(len, shown.splitlines())) <= width
