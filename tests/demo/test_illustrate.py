from __future__ import annotations

from io import BytesIO

import pytest

import socialpoll as sp
from socialpoll.demo.illustrate import IMAGES, emblem, sample
from socialpoll.report import HouseStyle

pytest.importorskip("matplotlib")


def pixels(content: bytes):
    import numpy as np
    from PIL import Image

    with Image.open(BytesIO(content)) as opened:
        return np.asarray(opened.convert("RGB")).astype(int)


@pytest.mark.parametrize(("name", "draw"), [("emblem", emblem), ("sample", sample)])
def test_the_images_of_the_demo_are_what_their_script_draws(name, draw):
    kept = pixels((IMAGES / f"{name}.png").read_bytes())
    drawn = pixels(draw())

    # Another version of the library may leave a line of dots above, or smooth edges in another way.
    assert kept.shape[1] == drawn.shape[1]
    assert abs(kept.shape[0] - drawn.shape[0]) <= 1
    lines = min(kept.shape[0], drawn.shape[0])
    assert (abs(kept[-lines:] - drawn[-lines:]).max(axis=2) > 40).mean() < 0.01


def test_as_many_dots_are_filled_as_tens_of_people_were_interviewed(tmp_path):
    from scipy import ndimage

    answers = tmp_path / "answers.csv"
    answers.write_text("disposition\n" + "interview\n" * 70 + "refusal\n" * 50)

    image = pixels(sample(answers))
    blue = [int(HouseStyle().primary[place : place + 2], 16) for place in (1, 3, 5)]
    filled = ndimage.binary_erosion((abs(image - blue).max(axis=2) < 30), iterations=3)

    assert ndimage.label(filled)[1] == 7


def test_the_demo_shows_every_kind_of_section_in_both_languages():
    poll = sp.Poll.load(IMAGES.parent / "poll.toml")

    assert {one.role for one in poll.publication.sections} == {
        "text",
        "recommendations",
        "timeline",
        "pictures",
    }
    assert poll.publication.style.logo is not None
