"""Links lead somewhere: to a file and a heading that exist, or to an address that can be one.

Links between the pages of the documentation are checked when it is built. Nothing is fetched.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("benchmarks", "docs", "src", "tests")
BENEATH = (file for one in FOLDERS for file in (ROOT / one).rglob("*.md"))
TEXTS = sorted([*ROOT.glob("*.md"), *BENEATH])
OUTSIDE = [one for one in TEXTS if ROOT / "docs" not in one.parents]
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
TARGETS = re.compile(r"\]\(([^)\s]+)\)")
ADDRESSES = re.compile(r"\w+://[^\s<>)\"'`\]]+")
HEADINGS = re.compile(r"^#+ (.+)$", re.MULTILINE)
HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")


def words(page: Path) -> str:
    return CODE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Return the anchors of headings, as sites that show Markdown make them."""
    plain = (re.sub(r"[^\w\- ]", "", one.lower()) for one in HEADINGS.findall(words(page)))
    return {one.strip().replace(" ", "-") for one in plain}


def links(page: Path) -> list[str]:
    return [one for one in TARGETS.findall(words(page)) if "://" not in one]


def leads_nowhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_file():
        return True
    return bool(anchor) and anchor not in anchors(target)


@pytest.mark.parametrize("page", OUTSIDE, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_links_to_files_and_headings_of_the_project_lead_somewhere(page):
    assert [one for one in links(page) if leads_nowhere(page, one)] == []


def test_the_readme_leads_into_every_part_of_the_documentation():
    led_to = {Path(one).parts[1] for one in links(ROOT / "README.md") if one.startswith("docs/")}

    assert {"tutorial", "how-to", "migration", "reference", "explanation"} <= led_to


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    other.write_text("# One heading, `two` words\n", encoding="utf-8")
    page.write_text("[a](other.md#one-heading-two-words) [b](other.md#none) [c](gone.md)")

    assert [one for one in links(page) if leads_nowhere(page, one)] == ["other.md#none", "gone.md"]


def test_addresses_outside_the_project_are_well_formed_and_secure():
    found = {
        one.rstrip(".,;:")
        for page in [*TEXTS, ROOT / "pyproject.toml"]
        for one in ADDRESSES.findall(
            page.read_text(encoding="utf-8") if page.suffix == ".toml" else words(page)
        )
    }
    split = {one: urlsplit(one) for one in found}
    wrong = {
        one
        for one, parts in split.items()
        if parts.scheme != "https" or not HOST.fullmatch(parts.netloc)
    }

    assert len(found) > 10
    assert wrong == set()
