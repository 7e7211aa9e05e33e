from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from socialpoll.drawing import contact_sheet, draw
from socialpoll.errors import ReportError
from tests.exporters.made_report import bars, dots, edition, stacked


def pictures(language: str, count: int) -> list:
    made = (bars, dots, stacked)
    return [draw(made[place % 3](), edition(language)) for place in range(count)]


def dots_of(picture) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(picture.content)).convert("L"))


@pytest.mark.parametrize(("count", "columns"), [(2, 2), (5, 3)])
def test_pictures_stand_in_columns_of_half_their_size(count, columns):
    made = pictures("en", count)
    sheet = contact_sheet(edition("en"), made)
    wide = Image.open(BytesIO(made[0].content)).width // 2

    assert dots_of(sheet).shape[1] == columns * wide + (columns + 1) * 40


def test_the_first_picture_stands_where_the_script_begins():
    (one,) = pictures("en", 1)
    paper = {
        language: (dots_of(contact_sheet(edition(language), [one])) == 255).mean(axis=0)
        for language in ("en", "ar")
    }
    half = len(paper["en"]) // 2

    assert paper["en"][:half].mean() > 2 * paper["en"][half:].mean()
    assert paper["ar"][half:].mean() > 2 * paper["ar"][:half].mean()


def test_the_same_pictures_are_the_same_sheet_and_its_words_are_theirs():
    made = pictures("ar", 3)
    first, second = (contact_sheet(edition("ar"), made) for _ in range(2))

    assert first == second
    assert all(one.alt in first.alt for one in made)


def test_a_sheet_of_nothing_or_of_outlines_is_refused():
    with pytest.raises(ReportError, match="nothing"):
        contact_sheet(edition("en"), [])
    outlines = replace(draw(bars(), edition("en")), media_type="image/svg+xml")
    with pytest.raises(ReportError, match="only dots"):
        contact_sheet(edition("en"), [outlines])
