"""What will be asked of sampling units elsewhere is asked together, as far as it can be held."""

from __future__ import annotations

import numpy as np

from socialpoll.indicators import gathering
from socialpoll.indicators.gathering import Gathering


class Recording:
    """Units that keep how many scores and domains each pass was about."""

    def __init__(self):
        self.passes = []

    def foresee(self, scores, present):
        self.passes.append((len(list(scores)), len(list(present))))


def test_units_are_asked_once_each_unless_scores_become_too_many(monkeypatch):
    monkeypatch.setattr(gathering, "AT_ONCE", 25)
    one, other = Recording(), Recording()
    asked = Gathering()
    ten = np.ones((5, 2)), [(0, 1)]

    for units in (one, other, one, one, one):
        asked.add(units, ten, [ten])
    asked.ask()
    asked.ask()

    assert one.passes == [(3, 3), (1, 1)]
    assert other.passes == [(1, 1)]
