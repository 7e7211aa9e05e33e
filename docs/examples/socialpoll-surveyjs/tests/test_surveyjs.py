"""What the plugin promises, tested as users meet it: by its name."""

# ruff: noqa: D103, S101, PLR2004 - a test asserts; its name is the sentence that it holds true

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import socialpoll as sp
from socialpoll.errors import ReaderError
from socialpoll.testing import Check, check_reader

READER = sp.PluginHost().reader("surveyjs")
YES_NO = [
    {"value": "yes", "text": {"default": "Yes", "ar": "نعم"}},
    {"value": "no", "text": {"default": "No", "ar": "لا"}},
]


def text(en: str, ar: str) -> dict[str, str]:
    return {"default": en, "ar": ar}


def question(kind: str, name: str, **more: object) -> dict[str, Any]:
    return {"type": kind, "name": name, "title": text(f"{name}?", "سؤال؟"), **more}


FORM = {
    "title": text("Services", "الخدمات"),
    "pages": [
        {
            "elements": [
                question("radiogroup", "account", choices=YES_NO, showDontKnowItem=True),
                question(
                    "checkbox",
                    "apps",
                    choices=["WhatsApp", "You Tube"],
                    visibleIf="{account} = 'yes'",
                    hasNone=True,
                    noneText=text("None", "لا شيء"),
                ),
                question("text", "age", inputType="number", min=18),
            ]
        },
        {
            "visibleIf": "{age} >= 18",
            "elements": [
                question("rating", "trust", rateMax=4, visibleIf="{apps} contains 'WhatsApp'"),
                question("boolean", "news", labelTrue=text("Yes", "نعم"), labelFalse="No"),
                question("matrix", "services", columns=["bad", "good"], rows=["health", "roads"]),
                question("text", "joined", inputType="date", min="2020-01-01"),
                question("ranking", "order", choices=[1, 2]),
                question("html", "intro"),
            ],
        },
    ],
}
RESULTS = [
    {
        "account": "yes",
        "apps": ["WhatsApp", "You Tube"],
        "age": 33,
        "trust": 4,
        "news": True,
        "services": {"health": "good", "roads": "bad"},
        "joined": "2024-01-02",
    },
    {"account": "no", "age": 44, "news": False},
]
BOTH = {"survey": FORM, "results": RESULTS}


def source_of(content: object, folder: Path) -> sp.Source:
    file = folder / "form.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return READER.read(file)


def asked(folder: Path, *elements: dict[str, Any]) -> tuple[sp.Questionnaire, tuple[str, ...]]:
    source = source_of({"elements": elements}, folder)
    assert source.questionnaire is not None
    return source.questionnaire, source.findings


@pytest.mark.parametrize("check", check_reader(READER, json.dumps(BOTH).encode()))
def test_it_keeps_what_readers_promise(check: Check) -> None:
    check()


def test_every_kind_of_question_has_its_counterpart(tmp_path: Path) -> None:
    read = source_of(FORM, tmp_path).questionnaire

    assert read is not None
    assert {one.name: one.kind for one in read.questions} == {
        "account": "single",
        "apps": "multiple",
        "age": "number",
        "trust": "scale",
        "news": "single",
        "services": "grid",
        "joined": "date",
    }
    assert [one.code for one in read["trust"].options] == [1, 2, 3, 4]
    assert [one.exclusive for one in read["apps"].options] == [False, False, True]
    assert [one.code for one in read["account"].missing] == ["dontknow"]


def test_words_are_by_language(tmp_path: Path) -> None:
    read = source_of(FORM, tmp_path).questionnaire

    assert read is not None
    assert read.title == {"en": "Services", "ar": "الخدمات"}
    assert read["account"].options[0].label == {"en": "Yes", "ar": "نعم"}


