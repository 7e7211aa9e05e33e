"""Templates that somebody spoilt: each is filled in, or refused with a reason, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree

from socialpoll.errors import DocumentError, Problem, TemplateError
from socialpoll.exporters.word import (
    WordOptions,
    built_in_template,
    check_accessibility,
    check_template,
    render,
)
from socialpoll.exporters.word.package import pack, unpack
from tests.exporters.made_report import edition

if TYPE_CHECKING:
    from random import Random

PARTS = unpack(built_in_template())
VALUES = ["", "x", "-1", "9999999999", "1.5", "{{ title }}"]
TEXTS = ["", "x", "{{ title }}", "{%p if title %}", "{{ titel }}"]


def damaged(chance: Random) -> bytes:
    parts = dict(PARTS)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(parts))
        kind = chance.random()
        if kind < 0.05:
            del parts[name]
        elif kind < 0.2:
            at = chance.randrange(len(parts[name]))
            parts[name] = parts[name][:at] + parts[name][at + chance.randint(1, 40) :]
        else:
            with suppress(etree.XMLSyntaxError):
                parts[name] = changed(parts[name], chance)
    return pack(parts)


def changed(content: bytes, chance: Random) -> bytes:
    root = etree.fromstring(content)
    elements = list(root.iter())
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    kind = chance.choice(["leave", "lose", "value", "text", "copy", "name"])
    if kind == "leave" and parent is not None:
        parent.remove(one)
    elif kind == "lose" and one.attrib:
        del one.attrib[chance.choice(sorted(one.attrib))]
    elif kind == "value" and one.attrib:
        one.set(chance.choice(sorted(one.attrib)), chance.choice(VALUES))
    elif kind == "text":
        one.text = chance.choice(TEXTS)
    elif kind == "copy" and parent is not None and other is not root:
        one.addnext(deepcopy(other))
    elif kind == "name":
        one.tag = other.tag
    return etree.tostring(root)


def filled(content: bytes, folder: Path) -> tuple[Problem, ...]:
    """Fill a template in, and return the problems of those who refused it."""
    path = folder / "house.docx"
    path.write_bytes(content)
    try:
        (document,) = render(edition("ar"), WordOptions(template=path, charts=False))
    except TemplateError as error:
        return error.problems
    unpack(document.content)
    return ()


def looked_at(content: bytes) -> tuple[Problem, ...]:
    try:
        return check_accessibility(content)
    except DocumentError as error:
        return error.problems


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("damage")


@settings(max_examples=60, derandomize=True)
@given(chance=st.randoms(use_true_random=False))
def test_a_spoilt_template_is_filled_in_or_refused_with_a_reason(chance, folder):
    content = damaged(chance)

    told, found = filled(content, folder), check_template(content)

    assert all(one.what for one in told)
    assert found in ((), told)


@settings(max_examples=60, derandomize=True)
@given(chance=st.randoms(use_true_random=False))
def test_a_spoilt_document_is_looked_at_or_refused_with_a_reason(chance):
    assert all(one.what for one in looked_at(damaged(chance)))
