from __future__ import annotations

from hypothesis import given, strategies as st

from socialpoll.exporters.word.columns import PARTED, SIZES, USUAL_SIZE, fit_columns, part_columns
from socialpoll.exporters.word.ooxml import W, parse, value, w
from socialpoll.exporters.word.styles import BETWEEN, NOTE_STYLE, TABLE_STYLE
from socialpoll.exporters.word.table_template import TEXT_WIDTH
from socialpoll.exporters.word.tables import fit_tables

columns = st.lists(st.lists(st.text(max_size=60), min_size=2, max_size=2), min_size=1, max_size=12)


def table(rows: list[list[str]], style: str = TABLE_STYLE):
    cells = [
        "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in row)
        for row in rows
    ]
    grid = '<w:tblGrid><w:gridCol w:w="1"/></w:tblGrid>'
    lines = "".join(f"<w:tr>{one}</w:tr>" for one in cells)
    properties = f'<w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr>'
    xml = f'<w:body xmlns:w="{W}"><w:tbl>{properties}{grid}{lines}</w:tbl></w:body>'
    return parse(xml.encode())


def kept(root) -> list[bool]:
    return [next(row.iter(w("keepNext")), None) is not None for row in root.iter(w("tr"))]


@given(columns)
def test_columns_fill_the_table_and_each_has_room(texts):
    size, found = fit_columns(texts, TEXT_WIDTH)

    assert sum(found) == TEXT_WIDTH
    assert min(found) > 0
    assert size in SIZES


def test_a_column_of_long_texts_is_wider_than_one_of_figures():
    _, (labels, figures) = fit_columns(
        [["A long label of several words", "b"], ["91.2%", "8.8%"]], TEXT_WIDTH
    )

    assert labels > 2 * figures


def test_figures_are_not_squeezed_by_long_labels():
    _, (_, *figures) = fit_columns([["a", "word " * 40], *[["b", "100.0% [u]"]] * 4], TEXT_WIDTH)

    assert len(set(figures)) == 1
    assert figures[0] > 1000


def test_a_figure_in_two_languages_has_the_room_of_one():
    _, (_, apart, once) = fit_columns(
        [["Group", "a"], ["Mean", "5.8 hours\n5.8 ساعة"], ["Mean", "5.8 hours"]], TEXT_WIDTH
    )

    assert apart == once


def test_a_heading_takes_two_lines_or_one_in_each_of_two_languages():
    _, (_, apart, folded) = fit_columns(
        [["G", "a"], ["Unweighted base\nUnweighted base", "1"], ["Unweighted base", "1"]],
        TEXT_WIDTH,
    )

    assert apart > 1.2 * folded


def test_a_text_of_many_lines_gets_the_room_that_short_ones_do_not_need():
    _, (items, texts) = fit_columns([["Item", "Sponsor"], ["Text", "word " * 200]], TEXT_WIDTH)
    _, (short, same) = fit_columns([["Item", "Sponsor"], ["Text", "A ministry"]], TEXT_WIDTH)

    assert items + texts == short + same == TEXT_WIDTH
    assert texts > 3 * items
    assert abs(short - same) < TEXT_WIDTH / 4


def test_columns_of_the_same_texts_are_equally_wide():
    _, found = fit_columns([["12.3%", "c"]] * 4, TEXT_WIDTH)

    assert max(found) - min(found) <= 4


def test_a_table_with_much_to_show_has_smaller_letters():
    narrow, _ = fit_columns([["Group", "Men"], ["Share", "91.2%"]], TEXT_WIDTH)
    wide, _ = fit_columns([["Group", "Men"], *[["Interval", "91.2 to 94.0 [u]"]] * 6], TEXT_WIDTH)

    assert narrow == USUAL_SIZE
    assert wide < USUAL_SIZE


def test_smaller_letters_are_smaller_in_every_script():
    interval = "91.2 to 94.0 [u]"
    root = table([["Group", *["Interval"] * 6], ["Men", *[interval] * 6]])

    fit_tables(root)

    sizes = [value(one) for name in ("sz", "szCs") for one in root.iter(w(name))]
    assert len(sizes) == 2 * 14
    assert len(set(sizes)) == 1
    assert int(sizes[0]) < 2 * USUAL_SIZE


