"""Direction, in one pass over a finished part: what Word needs beside the letters themselves."""

from __future__ import annotations

from copy import copy, deepcopy
from functools import cache, lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Literal, TypeAlias
from unicodedata import bidirectional

from socialpoll.exporters.word.marking import own_language, settle_language
from socialpoll.exporters.word.ooxml import child_of, ensure, local, put, value, w
from socialpoll.report.language import direction_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

__all__ = ["Direction", "directions", "set_direction"]

Direction: TypeAlias = Literal["ltr", "rtl"]
STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl", "AN": "rtl"}
TEXTS_KEPT = 2**14
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CLOSING_OF = dict(zip("([{", ")]}", strict=True))
AT_THE_NUMBERS_SIDE = {"TableFigure", "TableHeadingFigure", "TableTotalFigure"}


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
    for table in root.iter(w("tbl")):
        if _direction(own_language(next(table.iter(w("p")), None)), base) == "rtl":
            put(ensure(table, "tblPr"), "bidiVisual")
    for paragraph in list(root.iter(w("p"))):
        own = own_language(paragraph)
        direction = _direction(own, base)
        arabic = own if own and direction == "rtl" else language
        _split_runs(paragraph, direction, arabic, font)
        if own:
            settle_language(paragraph, own)
        if direction == "rtl":
            _turn_paragraph(paragraph)
    if base == "rtl":
        for section in root.iter(w("sectPr")):
            put(section, "bidi")


def _direction(own: str, base: Direction) -> Direction:
    return direction_of(own) if own else base


def directions(text: str, base: Direction) -> list[Direction]:
    """Return the direction of every letter of a paragraph.

    European numbers, with their signs and separators, are read to the right, but their neighbours
    see them as part of the words before them. What has no direction of its own takes that of its
    neighbours; brackets take that of what they hold and follow.

    Parameters
    ----------
    text : str
    base : {"ltr", "rtl"}
        Direction of the paragraph.

    Returns
    -------
    list of {"ltr", "rtl"}
        One a letter.

    References
    ----------
    Unicode Standard Annex 9, Unicode Bidirectional Algorithm, revision 50 (2024), rules W1 to N2,
    for one level of embedding.

    Examples
    --------
    >>> directions("a (ب)", "ltr")
    ['ltr', 'ltr', 'ltr', 'rtl', 'ltr']
    >>> directions("ب 5%", "rtl")
    ['rtl', 'rtl', 'ltr', 'ltr']
    """
    return list(_directions(text, base))


# The same labels, bases and shares come again and again in the tables of a report.
@lru_cache(maxsize=TEXTS_KEPT)
def _directions(text: str, base: Direction) -> tuple[Direction, ...]:
    numbers, found = _letters(text, base)
    _brackets(text, found, base)
    _neutrals(found, base)
    if base == "rtl":
        return tuple("ltr" if place in numbers else one or base for place, one in enumerate(found))
    return tuple(one or base for one in found)


def _letters(text: str, base: Direction) -> tuple[set[int], list[Direction | None]]:
    """Return where numbers stand, and the directions that neighbours see, None for neutrals."""
    kinds = [bidirectional(letter) for letter in text]
    numbers: set[int] = set()
    found: list[Direction | None] = []
    strong = base
    for place, kind in enumerate(kinds):
        if kind in STRONG:
            found.append(STRONG[kind])
            strong = strong if kind == "AN" else STRONG[kind]
        elif kind == "NSM":
            found.append(found[-1] if found else None)
        elif kind == "EN" or _belongs_to_a_number(kinds, place):
            numbers.add(place)
            found.append(strong)
        else:
            found.append(None)
    return numbers, found


def _belongs_to_a_number(kinds: Sequence[str], place: int) -> bool:
    kind = kinds[place]
    before = kinds[place - 1] if place else ""
    after = kinds[place + 1] if place + 1 < len(kinds) else ""
    if kind in ("CS", "ES"):
        return before == after == "EN"
    return kind == "ET" and "EN" in (before, after)


def _brackets(text: str, found: list[Direction | None], base: Direction) -> None:
    for start, end in _pairs(text):
        inside = {one for one in found[start + 1 : end] if one}
        if not inside:
            continue
        before = next((one for one in reversed(found[:start]) if one), base)
        found[start] = found[end] = base if base in inside else before


def _pairs(text: str) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together, in the order in which they open."""
    opened: list[int] = []
    pairs = []
    for place, letter in enumerate(text):
        if letter in CLOSING_OF:
            opened.append(place)
        elif opened and letter == CLOSING_OF[text[opened[-1]]]:
            pairs.append((opened.pop(), place))
    return sorted(pairs)


def _neutrals(found: list[Direction | None], base: Direction) -> None:
    place = 0
    for known, group in groupby(list(found), key=bool):
        length = len(list(group))
        if not known:
            before = found[place - 1] if place else base
            after = found[place + length] if place + length < len(found) else base
            found[place : place + length] = [before if before == after else base] * length
        place += length


def _turn_paragraph(paragraph: _Element) -> None:
    properties = ensure(paragraph, "pPr")
    put(properties, "bidi")
    if value(child_of(properties, "pStyle")) in AT_THE_NUMBERS_SIDE:
        # "left" is the leading side: digits line up on the right in every language.
        put(properties, "jc", val="left")


def _split_runs(paragraph: _Element, base: Direction, language: str, font: str) -> None:
    runs = [run for run in paragraph.iter(w("r")) if _is_of(run, paragraph)]
    texts = [child for run in runs for child in run if child.tag == w("t")]
    line = "".join(text.text or "" for text in texts)
    found = _directions(line, base)
    if len(set(found)) == 1 and all(text.text for text in texts):
        # As most are: nothing to split, and nothing to leave out.
        if found[0] == "rtl":
            for run in runs:
                if child_of(run, "t") is not None:
                    _turn_run(run, language, font)
        return
    known = iter(found)
    for run in runs:
        pieces = list(_pieces(run, known))
        if not pieces:
            if all(local(child) in ("rPr", "t") for child in run):
                _remove(run)
            continue
        for made, direction in _runs(run, pieces):
            if direction == "rtl":
                _turn_run(made, language, font)


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
    run: _Element, pieces: list[tuple[_Element, str, Direction | None]]
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


def _turn_run(run: _Element, language: str, font: str) -> None:
    if child_of(run, "rPr") is None:
        run.insert(0, copy(_arabic(language, font)))
        return
    properties = ensure(run, "rPr")
    fonts = put(properties, "rFonts")
    fonts.attrib.pop(w("cstheme"), None)
    if not fonts.get(w("cs")):
        fonts.set(w("cs"), font)
    put(properties, "rtl")
    spoken = put(properties, "lang", bidi=language)
    if direction_of(value(spoken) or "en") == "rtl":
        spoken.attrib.pop(w("val"))


@cache
def _arabic(language: str, font: str) -> _Element:
    """Return the properties of a run that has no others."""
    from lxml import etree

    properties = etree.Element(w("rPr"))
    put(properties, "rFonts", cs=font)
    put(properties, "rtl")
    put(properties, "lang", bidi=language)
    return properties


def _is_of(run: _Element, paragraph: _Element) -> bool:
    """Tell whether a run is of this paragraph, and not of one inside a picture in it."""
    return run.getparent() is paragraph or next(run.iterancestors(w("p")), None) is paragraph


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
