"""The words of a deck, in its language and fit to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.exporters.native.words import one_line
from socialpoll.exporters.slides.pages import Line, LineStyle
from socialpoll.exporters.word.tabular import table_variables
from socialpoll.report import Edition, Message, Phrase, Said, Section, Table, Text, Value

__all__ = ["Words"]

STYLES: dict[str, LineStyle] = {
    "lead": "lead",
    "bullet": "bullet",
    "note": "note",
    "source": "note",
}


@dataclass(frozen=True)
class Words:
    """Writes what an edition says.

    Parameters
    ----------
    edition : Edition
    """

    edition: Edition

    def of(self, phrase: Phrase) -> str:
        """Return a phrase, without breaks."""
        return one_line(self.edition.text(phrase))

    def say(self, key: str, **values: Value) -> str:
        """Return a message of the catalogues."""
        return self.of(Message(key, values))

    def paragraph(self, text: Text) -> str:
        """Return a paragraph."""
        return " ".join(filter(None, map(self.of, text.phrases)))

    def lines(self, section: Section, *, numbered: bool = False) -> list[Line]:
        """Return the paragraphs of a section as lines of slides, its lists numbered or not."""
        styles = {**STYLES, "bullet": "number"} if numbered else STYLES
        several = (
            Line(self.paragraph(one), styles.get(one.style, "body"))
            for one in section.blocks
            if isinstance(one, Text)
        )
        return [one for one in several if one.text]

    def part(self, title: str, number: int, of: int) -> str:
        """Return the title of one of several slides that belong together."""
        if of == 1:
            return title
        words = Said({self.edition.language: title})
        return self.say("{title} (part {number} of {of})", title=words, number=number, of=of)

    def sentences(self, section: Section) -> list[str]:
        """Return all that a section says in words."""
        paragraphs = (self.paragraph(one) for one in section.blocks if isinstance(one, Text))
        return [one for one in paragraphs if one]

    def table_lines(self, table: Table) -> list[str]:
        """Return a table as lines of words: its title, its head, its rows, its notes."""
        written = table_variables(self.edition, table)
        head = [_heading(column) for column in written["columns"]]
        rows = [[cell["text"] for cell in row["cells"]] for row in written["rows"]]
        lines = (" | ".join(" ".join(cell.split()) for cell in row) for row in [head, *rows])
        return [self.of(table.title), *lines, *map(self.of, table.notes)]


def _heading(column: dict[str, str]) -> str:
    return f"{column['group']}: {column['heading']}" if column["group"] else column["heading"]
