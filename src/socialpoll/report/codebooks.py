"""The codebook of a questionnaire: every variable, with its codes and what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.errors import CombinationsError
from socialpoll.report.bases import put_to
from socialpoll.report.blocks import (
    Block,
    Column,
    Figure,
    Message,
    Phrase,
    Row,
    Said,
    Section,
    Table,
    Text,
    Value,
)
from socialpoll.report.catalogues import catalogue_of
from socialpoll.report.codebook_words import (
    column_of,
    columns_told,
    kind_told,
    made_of,
    named,
    range_told,
    role_told,
)
from socialpoll.report.instrument import NOTHING, varied
from socialpoll.report.report import Publisher, Report
from socialpoll.report.wording import Wording
from socialpoll.responses import Responses, asked, counting_of, valid
from socialpoll.schema import (
    AnyDerived,
    Assignment,
    Derived,
    FreeText,
    Missing,
    Question,
    Questionnaire,
    Variable,
)
from socialpoll.schema.spelling import Spelt, held_by, spelt_out

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses import Scan

__all__ = ["Bases", "Codebook", "codebook"]

ANSWER, LACK = "answer", "missing"


class Bases(NamedTuple):
    """How many cases a question has.

    Attributes
    ----------
    asked, answered : int
        Interviews in which it was asked, and those with a valid answer.
    """

    asked: int
    answered: int


@dataclass(frozen=True, eq=False)
class Codebook:
    """What every variable and code of a poll stands for.

    Parameters
    ----------
    questionnaire : Questionnaire
    languages : tuple of str
        In which it can be written.
    publisher : Publisher
    bases : mapping of str to Bases
        By name of the variable; empty where no answers were given.
    """

    questionnaire: Questionnaire
    languages: tuple[str, ...]
    publisher: Publisher
    bases: Mapping[str, Bases] = field(default_factory=dict)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a code, and one for a variable without codes.

        ``variable``, ``kind`` and ``column`` (of the answers), ``code``, ``role`` (``answer`` or
        ``missing``), ``reason`` and ``in_base`` of missing codes; ``text`` and ``label`` in each
        language, as ``text_ar``; ``asked`` and ``answered`` where answers were given; ``made_of``,
        where any variable is derived: the codes that a group or net takes together, parted by
        ``|``.
        """
        import pandas as pd

        return pd.DataFrame([row for one in self._variables() for row in self._rows(one)])

    @cached_property
    def report(self) -> Report:
        """The codebook as a report: a list of all variables, then each with its codes."""
        wording = Wording(self.questionnaire, self.languages)
        several = list(self._variables())
        return Report(
            name="codebook",
            title=wording.in_words(Message("Codebook")),
            subtitle=self.questionnaire.title,
            languages=self.languages,
            publisher=self.publisher,
            sections=(
                self._overview(wording, several),
                *(self._section(wording, one) for one in several),
            ),
            synthetic=self.questionnaire.methodology.synthetic,
        )

    def _variables(self) -> Iterator[Variable]:
        yield from self.questionnaire.asked
        yield from self.questionnaire.derived

    def _rows(self, variable: Variable) -> Iterator[dict[str, object]]:
        common: dict[str, object] = {
            "variable": variable.name,
            "kind": variable.kind,
            "column": column_of(variable),
            **self._spoken("text", self._text(variable)),
        }
        if self.bases:
            known = self.bases.get(variable.name)
            common |= dict.fromkeys(Bases._fields) if known is None else known._asdict()
        codes = Wording(self.questionnaire, self.languages).codes(variable.name)
        held = held_by(self._spelt(variable)) if isinstance(variable, Derived) else {}
        for one in codes:
            lack = isinstance(one, Missing)
            yield common | {
                "column": column_of(variable, one),
                "code": one.code,
                "role": LACK if lack else ANSWER,
                "reason": one.reason if isinstance(one, Missing) else None,
                "in_base": one.in_base if isinstance(one, Missing) else None,
                **self._spoken("label", one.label),
                **self._made_of("|".join(map(str, held.get(str(one.code), ())))),
            }
        if not codes:
            nothing = {"code": None, "role": ANSWER, "reason": None, "in_base": None}
            yield common | nothing | self._made_of("")

    def _made_of(self, codes: str) -> dict[str, object]:
        return {"made_of": codes} if self.questionnaire.derived else {}

    def _spelt(self, derived: AnyDerived) -> Spelt:
        return spelt_out(derived, self.questionnaire.source_of(derived))

    def _text(self, variable: Variable) -> Mapping[str, str]:
        """Return the wording of a question, or the heading of a derived variable."""
        if isinstance(variable, Question):
            return variable.text
        return Wording(self.questionnaire, self.languages).heading(variable.name).words

    def _spoken(self, name: str, text: Mapping[str, str]) -> dict[str, object]:
        written = Wording(self.questionnaire, self.languages).in_words(Said(text))
        return {f"{name}_{tag}": words for tag, words in written.items()}

    def _overview(self, wording: Wording, variables: list[Variable]) -> Section:
        columns = [
            Column("variable", Message("Variable"), "label"),
            Column("heading", Message("Meaning"), "text"),
            Column("kind", Message("Kind"), "text"),
        ]
        if self.bases:
            columns.append(Column("asked", Message("Asked")))
            columns.append(Column("answered", Message("Answered")))
        rows = tuple(
            Row(
                (
                    named(one.name),
                    wording.heading(one.name),
                    self._kind(one),
                    *(Figure(count, "count") for count in self.bases.get(one.name, ())),
                )
            )
            for one in variables
        )
        notes = (Message("Interviews, unweighted."),) if self.bases else ()
        table = Table(Message("Variables, in the order of asking"), tuple(columns), rows, notes)
        return Section("variables", Message("Variables"), (table,), "variables")

    def _section(self, wording: Wording, variable: Variable) -> Section:
        blocks: list[Block] = [Text((one,)) for one in self._told(wording, variable)]
        codes = wording.codes(variable.name)
        if codes:
            columns: tuple[Column, ...] = (
                Column("code", Message("Code"), "text"),
                Column("label", Message("Answer"), "label"),
                Column("role", Message("Counts as"), "text"),
            )
            rows = tuple(
                Row((Said({"und": str(one.code)}), Said(one.label), role_told(one)))
                for one in codes
            )
            if isinstance(variable, Derived):
                columns = (*columns, Column("made_of", Message("Made of"), "text"))
                made = made_of(wording, self._spelt(variable))
                cells = (made.get(str(one.code), NOTHING) for one in codes)
                rows = tuple(Row((*row.cells, one)) for row, one in zip(rows, cells, strict=True))
            title = Message("Codes of {variable}", {"variable": named(variable.name)})
            blocks.append(Table(title, columns, rows))
        values: dict[str, Value] = {
            "variable": named(variable.name),
            "heading": wording.heading(variable.name),
        }
        title = Message("{variable}: {heading}", values)
        return Section("variable", title, tuple(blocks), variable.name)

    def _kind(self, variable: Variable) -> Phrase:
        if isinstance(variable, Derived):
            return kind_told(variable, self.questionnaire.source_of(variable))
        return kind_told(variable)

    def _told(self, wording: Wording, variable: Variable) -> Iterator[Phrase]:
        asked = isinstance(variable, Question) and not isinstance(variable, Assignment)
        if asked:
            yield Message("Question: {text}", {"text": Said(self._text(variable))})
        yield Message("Kind: {kind}", {"kind": self._kind(variable)})
        yield from range_told(variable)
        if asked:
            yield Message("Asked of: {who}", {"who": put_to(wording, variable.name)})
            for block in wording.blocks:
                if wording.whole(variable.name) in block.questions:
                    yield Message("Order of asking: {order}", {"order": varied(block)})
        if isinstance(variable, Derived):
            yield Message("Made from the answers to {variable}", {"variable": named(variable.of)})
        else:
            yield columns_told(variable)
        number = self.bases.get(variable.name)
        if number is not None:
            values: dict[str, Value] = {
                "asked": Figure(number.asked, "count"),
                "answered": Figure(number.answered, "count"),
            }
            yield Message("Interviews asked: {asked}; with a valid answer: {answered}", values)