def test_a_language_that_some_words_are_not_in_is_told(tmp_path: Path) -> None:
    read, findings = asked(
        tmp_path, question("comment", "why"), {"type": "comment", "name": "b", "title": {"fr": "x"}}
    )

    assert read.languages == ()
    assert "not all words are in 'ar', no language of the whole: b" in findings


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("{account} = 'yes'", sp.Is("account", "yes")),
        ("{account} <> 'yes'", sp.Not(sp.Is("account", "yes"))),
        ("{account} anyof ['yes', 'no']", sp.Is("account", "yes", "no")),
        ("{account} notempty", sp.Answered("account")),
        ("{age} > 18", sp.Within("age", 18.0, None, "neither")),
        ("{age} <= 30", sp.Within("age", None, 30.0)),
        ("{age} = 20", sp.Within("age", 20.0, 20.0)),
        (
            "{age} >= 18 and ({account} = 'yes' or {account} empty)",
            sp.All(
                sp.Within("age", 18.0),
                sp.Any(sp.Is("account", "yes"), sp.Not(sp.Answered("account"))),
            ),
        ),
        ("{services.health} = 'good'", sp.Is("services_health", "good")),
    ],
)
def test_what_decides_whether_a_question_is_seen_is_read(
    text: str, condition: object, tmp_path: Path
) -> None:
    read, findings = asked(
        tmp_path,
        question("radiogroup", "account", choices=YES_NO),
        question("text", "age", inputType="number"),
        question("matrix", "services", columns=["bad", "good"], rows=["health"]),
        question("comment", "why", visibleIf=text),
    )

    assert read["why"].asked_if == condition
    assert not any("counterpart" in one for one in findings)


@pytest.mark.parametrize(
    "text",
    [
        "{age} + 1 > 18",
        "isContainerReady('x')",
        "{account} = {age}",
        "{account} > 3",
        "{later} = 1",
        "{account} = 'perhaps'",
        "({account} = 'yes'",
        "{account} =",
    ],
)
def test_a_condition_without_a_counterpart_is_told(text: str, tmp_path: Path) -> None:
    read, findings = asked(
        tmp_path,
        question("radiogroup", "account", choices=YES_NO),
        question("text", "age", inputType="number"),
        question("comment", "why", visibleIf=text),
    )

    assert read["why"].asked_if is None
    assert any(one.startswith(f"{text!r} has no counterpart") for one in findings)


def test_a_condition_of_a_page_or_panel_is_one_of_its_questions(tmp_path: Path) -> None:
    panel = {"type": "panel", "name": "p", "visibleIf": "{account} = 'yes'"}
    inner = question("comment", "why", visibleIf="{account} notempty")
    read, _ = asked(
        tmp_path,
        question("radiogroup", "account", choices=YES_NO),
        {**panel, "elements": [inner]},
    )

    assert read["why"].asked_if == sp.All(sp.Is("account", "yes"), sp.Answered("account"))


def test_nothing_is_left_out_without_a_word(tmp_path: Path) -> None:
    findings = source_of(FORM, tmp_path).findings

    assert "questions of type 'ranking' have no counterpart and are left out: order" in findings
    assert "elements of type 'html' ask nothing and are left out: intro" in findings
    assert "it was assumed that 'dontknow' counts in the base: account" in findings


def test_answers_fit_the_questionnaire(tmp_path: Path) -> None:
    source = source_of(BOTH, tmp_path)

    assert source.frame is not None
    assert source.questionnaire is not None
    responses = sp.bind(source.frame, source.questionnaire)
    assert set(responses.findings["severity"]) <= {"note"}
    assert source.frame["apps"].iloc[0] == "WhatsApp|You Tube"
    assert source.frame["services.health"].iloc[0] == "good"


def test_results_alone_are_answers_without_a_questionnaire(tmp_path: Path) -> None:
    source = source_of([*RESULTS, {"table": [{"a": 1}]}], tmp_path)

    assert source.questionnaire is None
    assert source.frame is not None
    assert len(source.frame) == 3
    assert source.findings == ("answers that are tables in themselves are left out: table",)


@pytest.mark.parametrize("content", [{}, 3, [], [1], {"survey": FORM, "results": {"a": 1}}])
def test_what_is_neither_a_form_nor_results_is_refused(content: object, tmp_path: Path) -> None:
    with pytest.raises(ReaderError):
        source_of(content, tmp_path)


def test_two_choices_of_one_value_are_refused_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(sp.SocialpollError, match="account"):
        source_of({"elements": [question("radiogroup", "account", choices=["a", "a"])]}, tmp_path)
