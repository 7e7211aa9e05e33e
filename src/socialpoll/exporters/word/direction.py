"""Direction, in one pass over a finished part: what Word needs beside the letters themselves."""

from __future__ import annotations

from copy import copy, deepcopy
from functools import cache
from itertools import groupby, islice, repeat
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.exporters.word.bidirectional import TO_THE_LEFT, stretches
from socialpoll.exporters.word.marking import own_languages, settle_language
from socialpoll.exporters.word.ooxml import W, child_of, ensure, local, put, value, w
from socialpoll.report.language import direction_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from socialpoll.exporters.word.bidirectional import Direction

__all__ = ["set_direction"]

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AT_THE_NUMBERS_SIDE = {"TableFigure", "TableHeadingFigure", "TableTotalFigure"}
BEFORE_THE_DIRECTION = frozenset(map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore")))
"""What most paragraphs have at most."""


class _Speech(NamedTuple):
    """How the words of a paragraph are marked.

    Attributes
    ----------
    arabic, font : str
        Language and font of letters that run to the left.
    own : str
        Language of the paragraph, empty where it is that of the document.
    """

    arabic: str
    font: str
    own: str


def set_direction(root: _Element, base: Direction, *, language: str, font: str) -> None:
    """Give every paragraph, table, section and run of a part its direction.

    Word leaves undefined what happens to letters of both directions in one run, so runs are split.
    A paragraph whose mark has a language of its own has the direction of that language, and so has
    a table that begins with it.

    Parameters
    ----------
    root : lxml element
        The body, a header, a footer or the footnotes; changed in place.
    base : {"ltr", "rtl"}
        Direction of the document.
    language : str
        Of letters that run to the left, with its region: ``"ar-OM"``.
    font : str
        Of letters that run to the left.
    """
    own = own_languages(root)
    for table in root.iter(w("tbl")):
        first = next(table.iter(w("p")), None)
        if first is not None and _direction(own.get(first, ""), base) == "rtl":
            put(ensure(table, "tblPr"), "bidiVisual")
    for paragraph in _paragraphs(root, base, own):
        spoken = own.get(paragraph, "")
        direction = _direction(spoken, base)
        arabic = spoken if spoken and direction == "rtl" else language
        _split_runs(paragraph, direction, _Speech(arabic, font, spoken))
        if spoken:
            settle_language(ensure(ensure(paragraph, "pPr"), "rPr"), spoken)
        if direction == "rtl":
            _turn_paragraph(paragraph)
    if base == "rtl":
        for section in root.iter(w("sectPr")):
            put(section, "bidi")


def _direction(own: str, base: Direction) -> Direction:
    return direction_of(own) if own else base


def _paragraphs(root: _Element, base: Direction, own: Container[_Element]) -> list[_Element]:
    """Return the paragraphs that are touched: all, or those that do not just run to the right."""
    if base == "rtl":
        return list(root.iter(w("p")))
    texts = (one for one in root.iter(w("t")) if not one.text or TO_THE_LEFT.search(one.text))
    several = {next(one.iterancestors(w("p"))) for one in texts}
    return [one for one in root.iter(w("p")) if one in several or one in own]


def _turn_paragraph(paragraph: _Element) -> None:
    properties = ensure(paragraph, "pPr")
    # "left" is the leading side: digits line up on the right in every language.
    aligned = value(child_of(properties, "pStyle")) in AT_THE_NUMBERS_SIDE
    if all(child.tag in BEFORE_THE_DIRECTION for child in properties):
        properties.extend(list(copy(_turned(aligned=aligned))))
        return
    put(properties, "bidi")
    if aligned:
        put(properties, "jc", val="left")


@cache
def _turned(*, aligned: bool) -> _Element:
    """Return what a paragraph that runs to the left has at the end of its properties."""
    from lxml import etree

    properties = etree.Element(w("pPr"), nsmap={"w": W})
    put(properties, "bidi")
    if aligned:
        put(properties, "jc", val="left")
    return properties


def _split_runs(paragraph: _Element, base: Direction, speech: _Speech) -> None:
    alone = _only_run(paragraph)
    if alone is not None:
        _replace(alone, stretches(alone[0].text or "", base), speech)
        return
    runs = _runs_of(paragraph)
    text = w("t")
    texts = [child for run in runs for child in run if child.tag == text]
    parts = stretches("".join(one.text or "" for one in texts), base)
    if len(parts) == 1 and all(one.text for one in texts):
        # As most are: nothing to split, and nothing to leave out.
        if parts[0][0] == "rtl":
            for run in runs:
                if child_of(run, "t") is not None:
                    _turn_run(run, speech)
    else:
        _split_each(runs, parts, speech)
    if speech.own:
        for run in paragraph.iter(w("r")):
            settle_language(ensure(run, "rPr"), speech.own)


def _only_run(paragraph: _Element) -> _Element | None:
    """Return the run of a paragraph that has nothing but properties and one text, as most do."""
    if len(paragraph) != 2 or paragraph[0].tag != w("pPr"):  # noqa: PLR2004 - these two
        return None
    run = paragraph[1]
    return run if len(run) == 1 and run.tag == w("r") and run[0].tag == w("t") else None


def _runs_of(paragraph: _Element) -> list[_Element]:
    """Return the runs of a paragraph, and not those of one inside a picture in it."""
    children = list(paragraph)
    if children and children[0].tag == w("pPr"):
        del children[0]
    name = w("r")
    if all(one.tag == name and len(one) == 1 for one in children):
        return children
    within = paragraph.iter(name)
    return [run for run in within if next(run.iterancestors(w("p")), None) is paragraph]


def _replace(run: _Element, parts: Sequence[tuple[Direction, str]], speech: _Speech) -> None:
    """Replace a run that has nothing but its text."""
    if [direction for direction, _ in parts] == ["ltr"] and not speech.own:
        return
    for direction, letters in parts:
        made = copy(_plain_run(direction, speech))
        made[-1].text = letters
        run.addprevious(made)
    _remove(run)


def _split_each(
    runs: Iterable[_Element], parts: Iterable[tuple[Direction, str]], speech: _Speech
) -> None:
    known = (one for direction, letters in parts for one in repeat(direction, len(letters)))
    for run in runs:
        pieces = list(_pieces(run, known))
        if not pieces:
            if all(local(child) in ("rPr", "t") for child in run):
                _remove(run)
            continue
        for made, direction in _runs(run, pieces):
            if direction == "rtl":
                _turn_run(made, speech)


def _pieces(
    run: _Element, known: Iterator[Direction]
) -> Iterator[tuple[_Element, str, Direction | None]]:
    """Yield what stands in a run: a child, its letters of one direction, and that direction."""
    for child in run:
        if local(child) == "t":
            letters, place = child.text or "", 0
            for direction, group in groupby(islice(known, len(letters))):
                length = len(list(group))
                yield child, letters[place : place + length], direction
                place += length
        elif local(child) != "rPr":
            yield child, "", None


def _runs(
    run: _Element, pieces: Sequence[tuple[_Element, str, Direction | None]]
) -> Iterator[tuple[_Element, Direction | None]]:
    """Replace a run by runs of one direction each; a break or picture stays with what is before."""
    properties = child_of(run, "rPr")
    current: _Element | None = None
    at: Direction | None = None
    for child, letters, direction in pieces:
        if current is None or (direction is not None and at not in (None, direction)):
            if current is not None:
                yield current, at
            current = run.makeelement(w("r"))
            if properties is not None:
                current.append(deepcopy(properties))
            run.addprevious(current)
            at = None
        at = direction or at
        if direction is None:
            current.append(child)
            continue
        text = run.makeelement(w("t"), {SPACE: "preserve"})
        text.text = letters
        current.append(text)
    if current is not None:
        yield current, at
    _remove(run)


def _turn_run(run: _Element, speech: _Speech) -> None:
    properties = ensure(run, "rPr")
    fonts = put(properties, "rFonts")
    fonts.attrib.pop(w("cstheme"), None)
    if not fonts.get(w("cs")):
        fonts.set(w("cs"), speech.font)
    put(properties, "rtl")
    spoken = put(properties, "lang", bidi=speech.arabic)
    if direction_of(value(spoken) or "en") == "rtl":
        spoken.attrib.pop(w("val"))


@cache
def _plain_run(direction: Direction, speech: _Speech) -> _Element:
    """Return a run for letters of a direction, to be copied: that takes little of making one."""
    from lxml import etree

    run = etree.Element(w("r"), nsmap={"w": W})
    etree.SubElement(run, w("t")).set(SPACE, "preserve")
    if direction == "rtl":
        _turn_run(run, speech)
    if speech.own:
        settle_language(ensure(run, "rPr"), speech.own)
    return run


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