def codebook(
    questionnaire: Questionnaire,
    responses: Responses | Scan | None = None,
    *,
    publisher: Publisher | None = None,
    threshold: int = 0,
) -> Codebook:
    """Make the codebook of a questionnaire.

    Parameters
    ----------
    questionnaire : Questionnaire
    responses : Responses or Scan, optional
        Adds to every variable in how many interviews it was asked, and answered. How often each
        answer was given is a figure like any other: it is for a release to show. Of a scan that
        costs a query a variable, and is not told of free texts and of what everybody answers
        otherwise.
    threshold : int
        Numbers of interviews below this are not told of a variable: that of the policy ``cells``
        under which the answers are released.
    publisher : Publisher, optional
        Who publishes it; the sponsor of the poll where absent.

    Returns
    -------
    Codebook
        In the languages of the questionnaire, English where it declares none.

    Raises
    ------
    ReportError
        A language without a catalogue.

    Examples
    --------
    >>> import socialpoll as sp
    >>> codes = [sp.Code(code="m", label="Male"), sp.Code(code="f", label="Female")]
    >>> sex = sp.Single(name="sex", text="Sex?", options=codes)
    >>> sp.codebook(sp.Questionnaire(title="Poll", questions=[sex])).frame["label_en"].tolist()
    ['Male', 'Female']
    """
    languages = questionnaire.languages or ("en",)
    for tag in languages:
        catalogue_of(tag)
    name = questionnaire.methodology.sponsor or {}
    bases = {} if responses is None else _bases(questionnaire, responses, threshold)
    return Codebook(questionnaire, languages, publisher or Publisher(name=name), bases)


def _bases(
    questionnaire: Questionnaire, responses: Responses | Scan, threshold: int
) -> dict[str, Bases]:
    made: dict[str, Bases] = {}
    for name in questionnaire.names:
        told = _answers_to(questionnaire[name], responses)
        if told is None:
            continue
        number, interviewed = counting_of(told.repeats).number, told.interviewed
        one = Bases(
            number(asked(told[name]) & interviewed), number(valid(told[name]) & interviewed)
        )
        others = (one.asked - one.answered, number(interviewed) - one.asked)
        if not {*one, *others}.intersection(range(1, threshold)):
            made[name] = one
    return made


def _answers_to(variable: Variable, responses: Responses | Scan) -> Responses | None:
    """Return the answers to a variable; None where they lie elsewhere and are many."""
    if isinstance(responses, Responses):
        return responses
    if isinstance(variable, FreeText):
        return None
    try:
        return responses.tally([variable.name])
    except CombinationsError:
        return None