def test_a_single_cell_spans_the_table_and_the_grid_has_every_column():
    root = table([["Group", "Share", "Base"], ["Sex"], ["Men", "1.0%", "3"]])

    fit_tables(root)

    grid = [int(one.get(w("w"))) for one in root.iter(w("gridCol"))]
    assert len(grid) == 3
    assert sum(grid) == TEXT_WIDTH
    assert [value(one) for one in root.iter(w("gridSpan"))] == ["3"]


def headed(*rows: str):
    properties = f'<w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="5"/></w:tblPr>'
    grid = '<w:tblGrid><w:gridCol w:w="1"/></w:tblGrid>'
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    xml = f'<w:body xmlns:w="{W}"><w:tbl>{properties}{grid}{lines}</w:tbl></w:body>'
    return parse(xml.encode())


HEAD = "<w:trPr><w:tblHeader/></w:trPr>"


def cell(text: str, span: int = 1) -> str:
    properties = f'<w:tcPr><w:gridSpan w:val="{span}"/><w:tcW w:w="0"/></w:tcPr>'
    return f"<w:tc>{properties}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_words_above_a_group_are_as_wide_as_its_columns():
    root = headed(
        HEAD + cell("Answer") + cell("Sex", 2),
        HEAD + cell("") + cell("Men") + cell("Women"),
        cell("Yes") + cell("91.2%") + cell("8.8%"),
    )

    fit_tables(root)

    grid = [int(value(one, "w")) for one in root.iter(w("gridCol"))]
    first, second, third = (
        [int(value(one, "w")) for one in row.iter(w("tcW"))] for row in root.iter(w("tr"))
    )
    assert second == third == grid
    assert first == [grid[0], grid[1] + grid[2]]
    assert [value(one) for one in root.iter(w("gridSpan"))] == ["2"]


def test_columns_of_groups_are_equally_wide():
    root = headed(
        HEAD + cell("Answer") + cell("Governorate", 3),
        HEAD + cell("") + cell("Muscat") + cell("Al Buraymi") + cell("South Ash Sharqiyah"),
        cell("Yes") + cell("91.2%") + cell("8.8%") + cell("[c]"),
    )

    fit_tables(root)

    labels, *figures = (int(value(one, "w")) for one in root.iter(w("gridCol")))
    assert len(set(figures)) == 1
    assert labels + sum(figures) == TEXT_WIDTH


def test_a_heading_that_is_merged_with_the_cell_beneath_has_its_room():
    root = headed(
        HEAD + cell("Unabbreviated") + cell("Sex", 1),
        HEAD + cell("") + cell("Women"),
        cell("1") + cell("2"),
    )
    fit_tables(root)

    size, widths = fit_columns([["Unabbreviated", "1"], ["Women", "2"]], TEXT_WIDTH, even=True)

    assert size == USUAL_SIZE
    assert [int(value(one, "w")) for one in root.iter(w("gridCol"))] == widths


def test_bold_figures_have_more_room_than_plain_ones():
    texts = [["", "word " * 60], *[["", "100.0%"]] * 9]

    _, plain = fit_columns(texts, TEXT_WIDTH)
    _, bold = fit_columns(texts, TEXT_WIDTH, bold={0, 1})

    assert min(bold[1:]) > min(plain[1:])


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=6),
    st.integers(2000, 20_000),
)
def test_parts_of_a_table_hold_every_column_once_and_fit(sizes, total):
    groups = [0, *(number for number, size in enumerate(sizes, 1) for _ in range(size))]
    texts = [["Answer", "Yes"], *[["Secondary", "100.0%"]] * sum(sizes)]

    parts = part_columns(texts, groups, total)

    assert all(part[0] == 0 for part in parts)
    assert [place for part in parts for place in part[1:]] == list(range(1, len(groups)))
    for part in parts:
        size, _ = fit_columns([texts[place] for place in part], total)
        assert size >= PARTED or len(part) == 2


