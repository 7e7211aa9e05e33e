"""The search finds a hidden number wherever somebody might write it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.report import report_to_json
from tests.disclosure.listed import MANIFEST, unlisted
from tests.disclosure.published import Published
from tests.disclosure.reading import leaves, read_json, read_word
from tests.disclosure.searching import misdrawn, misfed, misreported, missaved, unsaid


def hidden_row(published: Published) -> dict[str, object]:
    """Return a hidden share of one group, as it was."""
    gone = published.gone
    row = gone[(gone["indicator"] == "bus") & (gone["breakdown"] == "area")].iloc[0]
    return row.to_dict()


def with_text(content: bytes, before: str, after: str) -> bytes:
    """Return a document in which a text has been written over."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w") as package,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                assert before.encode() in part
                part = part.replace(before.encode(), after.encode(), 1)
            package.writestr(name, part)
    return target.getvalue()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Percentages are weighted;", "Percentages are weighted ({n_category} in {label});"),
        ("{label} [c]", "{label} {share}%"),
        ("{label} [c]", "{label} ({prose}%)"),
        ("Takes the bus: “Yes”, by Area", "Takes the bus: “Yes”, by Area ({n_base})"),
        ("Base: respondents who answered this question", "Base: {n_base} respondents"),
        ("Opinion poll with the same", "{n_base} opinion polls with the same"),
    ],
)
def test_a_hidden_number_in_the_words_of_a_brief_is_found(small, before, after):
    row = hidden_row(small)
    told = {
        "n_category": row["n_category"],
        "n_base": row["n_base"],
        "label": small.sayings.groups(row)[0],
        "share": f"{100 * row['estimate']:.1f}",
        "prose": f"{100 * row['estimate']:.0f}",
    }
    leaked = with_text(small.file("brief-en.docx"), before.format_map(told), after.format_map(told))

    assert unsaid(small, read_word(small.file("brief-en.docx"))) == []
    assert unsaid(small, read_word(leaked)) != []


def test_a_shown_number_in_the_cell_of_another_group_is_found(small):
    pieces = [
        one
        for one in read_word(small.file("brief-en.docx"))
        if one.kind == "cell" and one.words == "[c]" and one.row == "Desert"
    ]
    other = next(
        one
        for one in read_word(small.file("brief-en.docx"))
        if one.kind == "cell" and one.row == "Coast" and one.above[-1] == "Percentage"
    )
    leaked = [replace(one, words=other.words) for one in pieces]

    assert len(pieces) > 5
    assert len(unsaid(small, leaked)) == len(pieces)


def test_a_hidden_number_in_a_file_of_data_is_found(small):
    row = hidden_row(small)
    (document,) = sp.render(small.run.report, "csv", languages=["en"])
    domain = f",{row['breakdown']},{row['domain']},"
    fed = document.content.replace(
        domain.encode() + b",", f"{domain}{row['estimate']},".encode(), 1
    )
    saved = read_json(small.file("release.json"))
    saved["release"]["facts"][0]["values"]["women"] = int(row["n_base"])
    manifest = read_json(small.file("manifest.json"))
    manifest["weights"]["margins"][0]["respondents"] = int(row["n_base"])
    report = read_json(report_to_json(small.run.report).encode())
    section = next(one for one in report["report"]["sections"] if one.get("name") == "bus")
    section["blocks"][0]["phrases"][0]["values"]["more"] = row["estimate"]

    assert len(misfed(small, fed)) == 1
    assert missaved(small, saved) == ["responses.cases.women"]
    paths = [path for path, _ in leaves(manifest)]
    assert unlisted(paths, MANIFEST) == [".weights.margins[].respondents"]
    assert [value for _, value in misreported(small, report)] == [row["estimate"]]


def test_a_hidden_number_in_a_picture_is_found(small):
    share = f"{100 * hidden_row(small)['estimate']:.1f}%"

    assert misdrawn(small, "bus", ["Takes the bus", "0%", "50%", "100%", "Desert", share]) == [
        share
    ]
