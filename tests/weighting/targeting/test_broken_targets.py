"""Twelve sets of targets that are broken as they are in practice, and every word said of them.

The words are kept in ``broken_targets.txt``, to be read by eye: a statistician who has never seen
the code must learn what is wrong, where, what was found, what is allowed and what to do.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import socialpoll as sp
from socialpoll.errors import TargetError
from tests.weighting.polls import CROSSED, REGION, SEX, answers, bound

WORDS = Path(__file__).with_name("broken_targets.txt")
SCHOOL = {"low": 0.3, "middle": 0.4, "high": 0.3}
RULE = "=" * 80


def without(frame, **codes):
    """Leave out the answers that have all of the codes."""
    rows = True
    for name, code in codes.items():
        rows = rows & (frame[name] == code)
    return frame[~rows].reset_index(drop=True)


def unanswered(frame, name, rows):
    """Blank some answers."""
    changed = frame.copy()
    changed.loc[rows, name] = None
    return changed


def duplicated(folder):
    file = folder / "region.csv"
    file.write_text("region,target\n1,500000\n2,300000\n2,300000\n3,200000\n", encoding="utf-8")
    return {"region": sp.Targets.from_csv(file)}


CASES = {
    "a level of the sample has no target": ({"region": {1: 0.6, 2: 0.4}}, answers()),
    "a target is of a level that the question does not have": (
        {"region": {1: 0.4, 2: 0.3, 3: 0.2, 4: 0.1}},
        answers(),
    ),
    "a cell of a crossing has no respondents": (
        {("sex", "region"): CROSSED},
        without(answers(), sex="male", region=2),
    ),
    "a target is 0 where there are respondents": ({"region": {1: 0.6, 2: 0.4, 3: 0}}, answers()),
    "interviews have no value of a weighting variable": (
        {"sex": SEX, "school": SCHOOL},
        unanswered(answers(), "school", [3, 9, 12, 50, 51, 77]),
    ),
    "margins in counts are 3 % apart": (
        {
            "sex": {"male": 630_000, "female": 620_000},
            "region": {1: 643_750, 2: 386_250, 3: 257_500},
        },
        answers(),
    ),
    "targets are percentages": ({"sex": {"male": 50.1, "female": 49.9}}, answers()),
    "shares sum to 0.97": ({"region": {1: 0.5, 2: 0.3, 3: 0.17}}, answers()),
    "a variable is misspelt": ({"sxe": SEX, "region": REGION}, answers()),
    "a number was not banded": ({"age": {20: 0.3, 30: 0.3, 45: 0.2, 70: 0.2}}, answers()),
    "a question has several answers": ({"apps": {"a": 0.7, "b": 0.3}}, answers()),
    "codes are written in another way": ({"sex": {"Male": 0.5, "Female": 0.5}}, answers()),
    "a crossing contradicts a margin": (
        {
            ("sex", "region"): {
                ("male", 1): 0.30,
                ("male", 2): 0.15,
                ("male", 3): 0.10,
                ("female", 1): 0.20,
                ("female", 2): 0.15,
                ("female", 3): 0.10,
            },
            "sex": SEX,
        },
        answers(),
    ),
    "a target is no number, another is negative": (
        {"sex": {"male": float("nan"), "female": 0.5}, "region": {1: -0.5, 2: 0.9, 3: 0.6}},
        answers(),
    ),
    "a row of the file is there twice": (duplicated, answers()),
    "four things at once": (
        {"sex": {"male": 0.5, "woman": 0.5}, "age": {20: 1}, "region": REGION, "scool": SCHOOL},
        without(answers(), region=2),
    ),
}


def said_of(margins, frame, folder):
    """Return everything that is said of a broken set of targets."""
    with pytest.raises(TargetError) as raised:
        sp.rake(bound(frame), margins(folder) if callable(margins) else margins)
    return str(raised.value)


@pytest.mark.parametrize("name", CASES)
def test_every_word_about_broken_targets_is_as_it_was_read(name, tmp_path):
    words = dict(one.split("\n", 1) for one in WORDS.read_text("utf-8").split(f"{RULE}\n")[1:])

    assert said_of(*CASES[name], tmp_path) == words[name].rstrip("\n")


def test_no_words_are_kept_of_targets_that_are_not_tried():
    names = [one.split("\n", 1)[0] for one in WORDS.read_text("utf-8").split(f"{RULE}\n")[1:]]

    assert names == list(CASES)


@pytest.mark.parametrize("name", CASES)
def test_every_problem_says_where_it_is_and_what_to_do(name, tmp_path):
    margins, frame = CASES[name]
    with pytest.raises(TargetError) as raised:
        sp.rake(bound(frame), margins(tmp_path) if callable(margins) else margins)

    assert all(one.where for one in raised.value.problems)
    assert all(one.advice or one.allowed for one in raised.value.problems)


@pytest.mark.parametrize("name", [one for one in CASES if "file" not in one])
def test_the_linter_tells_what_the_step_would_refuse(name, tmp_path):
    margins, frame = CASES[name]
    recipe = sp.Recipe((sp.Rake(tuple(sp.Margin(of, one) for of, one in margins.items())),))

    found = sp.lint(bound(frame), recipe)

    with pytest.raises(TargetError) as linted:
        found.raise_if_errors()
    with pytest.raises(TargetError) as run:
        sp.weigh(bound(frame), recipe)
    assert linted.value.problems == run.value.problems
