"""The files of a run, searched for numbers that no shown figure has and that are on no list."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pandas as pd

from socialpoll.exporters.feed_columns import COLUMNS
from socialpoll.indicators import KEYS
from tests.disclosure.listed import FACTS, RELEASE, unlisted
from tests.disclosure.published import Published
from tests.disclosure.reading import DIGITS, NUMBER, Piece, leaves
from tests.disclosure.saying import numbers_of

FEED = {one.name: one.heading for one in COLUMNS}
PUBLICATION = {
    "STRUCTURE_ID",
    "CONTACT",
    "EDITION",
    "RELEASE_DATE",
    "NEXT_RELEASE",
    "EMBARGO",
    "SUPERSEDES",
    "LICENCE",
    "PUBLISHER",
}
"""What every row of the feed says of the whole publication."""
TOLD = ("estimate", "ci_low", "ci_high", "estimate_prose", "n_base", "n_effective")
"""Of a figure, what a report may say."""
FORM = (".decimals", ".whole", ".width", ".height", ".least.value", ".most.value")
"""Ends of paths of numbers that are how something is set, or the ends of a scale."""
FRAMES = ("figures", "comparisons", "choices")
SPOKEN_FOR = (*FRAMES, "facts")


def unsaid(published: Published, pieces: list[Piece]) -> list[tuple[object, Piece]]:
    """Return the numbers that no shown figure and no fact has that stand where they do."""
    found: list[tuple[object, Piece]] = []
    for one in pieces:
        sayings = published.sayings
        if one.row == "" and "Wording of the questions" in one.caption:
            continue
        left = sayings.in_cell(one) if one.kind == "cell" else sayings.in_prose(one)
        found += [(left, one)] if left else []
    return found


def misdrawn(published: Published, indicator: str, texts: list[str]) -> list[str]:
    """Return the texts of a picture with numbers that no figure of its indicator has."""
    sayings = published.sayings
    rows = [row for row in sayings.rows if row["indicator"] == indicator]
    said = {one for row in rows for one in numbers_of(row)}
    found = []
    for words in without_ticks(texts):
        left = words
        for pattern in sayings.sentences:
            left = re.sub(pattern, " ", left)
        found += [words for one in NUMBER.findall(sayings.plain(left)) if one not in said]
    return found


def without_ticks(texts: list[str]) -> list[str]:
    """Return texts without the numbers of the axis, which come first and are evenly apart."""
    plain = [bool(re.fullmatch(r"[\d.,]+%?", one)) for one in texts]
    start = plain.index(True) if True in plain else len(texts)
    stop = next((at for at in range(start, len(texts)) if not plain[at]), len(texts))
    ticks = [float(NUMBER.findall(one)[0].replace(",", "")) for one in texts[start:stop]]
    apart = np.diff(ticks)
    if len(apart) < 2 or not np.allclose(apart, apart[0]):
        return texts
    return texts[:start] + texts[stop:]


def misfed(published: Published, content: bytes) -> list[tuple[str, str, str]]:
    """Return the cells of the feed that hold what no figure has, with row and column."""
    figures = published.run.release.figures.astype(object)
    known = {tuple(row[one] for one in KEYS): row for row in figures.to_dict("records")}
    names = {heading: name for name, heading in FEED.items()}
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    found = []
    for line in reader:
        row = known.pop(tuple(line[FEED[one]] for one in KEYS))
        for heading, cell in line.items():
            if not cell or not DIGITS.search(cell) or heading in PUBLICATION:
                continue
            name = names.get(heading)
            told = row.get(name) if name else None
            if name is None:
                if not _is_in_words(published, row, heading, cell):
                    found.append((str(row["domain"]), heading, cell))
            elif name not in KEYS and (pd.isna(told) or not _same(told, cell)):
                found.append((str(row["domain"]), heading, cell))
    assert known == {}
    return found


def _is_in_words(published: Published, row: dict, heading: str, cell: str) -> bool:
    """Whether a cell has the words for a code, of which those of people alone have digits."""
    if heading == "WAVE_EN":
        return cell == row["wave"]
    if heading == "UNIT_MEASURE_EN":
        return cell == "share, from 0 to 1"
    return heading.endswith("_EN") and not DIGITS.search(published.sayings.plain(cell))


def _same(told: object, cell: str) -> bool:
    return cell == told if isinstance(told, str) else float(cell) == float(told)


def missaved(published: Published, saved: dict) -> list[object]:
    """Return what a saved release holds that is no shown figure and on no list."""
    release = published.run.release
    stored = saved["release"]
    found: list[object] = []
    for name, frame in ((one, getattr(release, one)) for one in FRAMES):
        columns = stored[name]["columns"]
        for line, other in zip(stored[name]["rows"], frame.to_dict("records"), strict=True):
            hidden = other.get("flag") == "suppressed"
            for key, value in zip(columns, line, strict=True):
                if value is None or isinstance(value, str):
                    continue
                if hidden or float(other[key]) != float(value):
                    found.append((name, key, value))
    facts = [
        (f"{fact['stage']}.{fact['name']}.{key}", value)
        for fact in stored["facts"]
        for key, value in fact["values"].items()
    ]
    found += unlisted([path for path, value in facts if list(leaves(value))], FACTS)
    rest = {key: one for key, one in stored.items() if key not in SPOKEN_FOR}
    paths = [path for path, _ in leaves(saved | {"release": rest})]
    return found + unlisted(paths, RELEASE)


def misreported(published: Published, report: dict) -> list[object]:
    """Return the numbers of a report that no figure of its section, and no fact, has."""
    stored = report["report"]
    shown = [one for one in stored["figures"] if one.get("flag") != "suppressed"]
    found: list[object] = [
        (one["domain"], name, one[name])
        for one in stored["figures"]
        if one.get("flag") == "suppressed"
        for name in one
        if not isinstance(one[name], str | None)
    ]
    facts = {
        float(value)
        for fact in published.run.release.methodology.facts
        for _, value in leaves({"of": dict(fact.values)})
        if not isinstance(value, str)
    }
    declared = {0.95, 0.9, 0.05, float(len(published.poll.questionnaire.questions))}
    for section in stored["sections"]:
        own = [one for one in shown if one["indicator"] == section.get("name")] or shown
        told = {float(one[name]) for one in own for name in TOLD if one.get(name) is not None}
        allowed = told | declared | (facts if section["role"] != "indicator" else set())
        for path, value in leaves(section):
            if isinstance(value, str) or path.endswith(FORM):
                continue
            if path.endswith(".rows[]"):
                figure = stored["figures"][int(value)]
                found += [path] if figure.get("flag") == "suppressed" else []
            elif float(value) not in allowed | facts_of_notes(published):
                found.append((path, value))
    return found


def facts_of_notes(published: Published) -> set[float]:
    """Return the numbers that notes beneath tables may have."""
    policy = published.facts.of("disclosure", "policy")
    return {float(policy[one]) for one in ("minimum_base", "flag_below", "threshold")}