@given(st.lists(st.integers(1, 6), min_size=2, max_size=6))
def test_only_a_group_that_is_wider_than_the_page_is_parted(sizes):
    groups = [0, *(number for number, size in enumerate(sizes, 1) for _ in range(size))]
    texts = [["Answer", "Yes"], *[["Secondary", "100.0%"]] * sum(sizes)]

    parts = part_columns(texts, groups, TEXT_WIDTH)

    for number, size in enumerate(sizes, 1):
        holding = [part for part in parts if any(groups[place] == number for place in part[1:])]
        alone = len(part_columns(texts[: size + 1], [0] + [1] * size, TEXT_WIDTH))
        assert len(holding) == alone


def test_a_short_table_stays_on_one_page():
    root = table([["a", "b"]] * 5)

    fit_tables(root)

    assert kept(root) == [True] * 4 + [False]


def test_a_long_table_leaves_no_row_alone_at_its_ends():
    root = table([["a", "b"]] * 40)

    fit_tables(root)

    assert kept(root) == [True] * 3 + [False] * 34 + [True] * 2 + [False]


def test_a_table_of_a_few_rows_is_broken_where_they_fill_more_than_a_page():
    root = table([["Question", "Asked of"], *[["a word " * 60] * 2] * 9])

    fit_tables(root)

    assert kept(root) == [True] * 3 + [False] * 4 + [True] * 2 + [False]


def test_a_heading_inside_a_table_and_the_bases_beneath_it_stay_with_the_first_figures():
    style = '<w:p><w:pPr><w:pStyle w:val="TableTotal"/></w:pPr></w:p>'
    base = f"<w:tc>{style}</w:tc>" * 2
    figures = cell("Yes") + cell("91.2%")
    one = [cell("A question"), base, base, *[figures] * 10]
    root = headed(HEAD + cell("Answer") + cell("Share"), *one * 3)

    fit_tables(root)

    question = [True] * 3 + [False] * 10
    assert kept(root)[14:-3] == (question * 2)[:-3]


def test_notes_stay_with_their_table():
    root = table([["a", "b"]] * 3)
    note = '<w:p xmlns:w="{}"><w:pPr><w:pStyle w:val="{}"/></w:pPr></w:p>'
    for style in (NOTE_STYLE, NOTE_STYLE, "Normal"):
        root.append(parse(note.format(W, style).encode()))

    fit_tables(root)

    assert kept(root) == [True] * 3
    assert [one.find(f"{w('pPr')}/{w('keepNext')}") is not None for one in root[1:]] == [
        True,
        False,
        False,
    ]


def test_notes_that_face_each_other_stay_with_their_table_row_by_row():
    root = table([["a", "b"]] * 3)
    cell = f'<w:tc><w:p><w:pPr><w:pStyle w:val="{NOTE_STYLE}"/></w:pPr></w:p></w:tc>'
    rows = f"<w:tr>{cell * 2}</w:tr>" * 3
    between = f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{BETWEEN}"/></w:pPr></w:p>'
    for one in (between, f'<w:tbl xmlns:w="{W}"><w:tblPr/>{rows}</w:tbl>'):
        root.append(parse(one.encode()))

    fit_tables(root)

    assert kept(root) == [True] * (3 + 2) + [False]


def test_of_many_notes_the_first_stay_with_their_table_and_the_last_is_not_alone():
    root = table([["a", "b"]] * 3)
    note = f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{NOTE_STYLE}"/></w:pPr></w:p>'
    for _ in range(9):
        root.append(parse(note.encode()))

    fit_tables(root)

    kept_notes = [one.find(f"{w('pPr')}/{w('keepNext')}") is not None for one in root[1:]]
    assert kept(root) == [True] * 3
    assert kept_notes == [True] * 3 + [False] * 3 + [True] * 2 + [False]


def test_an_address_on_the_web_does_not_squeeze_the_other_columns():
    address = "https://example.org/" + "a-long-way-down" * 10
    size, (items, _) = fit_columns([["Item", "Response rate"], ["Text", address]], TEXT_WIDTH)

    assert size == USUAL_SIZE
    assert items > 1500


def test_tables_of_other_styles_are_left_alone():
    root = table([["a", "b"]], style="House")

    fit_tables(root)

    assert [one.get(w("w")) for one in root.iter(w("gridCol"))] == ["1"]
