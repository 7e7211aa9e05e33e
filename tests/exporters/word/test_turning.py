from __future__ import annotations

from socialpoll.exporters.word.ooxml import W, local, parse, value, w
from socialpoll.exporters.word.styles import TEXT_WIDTH, TURNED, UPRIGHT
from socialpoll.exporters.word.turning import Rooms, rooms_of, tables_with_room, turn_pages

LETTER, MARGIN = (12240, 15840), 1440
TABLE = "<w:tbl/>"


def section(width: int, height: int) -> str:
    sides = "".join(f' w:{side}="{MARGIN}"' for side in ("left", "right", "top", "bottom"))
    return (
        '<w:sectPr><w:headerReference w:type="default" w:id="head"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar{sides}/><w:titlePg/></w:sectPr>'
    )


def mark(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'


def body(*parts: str, page: tuple[int, int] = LETTER):
    return parse(f'<w:body xmlns:w="{W}">{"".join(parts)}{section(*page)}</w:body>'.encode())


def pages(root) -> list[tuple[int, int, str]]:
    return [
        (int(value(one, "w")), int(value(one, "h")), value(one, "orient"))
        for one in root.iter(w("pgSz"))
    ]


def test_marks_turn_the_paper_of_the_template_and_turn_it_back():
    root = body(TABLE, mark(TURNED), TABLE, mark(UPRIGHT), TABLE)

    turn_pages(root)

    width, height = LETTER
    assert pages(root) == [(*LETTER, ""), (height, width, "landscape"), (*LETTER, "")]


def test_every_section_keeps_the_header_and_only_the_first_a_first_page_of_its_own():
    root = body(mark(TURNED), TABLE, mark(UPRIGHT))

    turn_pages(root)

    sections = list(root.iter(w("sectPr")))
    assert [one.find(w("headerReference")) is not None for one in sections] == [True] * 3
    assert [one.find(w("titlePg")) is not None for one in sections] == [True, False, False]


def test_a_document_without_marks_is_left_as_it_is():
    root = body(TABLE)

    turn_pages(root)

    assert pages(root) == [(*LETTER, "")]
    assert next(root.iter(w("titlePg")), None) is not None


def test_pages_that_lie_on_their_side_anyhow_are_not_turned():
    root = body(mark(TURNED), TABLE, mark(UPRIGHT), page=LETTER[::-1])

    turn_pages(root)

    assert len(pages(root)) == 1
    assert [local(one) for one in root] == ["tbl", "sectPr"]


def test_a_table_has_the_width_of_the_pages_that_it_stands_on():
    root = body(TABLE, mark(TURNED), TABLE, TABLE, mark(UPRIGHT), TABLE)
    turn_pages(root)

    wide = LETTER[1] - 2 * MARGIN
    rooms = dict(tables_with_room(root))

    assert [rooms[table] for table in root.iter(w("tbl"))] == [TEXT_WIDTH, wide, wide, TEXT_WIDTH]


def test_a_template_without_marks_has_no_room_for_wide_tables():
    assert rooms_of(body(TABLE)) == Rooms(TEXT_WIDTH, TEXT_WIDTH)


def test_a_template_with_marks_has_the_room_of_its_own_paper():
    assert rooms_of(body(mark(TURNED))) == Rooms(TEXT_WIDTH, LETTER[1] - 2 * MARGIN)


def test_a_template_on_its_side_has_that_room_everywhere():
    wide = LETTER[1] - 2 * MARGIN

    assert rooms_of(body(TABLE, page=LETTER[::-1])) == Rooms(wide, wide)
