"""Which template a brief is made from, and what of a report that template asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from socialpoll.errors import ReportError, TemplateError
from socialpoll.exporters.word.held import problem_of_languages, shows_pictures
from socialpoll.exporters.word.loading import built_in_template, look_at, read_template, settled
from socialpoll.exporters.word.look import Look
from socialpoll.exporters.word.options import WordOptions
from socialpoll.exporters.word.template import build
from socialpoll.report import Edition, HouseStyle

__all__ = ["Chosen", "choose_template"]

FACING = 2
"""Languages of one document at most."""
STYLES_KEPT = 4


@dataclass(frozen=True)
class Chosen:
    """A template that is ready to be filled in.

    Parameters
    ----------
    content : bytes
        A Word file.
    facing : bool
        Whether it uses what is of two languages.
    pictures : bool
        Whether it shows the pictures of the report.
    """

    content: bytes
    facing: bool = False
    pictures: bool = True


def choose_template(options: WordOptions, edition: Edition) -> Chosen:
    """Return the template for an edition: one's own, or the built-in one in the house style.

    Raises
    ------
    TemplateError
        One's own cannot be used, or not for so many languages.
    ReportError
        More languages than a document holds.
    """
    _check_number(edition.languages)
    if options.template is not None:
        return _own(options.template, edition)
    style = edition.report.style
    if len(edition.languages) == FACING:
        return Chosen(_built_for_two(replace(style, logo=None), edition.languages), facing=True)
    usual = Look.of(style) == Look.of(HouseStyle())
    return Chosen(built_in_template() if usual else build(style))


def _own(path: str | Path, edition: Edition) -> Chosen:
    template = read_template(path)
    problem = problem_of_languages(template.uses, edition)
    if problem is not None:
        raise TemplateError(Path(path).name, [problem])
    content = settled(template, edition.languages)
    return Chosen(content, FACING in template.languages, shows_pictures(template.uses))


@lru_cache(maxsize=STYLES_KEPT)
def _built_for_two(style: HouseStyle, languages: tuple[str, ...]) -> bytes:
    # Once for the briefs of all groups.
    return settled(look_at(build(style, facing=True)), languages)


def _check_number(languages: Sequence[str]) -> None:
    if len(languages) > FACING:
        raise ReportError(
            "a brief holds two languages at most",
            where="languages",
            found="+".join(languages),
            allowed="+".join(languages[:FACING]),
        )
