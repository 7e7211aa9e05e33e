"""Templates read and checked before anything is filled in: the built-in one and those of users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import Problem, TemplateError
from socialpoll.exporters.word.checking import read_tags
from socialpoll.exporters.word.held import languages_held, problems_of_pairs
from socialpoll.exporters.word.ooxml import local, parse, serialise, value, w
from socialpoll.exporters.word.opening import TEMPLATE, is_xml, open_package, read_file
from socialpoll.exporters.word.outward import problems_of_links
from socialpoll.exporters.word.package import pack
from socialpoll.exporters.word.places import BODY, Map, name_of_part
from socialpoll.exporters.word.settling import settle_paragraphs
from socialpoll.exporters.word.tags import TAG
from socialpoll.exporters.word.template import build
from socialpoll.exporters.word.uses import Use

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "Template",
    "built_in_template",
    "check_template",
    "look_at",
    "read_template",
    "settled",
]

FOOTNOTES = "footnotes+xml"
DOUBLED = "a part that the file names twice, for two things"
STYLES = "word/styles.xml"
MEASURES = {
    "gridCol": ("w",),
    "gridSpan": ("val",),
    "pgSz": ("w", "h"),
    "pgMar": ("left", "right"),
    "outlineLvl": ("val",),
}
"""Properties that the widths of tables and the levels of headings are reckoned from."""


@dataclass(frozen=True, eq=False)
class Template:
    """A template that was looked at.

    Parameters
    ----------
    parts : mapping of str to bytes
        Of the package, by name.
    filled : mapping of str to lxml element
        Those that are filled in.
    uses : sequence of Use
        Of the variables in its tags.
    problems : tuple of Problem
        Everything that is wrong with it; without parts where it cannot be read.
    """

    parts: Mapping[str, bytes]
    filled: Mapping[str, _Element]
    uses: Sequence[Use]
    problems: tuple[Problem, ...]

    @property
    def languages(self) -> frozenset[int]:
        """How many languages its documents may be in: one, two, or either."""
        return languages_held(self.uses)


def built_in_template(*, facing: bool = False) -> bytes:
    """Return the template that comes with the library, as a start for one's own.

    Parameters
    ----------
    facing : bool
        Whether it is the one of two languages in one document.

    Returns
    -------
    bytes
        A Word file.
    """
    return build(facing=True) if facing else (files(__package__) / "brief.docx").read_bytes()


def read_template(path: str | Path) -> Template:
    """Read a template and check all of it.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    TemplateError
        Where it cannot be used; ``problems`` holds everything that was found.
    """
    template = look_at(path)
    if template.problems:
        raise TemplateError(Path(path).name, template.problems)
    return template


def check_template(template: str | Path | bytes) -> tuple[Problem, ...]:
    """Say everything that is wrong with a Word template.

    Parameters
    ----------
    template : str, Path or bytes
        Path of the file, or what is in it.

    Returns
    -------
    tuple of Problem
        Empty where the template can be used. Each says in ``where`` the part (body, header 1), the
        paragraph, or the table, row and cell, with the words that stand there; in ``found`` the
        tag; in ``allowed`` the variable whose name is nearest.

    Raises
    ------
    TemplateError
        Where there is no such file.

    Examples
    --------
    >>> from io import BytesIO
    >>> import docx
    >>> document, file = docx.Document(), BytesIO()
    >>> _ = document.add_paragraph("{{ titel }}")
    >>> document.save(file)
    >>> (problem,) = check_template(file.getvalue())
    >>> problem.where, problem.found
    ('body, paragraph 1 ("{{ titel }}")', '{{ titel }}')
    """
    return look_at(template).problems


def look_at(template: str | Path | bytes) -> Template:
    """Read a template with everything that is wrong with it; as :func:`check_template` does.

    Parameters
    ----------
    template : str, Path or bytes
        Path of the file, or what is in it.

    Raises
    ------
    TemplateError
        Where there is no such file.
    """
    content = (
        template if isinstance(template, bytes) else read_file(template, TEMPLATE, TemplateError)
    )
    parts, problems = open_package(content, TEMPLATE)
    problems = problems or list(problems_of_links(parts))
    if problems:
        return Template({}, {}, (), tuple(problems))
    names, problems = _filled_parts(content)
    if problems:
        return Template({}, {}, (), tuple(problems))
    filled = {name: parse(parts[name]) for name in names}
    problems, uses = _read(parts, filled)
    return Template(parts, filled, uses, tuple(problems))


def settled(template: Template, languages: Sequence[str]) -> bytes:
    """Return a template whose paragraphs have the language of what they show.

    Parameters
    ----------
    template : Template
        Without problems; its trees are changed in place.
    languages : sequence of str
        Of the document, the leading one first.

    Returns
    -------
    bytes
        A Word file, ready to be filled in.
    """
    settle_paragraphs(template.uses, languages)
    filled = {name: serialise(root) for name, root in template.filled.items()}
    return pack({**template.parts, **filled})


def _filled_parts(content: bytes) -> tuple[list[str], list[Problem]]:
    """Return the names of the parts that docxtpl fills in."""
    from docxtpl import DocxTemplate
    from lxml.etree import XMLSyntaxError

    template = DocxTemplate(BytesIO(content))
    try:
        template.init_docx()
        # It fills these in as well, and must find them.
        _ = template.docx.core_properties.title
        found = [template.docx.part]
        for uri in (template.HEADER_URI, template.FOOTER_URI):
            found.extend(part for _, part in template.get_headers_footers(uri))
        everything = list(template.docx.part.package.iter_parts())
    except (KeyError, ValueError, AttributeError, XMLSyntaxError) as error:
        message = "a Word file that cannot be read"
        return [], [Problem(message, found=str(error).strip("'\""), advice="save it anew in Word")]
    names = Counter(str(part.partname).lstrip("/") for part in everything)
    doubled = [Problem(DOUBLED, name_of_part(name)) for name, times in names.items() if times > 1]
    found.extend(part for part in everything if part.content_type.endswith(FOOTNOTES))
    return [str(part.partname).lstrip("/") for part in found], doubled


def _read(
    parts: Mapping[str, bytes], filled: Mapping[str, _Element]
) -> tuple[list[Problem], list[Use]]:
    """Return what is wrong with the parts of a template, and what its tags use."""
    problems: list[Problem] = []
    uses: list[Use] = []
    for name, root in filled.items():
        problems.extend(_problems_of_form(name, root))
        told, used = read_tags(name, root, pictures=name == BODY)
        problems.extend(told)
        uses.extend(used)
    if STYLES in parts:
        problems.extend(_problems_of_form(STYLES, parse(parts[STYLES])))
    for name in sorted(set(parts) - set(filled)):
        if is_xml(name):
            problems.extend(_stray_tags(name, parts[name].decode(errors="replace")))
    problems.extend(problems_of_pairs(uses))
    return problems, uses


def _problems_of_form(part: str, root: _Element) -> Iterator[Problem]:
    """Look for what a document can only be filled in with: a body, columns, and measures."""
    places = Map(part, root)
    if part == BODY and root.find(w("body")) is None:
        yield Problem("a document without a body", advice="save it anew in Word")
    for element in root.iter(w("tbl"), *map(w, MEASURES)):
        where = str(places.place(element))
        if element.tag == w("tbl") and element.find(w("tblGrid")) is None:
            yield Problem("a table without columns", where, advice="save the file anew in Word")
        for name in MEASURES.get(local(element), ()):
            measure = value(element, name)
            if not measure.isdecimal():
                what = f"a measure that is no number, {local(element)}"
                yield Problem(what, where, measure, "digits", "save the file anew in Word")


def _stray_tags(part: str, text: str) -> Iterator[Problem]:
    for tag in TAG.findall(text):
        yield Problem(
            "a tag where none is filled in",
            name_of_part(part),
            tag,
            "tags in the body, headers, footers and footnotes",
            "document properties are written from the report",
        )
