"""Waves in other layouts: every kind of question, in one questionnaire or in two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp

POLL = """
name = "p"
questionnaire = "q.toml"

[design]
strata = "region"

[[waves]]
name = "a"
responses = "a.csv"
{first}
[[waves]]
name = "b"
responses = "b.csv"

[[indicators]]
share = "apps"
by = ["region"]

[[indicators]]
share = "trust"

[[indicators]]
share = "talks"

[[indicators]]
mean = "hours"

[publication]
title = "t"
languages = ["en"]
publisher = {{ name = "p" }}
"""


def codes(*several: object) -> tuple[sp.Code, ...]:
    return tuple(sp.Code(code=one, label=f"L{one}") for one in several)


UNSURE = sp.Missing(code=99, label="?", reason="dont_know", in_base=False)
ITEMS = (sp.Item(code="press", label="Press"), sp.Item(code="radio", label="Radio"))
ASKED = sp.Questionnaire(
    title="t",
    languages=(),
    questions=(
        sp.Single(name="region", text="?", options=codes("north", "south")),
        sp.Multiple(name="apps", text="?", options=codes("w", "y"), blank="none"),
        sp.Multiple(
            name="talks", text="?", options=codes("home", "work"), layout="cell", blank="none"
        ),
        sp.Grid(name="trust", text="?", items=ITEMS, options=codes(1, 2), code_type="integer"),
        sp.Number(name="hours", text="?", unit="h", missing=(UNSURE,)),
    ),
)
# The same questions as another house would have declared them.
THEIRS = replace(
    ASKED,
    questions=(
        sp.Single(name="reg", text="?", options=codes("1", "2")),
        sp.Multiple(name="m1", text="?", options=codes("1", "2"), column="m", blank="none"),
        sp.Multiple(
            name="m2", text="?", options=codes("h", "w"), layout="cell", separator=";", blank="none"
        ),
        sp.Grid(name="g", text="?", items=ITEMS, options=codes("lo", "hi")),
        sp.Number(name="h", text="?", unit="h", missing=(replace(UNSURE, code=-1),)),
    ),
)
NAMES = 'columns = {{ reg = "region", {m} = "apps", m2 = "talks", g = "trust", h = "hours" }}\n'
CODES = """
[waves.codes]
region = { 1 = "north", 2 = "south" }
apps = { 1 = "w", 2 = "y" }
talks = { h = "home", w = "work" }
trust = { lo = 1, hi = 2 }
hours = { -1 = 99 }
""".replace("-1", '"-1"')


def answers(seed: int, size: int = 120) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    talks = [
        " ".join(one for one in ("home", "work") if random.random() < 0.5) for _ in range(size)
    ]
    return pd.DataFrame(
        {
            "region": random.choice(["north", "south"], size),
            "apps_w": random.integers(0, 2, size),
            "apps_y": random.integers(0, 2, size),
            "talks": talks,
            "trust_press": random.integers(1, 3, size),
            "trust_radio": random.integers(1, 3, size),
            "hours": random.choice([1, 2, 3, 99], size),
        }
    )


def foreign(frame: pd.DataFrame, separator: str) -> pd.DataFrame:
    old = {"home": "h", "work": "w"}
    grid = {1: "lo", 2: "hi"}
    return pd.DataFrame(
        {
            "reg": frame["region"].map({"north": 1, "south": 2}),
            "m_1": frame["apps_w"],
            "m_2": frame["apps_y"],
            "m2": [separator.join(old[one] for one in cell.split()) for cell in frame["talks"]],
            "g_press": frame["trust_press"].map(grid),
            "g_radio": frame["trust_radio"].map(grid),
            "h": frame["hours"].replace(99, -1),
        }
    )


@pytest.mark.parametrize("own", [False, True], ids=["the poll's questionnaire", "its own"])
def test_an_option_that_a_wave_did_not_have_has_no_figure_there(tmp_path, own):
    frame = answers(1).drop(columns="apps_y")
    fewer = [
        replace(one, options=one.options[:1]) if one.name == "apps" else one
        for one in ASKED.questions
    ]
    named = 'questionnaire = "own.toml"\n' if own else ""
    first = f'not_offered = {{ apps = ["y"] }}\n{named}'

    made, *_ = figures(tmp_path / "made", first, frame, own=own, asked=fewer)

    figures_of = made.query("breakdown == '_T'").set_index(["wave", "item"])["estimate"]
    assert figures_of.isna().to_dict() == {
        ("a", "w"): False,
        ("a", "y"): True,
        ("b", "w"): False,
        ("b", "y"): False,
    }


def figures(
    folder, first: str, frame: pd.DataFrame, *, own: bool, asked: object = ()
) -> list[pd.DataFrame]:
    folder.mkdir()
    ASKED.save(folder / "q.toml")
    if own:
        theirs = replace(ASKED, questions=tuple(asked)) if asked else THEIRS
        theirs.save(folder / "own.toml")
    frame.to_csv(folder / "a.csv", index=False)
    answers(2).to_csv(folder / "b.csv", index=False)
    (folder / "poll.toml").write_text(POLL.format(first=first), encoding="utf-8")
    poll = sp.Poll.load(folder / "poll.toml")
    assert poll.check().query("severity == 'error'").empty
    return [one.frame.drop(columns="weights_id") for one in poll.estimates()]


@pytest.mark.parametrize("own", [False, True], ids=["the poll's questionnaire", "its own"])
def test_every_kind_of_question_is_harmonised(tmp_path, own):
    frame = answers(1)
    plain = figures(tmp_path / "plain", "", frame, own=False)
    names = NAMES.format(m="m1" if own else "m")
    first = f"{names}{'questionnaire = ' + chr(34) + 'own.toml' + chr(34) if own else ''}\n{CODES}"

    made = figures(tmp_path / "made", first, foreign(frame, ";" if own else " "), own=own)

    for one, other in zip(plain, made, strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert plain[0]["estimate"].between(0.2, 0.8).all()
