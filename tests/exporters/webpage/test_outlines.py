from __future__ import annotations

import re

from socialpoll.exporters.webpage.outlines import Outlines
from socialpoll.exporters.word.ooxml import parse

DRAWN = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 10 20" width="10pt">
<title>Said elsewhere</title>
<metadata><x/></metadata>
<defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
<g id="figure_1"><g id="text_1">
<defs><path id="letter" d="M 1.23456 2
L 3 4" transform="scale(0.015625)"/>
<clipPath id="edge"><rect x="0.12345" width="1"/></clipPath></defs>
<use xlink:href="#letter" transform="translate(1.23456 2) scale(0.015625)"/>
<path d="M 0 0.98765" clip-path="url(#edge)" style="fill: #ffffff"/>
</g></g></svg>"""


def parts(*sentences: str):
    outlines = Outlines()
    charts = [outlines.inside(DRAWN, one) for one in sentences]
    return [parse(one.encode()) for one in charts], parse("\n".join(outlines.lines()).encode())


def test_charts_share_what_is_the_same_under_one_name():
    charts, shared = parts("One", "Two")

    assert [one.get("id") for one in shared.find("defs")] == ["o0", "o1"]
    assert [one.find("use").get("href") for one in charts] == ["#o0", "#o0"]
    assert {one.find("path").get("clip-path") for one in charts} == {"url(#o1)"}
    assert shared.find("defs/clipPath/rect").get("width") == "1"


def test_a_chart_keeps_no_name_no_style_sheet_and_no_second_sentence():
    (chart,), _ = parts("One <&\"'>")

    assert [one.tag for one in chart.iter()] == ["svg", "use", "path"]
    assert chart.attrib == {"viewBox": "0 0 10 20", "role": "img", "aria-label": "One <&\"'>"}
    assert chart.xpath("//@id") == []


def test_places_are_as_fine_as_can_be_seen_and_letters_keep_their_size():
    (chart,), shared = parts("One")

    assert chart.find("use").get("transform") == "translate(1.23 2) scale(0.015625)"
    assert chart.find("path").get("d") == "M 0 0.99"
    assert shared.find("defs/path").get("transform") == "scale(0.015625)"
    assert re.fullmatch(r"M 1\.23 2 L 3 4", shared.find("defs/path").get("d"))


def test_a_page_without_charts_has_no_outlines():
    assert list(Outlines().lines()) == []
