"""A poll whose every text is made to break something: a document, a page, a table or a formula."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import tomlkit

import socialpoll as sp
from socialpoll.testing.hostile import HOSTILE, LONG, RAN
from tests.poll.polls import POLL, QUESTIONNAIRE, write_poll

__all__ = ["HOSTILE", "LONG", "RAN", "hostile_poll"]

MORE = """
[publication.publisher]
name = { en = "A centre", ar = "مركز" }
about = { en = "Who we are", ar = "من نحن" }
contact = "contact"
website = "website"

[[publication.sections]]
role = "text"
title = { en = "Foreword", ar = "تمهيد" }
text = { en = "First", ar = "أولاً" }
items = [{ en = "One", ar = "واحد" }]

[[publication.sections]]
role = "recommendations"
title = { en = "Recommendations", ar = "التوصيات" }
items = [{ en = "Teach", ar = "التعليم" }, { en = "Ask", ar = "السؤال" }]

[[publication.sections]]
role = "timeline"
title = { en = "Timeline", ar = "المراحل" }

[[publication.sections.phases]]
title = { en = "Report", ar = "التقرير" }
status = "done"
next_step = { en = "Print", ar = "الطباعة" }
"""
TEXTS = {"contact", "website", "edition", "supersedes"}
"""Keys of plain texts; all others are in several languages."""


def hostile_poll(folder: Path, start: int) -> tuple[sp.Poll, list[str]]:
    """Write a poll with a hostile text in every place, and return it with all of them.

    Parameters
    ----------
    folder : Path
    start : int
        Which of the texts comes first; the others follow in turn.
    """
    put: list[str] = []
    numbers = count(start)

    def hostile(tag: str) -> str:
        number = next(numbers)
        put.append(f"{HOSTILE[number % len(HOSTILE)]}{tag}{number}")
        return put[-1]

    publisher = '[publication.publisher]\nname = { en = "A centre", ar = "مركز" }\n'
    files = [tomllib.loads(QUESTIONNAIRE), tomllib.loads(POLL.replace(publisher, MORE))]
    for file in files:
        replace_texts(file, hostile)
    questionnaire, poll = map(tomlkit.dumps, files)
    return sp.Poll.load(write_poll(folder, poll, questionnaire)), put


def replace_texts(value: Any, hostile: Any) -> None:
    for key, inner in items(value):
        if isinstance(inner, dict) and set(inner) == {"en", "ar"}:
            value[key] = {tag: hostile(tag) for tag in inner}
        elif key in TEXTS:
            value[key] = hostile("")
        else:
            replace_texts(inner, hostile)


def items(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        return iter(list(value.items()))
    return iter(list(enumerate(value))) if isinstance(value, list) else iter(())
