from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from socialpoll.demo.register.people import WORDS
from socialpoll.demo.register.supposed import TYPO_KINDS
from socialpoll.demo.register.typos import Slips, slips_of


@pytest.mark.parametrize(
    ("word", "kind", "slip"),
    [
        ("أحمد", "hamza", "احمد"),
        ("إبراهيم", "hamza", "ابراهيم"),
        ("عائشة", "hamza", "عايشة"),
        ("شيماء", "hamza", "شيما"),
        ("ابتسام", "hamza", "أبتسام"),
        ("فاطمة", "teh_marbuta", "فاطمه"),
        ("طه", "teh_marbuta", "طة"),
        ("ليلى", "alef_maqsura", "ليلي"),
        ("علي", "alef_maqsura", "على"),
        ("الحارثي", "article", "حارثي"),
        ("الحارثي", "article", "ال حارثي"),
        ("عبدالله", "compound", "عبد الله"),
        ("أبوبكر", "compound", "أبو بكر"),
        ("نورالدين", "compound", "نور الدين"),
        ("آل سعيد", "compound", "آلسعيد"),
        ("سالم", "doubled", "ساالم"),
        ("سالم", "lost", "سلم"),
        ("سالم", "neighbour", "سالن"),
    ],
)
def test_a_name_is_mistyped_as_those_who_type_arabic_do(word, kind, slip):
    assert (kind, slip) in list(slips_of(word))


def test_no_slip_leaves_a_name_as_it_is_and_none_is_there_twice():
    for word in WORDS:
        slips = [slip for _, slip in slips_of(word)]

        assert word not in slips
        assert len(set(slips)) == len(slips)


def test_every_name_can_be_mistyped_and_every_kind_of_slip_occurs():
    kinds = {kind for word in WORDS for kind, _ in slips_of(word)}

    assert kinds == set(TYPO_KINDS)
    assert min(len(list(slips_of(word))) for word in WORDS) >= 3


def test_slips_are_drawn_as_often_as_their_kinds_are_common():
    slips = Slips.of(["فاطمة", "ليلى"])
    every_hundredth = (np.arange(100) + 0.5) / 100
    drawn = slips.draw(np.ones(100, dtype=np.int64), every_hundredth)
    kind_of = {slip: kind for kind, slip in slips_of("ليلى")}
    kinds = Counter(kind_of[slips.spellings[place]] for place in drawn)
    # Of four letters: the last may be of another form, all but the first doubled or lost.
    there = {name: TYPO_KINDS[name] for name in ("alef_maqsura", "doubled", "lost", "neighbour")}

    assert kinds == {
        name: pytest.approx(100 * share / sum(there.values()), abs=1.01)
        for name, share in there.items()
    }
