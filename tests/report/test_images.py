from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report.images import LARGEST_FILE, WIDEST
from tests.report.pictured import chunk, jpeg, png

ALT = {"en": "A blue field", "ar": "حقل أزرق"}
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def image(content: bytes, **more) -> sp.Image:
    return sp.Image(content=content, alt=ALT, **more)


def refusal(content: bytes, **more) -> ReportError:
    with pytest.raises(ReportError) as caught:
        image(content, **more)
    return caught.value


@pytest.mark.parametrize(
    ("content", "media_type"), [(png(60, 30), "image/png"), (jpeg(60, 30), "image/jpeg")]
)
def test_an_image_knows_what_it_is_and_how_many_pixels_it_has(content, media_type):
    one = image(content)

    assert (one.media_type, one.pixels) == (media_type, (60, 30))


@given(st.integers(1, 300), st.integers(1, 300))
def test_sizes_are_those_that_an_image_library_reads(width, height):
    from PIL import Image

    for content in (png(width, height), jpeg(width, height)):
        with Image.open(BytesIO(content)) as opened:
            assert image(content).pixels == opened.size == (width, height)


@pytest.mark.parametrize(
    "options", [{"progressive": True}, {"quality": 5}, {"comment": b"\xff" * 9}]
)
def test_every_sort_of_jpeg_tells_its_size(options):
    from PIL import Image

    file = BytesIO()
    Image.new("L", (41, 17)).save(file, "JPEG", **options)

    assert image(file.getvalue()).pixels == (41, 17)


def test_an_image_is_as_wide_as_its_pixels_are_good_for_and_no_wider_than_a_page():
    assert image(png(300, 150)).size == (5.08, 2.54)
    assert image(png(3000, 1500)).size == (WIDEST, WIDEST / 2)
    assert image(png(300, 150), width=8).size == (8, 4)


def test_a_high_image_fits_the_page_in_its_own_proportions():
    wide, high = image(png(100, 400), width=16).size

    assert (wide, high) == (5.0, 20.0)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (SVG, "SVG"),
        (b'\xef\xbb\xbf  <svg viewBox="0 0 1 1"/>', "SVG"),
        (b"GIF89a....", "GIF"),
        (b"%PDF-1.7", "PDF"),
        (b"RIFF....WEBP", "WebP"),
        (b"hello", "a file that begins with b'hello'"),
        (b"", "an empty file"),
    ],
)
def test_other_formats_are_refused_by_their_name(content, found):
    error = refusal(content)

    assert (error.where, error.found, error.allowed) == ("Image.content", found, "PNG or JPEG")


@pytest.mark.parametrize("whole", [png(), jpeg()])
def test_a_file_that_ends_too_early_is_damaged_wherever_it_ends(whole):
    for length in range(9, len(whole) - 1, 7):
        assert "damaged" in refusal(whole[:length]).what


def test_a_chunk_that_does_not_have_its_checksum_is_damaged():
    content = bytearray(png())
    content[20] ^= 1

    assert "damaged" in refusal(bytes(content)).what


def test_an_image_of_too_many_pixels_or_bytes_is_refused():
    header = struct.pack(">IIBBBBB", 20_000, 10, 8, 2, 0, 0, 0)
    bomb = (
        png()[:8]
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )

    assert refusal(bomb).found == "20,000 by 10 pixels"
    assert refusal(bytes(LARGEST_FILE + 1)).found == f"{LARGEST_FILE + 1:,} bytes"


@pytest.mark.parametrize("alt", [{}, {"en": "  "}])
def test_an_image_without_its_sentence_is_refused(alt):
    with pytest.raises(ReportError, match="without its sentence"):
        sp.Image(content=png(), alt=alt)


@pytest.mark.parametrize("width", [0, 0.5, 16.1, -3, float("nan")])
def test_a_width_that_no_page_has_is_refused(width):
    assert refusal(png(), width=width).where == "Image.width"
