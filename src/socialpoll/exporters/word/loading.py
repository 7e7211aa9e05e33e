"""Templates read and checked before anything is filled in: the built-in one and those of users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import Problem, TemplateError
from socialpoll.exporters.word.checking import problems_of_tags
from socialpoll.exporters.word.ooxml import local, parse, value, w
from socialpoll.exporters.word.opening import TEMPLATE, is_xml, open_package, read_file
from socialpoll.exporters.word.outward import problems_of_links
from socialpoll.exporters.word.places import BODY, Map, name_of_part
from socialpoll.exporters.word.tags import TAG

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["built_in_template", "check_template", "read_template"]

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


def built_in_template() -> bytes:
    """Return the template that comes with the library, as a start for one's own.

    Returns
    -------
    bytes
        A Word file.
    """
    return (files(__package__) / "brief.docx").read_bytes()


def read_template(path: str | Path) -> bytes:
    """Read a template and check all of it.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    bytes
        The file as it stands.

    Raises
    ------
    TemplateError
        Where it cannot be used; ``problems`` holds everything that was found.
    """
    content = read_file(path, TEMPLATE, TemplateError)
    problems = check_template(content)
    if problems:
        raise TemplateError(Path(path).name, problems)
    return content


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
    content = (
        template if isinstance(template, bytes) else read_file(template, TEMPLATE, TemplateError)
    )
    parts, problems = open_package(content, TEMPLATE)
    problems = problems or list(problems_of_links(parts))
    if problems:
        return tuple(problems)
    filled, problems = _filled_parts(content)
    return tuple(problems or _problems_of_parts(parts, filled))


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


def _problems_of_parts(parts: Mapping[str, bytes], filled: list[str]) -> list[Problem]:
    problems: list[Problem] = []
    for name in dict.fromkeys(filled):
        root = parse(parts[name])
        problems.extend(_problems_of_form(name, root))
        problems.extend(problems_of_tags(name, root, pictures=name == BODY))
    if STYLES in parts:
        problems.extend(_problems_of_form(STYLES, parse(parts[STYLES])))
    for name in sorted(set(parts) - set(filled)):
        if is_xml(name):
            problems.extend(_stray_tags(name, parts[name].decode(errors="replace")))
    return problems


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
