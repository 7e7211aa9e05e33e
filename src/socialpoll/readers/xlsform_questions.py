"""The rows of a form as questions, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from socialpoll.errors import ExpressionError, Problem
from socialpoll.forms.constraints import Limits, limits_of
from socialpoll.forms.names import HEADINGS
from socialpoll.forms.reading_conditions import condition_of
from socialpoll.forms.texts import read_words
from socialpoll.readers.xlsform_choices import Choices, choices_of
from socialpoll.readers.xlsform_grids import grid_of
from socialpoll.readers.xlsform_notes import FormNotes
from socialpoll.readers.xlsform_rules import rules_of
from socialpoll.schema import (
    UNDETERMINED,
    All,
    AnyConstraint,
    AnyQuestion,
    ClockBand,
    Condition,
    Date,
    FreeText,
    Missing,
    Multiple,
    Number,
    OneAnswer,
    Scale,
    Shown,
    Single,
    TimeOfDay,
)
from socialpoll.schema.keys import number_of

__all__ = ["FormReading"]

NOT_ASKED = ("note", "calculate", "start", "end", "today", "deviceid", "phonenumber", "username")
WHOLE_DAY = ClockBand(code="day", label={"en": "Day", "ar": "اليوم"}, start="00:00", end="24:00")
READ = {"type", "name", "label", "itemset", "list_name", "choices", "control", "bind", "unit"}
READ_OF_TABLES = {*READ, "children", "ordered"}
READ_BINDS = {"relevant", "constraint", "jr:constraintMsg"}
Row = Mapping[str, Any]


@dataclass
class FormReading:
    """Reads questions one after the other.

    Parameters
    ----------
    notes : FormNotes
    convention : sequence of Missing
        Codes that stand for the lack of an answer wherever they are.
    lists : mapping of str to sequence of mapping
        Choices by the name of their list, of questions that do not hold their own.
    """

    notes: FormNotes
    convention: Sequence[Missing] = ()
    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    asked: dict[str, OneAnswer] = field(default_factory=dict)
    constraints: list[AnyConstraint] = field(default_factory=list)

    def questions(self, rows: Sequence[Row], routes: tuple[str, ...] = ()) -> Iterator[AnyQuestion]:
        """Yield the questions of a form or group.

        Parameters
        ----------
        rows : sequence of mapping
            As pyxform gives them.
        routes : tuple of str
            Relevance of the groups around them.
        """
        for row in rows:
            name, kind = str(row.get("name", "")), str(row["type"])
            here = (*routes, relevant) if (relevant := _bind(row, "relevant")) else routes
            if kind == "group":
                yield from () if name == "meta" else self._group(row, here)
            elif kind in REFUSED:
                self.notes.problem(Problem(REFUSED[kind], f"{kind} {name!r}", advice=INSTEAD[kind]))
            elif kind in KINDS and not name.startswith(HEADINGS):
                question = replace(KINDS[kind](self, row), asked_if=self._routing(name, here))
                self.constraints += rules_of(row.get("bind", {}), question, self.asked, self.notes)
                self.asked[name] = question
                self._mention(row)
                yield question
            elif not name.startswith(HEADINGS):
                why = "not asked" if kind in NOT_ASKED else "without a counterpart"
                self.notes.gather(f"of type {kind!r}, {why}, and left out", name)

    def _group(self, row: Row, routes: tuple[str, ...]) -> Iterator[AnyQuestion]:
        """Yield the questions of a group, or the grid that a table of questions is."""
        name, children = str(row["name"]), row.get("children", ())
        asked = tuple(self.questions(children, routes))
        headings = [str(one.get("name", "")) for one in children]
        if not any(one.startswith(HEADINGS) for one in headings):
            yield from asked
            return
        # pyxform moves the words of a table into a row of their own.
        caption: Row = next(filter(_is_caption, children), {})
        common = self._common({"name": name, "label": caption.get("label")})
        if str(row.get("ordered", "")).casefold() in {"yes", "true"}:
            common["ordered"] = True
        grid = grid_of(common, asked)
        if grid is None:
            what = "tables of questions that differ in more than their words are read one by one"
            self.notes.gather(what, name)
            yield from asked
            return
        items = {id(one): item for one, item in zip(asked, grid.variables, strict=True)}
        self.asked = {key: items.get(id(one), one) for key, one in self.asked.items()}
        self._mention({**row, "hint": caption.get("hint")}, READ_OF_TABLES)
        yield grid

    def single(self, row: Row) -> OneAnswer:
        """Read a choice of one; a row of points with scores, or shown as such, is a scale."""
        choices = self._choices(row)
        appearance = str(row.get("control", {}).get("appearance", ""))
        kind = Scale if choices.scored or "likert" in appearance.split() else Single
        self._limits(row)
        return kind(
            **self._common(row),
            code_type=choices.code_type,
            options=choices.options,
            options_order=_order(row),
            missing=choices.missing,
        )

    def multiple(self, row: Row) -> OneAnswer:
        """Read a choice of several, which forms give in one cell."""
        choices, limits = self._choices(row), self._limits(row, "exclusive")
        codes = {str(one.code) for one in choices.options}
        codes |= {str(one.code) for one in choices.missing}
        for one in set(limits.exclusive) - codes:
            self._unread(row, "constraint", f"there is no choice {one!r}")
        options = tuple(
            replace(one, exclusive=str(one.code) in limits.exclusive) for one in choices.options
        )
        return Multiple(
            **self._common(row),
            code_type=choices.code_type,
            options=options,
            options_order=_order(row),
            missing=choices.missing,
            layout="cell",
        )

    def number(self, row: Row) -> OneAnswer:
        """Read a number with its range; codes beside the range are missing by convention only."""
        name = str(row["name"])
        limits = self._limits(row, "minimum", "maximum", "allowed")
        if row["type"] == "range":
            limits = _of_range(row.get("parameters", {}))
        unit = read_words(row.get("unit"), self.notes.languages)
        if not unit:
            self.notes.gather("numbers without a unit, which are counted in 'units'", name)
        missing = tuple(one for one in self.convention if number_of(one.code) in limits.allowed)
        known = {number_of(one.code) for one in missing}
        strange = [one for one in limits.allowed if one not in known]
        if strange:
            found = ", ".join(f"{one:g}" for one in strange)
            self._unread(row, "constraint", f"nobody declares what {found} stands for")
        return Number(
            **self._common(row),
            unit=unit or {UNDETERMINED: "units"},
            minimum=limits.minimum,
            maximum=limits.maximum,
            missing=missing,
        )

    def time(self, row: Row) -> OneAnswer:
        """Read a time of day; its bands are for the questionnaire to declare."""
        self.notes.gather("times without bands of the day, which is one band", str(row["name"]))
        self._limits(row)
        return TimeOfDay(**self._common(row), bands=(self._day(),))

    def words(self, row: Row) -> OneAnswer:
        """Read a question for words of one's own."""
        question, limits = FreeText(**self._common(row)), self._limits(row, "longest")
        return question if limits.longest is None else replace(question, longest=limits.longest)

    def date(self, row: Row) -> OneAnswer:
        """Read a question for a day with its limits."""
        limits = self._limits(row, "earliest", "latest")
        return Date(**self._common(row), earliest=limits.earliest, latest=limits.latest)

    def _common(self, row: Row) -> dict[str, Any]:
        """Return the fields of every kind of question."""
        name = str(row["name"])
        plain = name.lstrip("_") or "q"
        text = read_words(row.get("label"), self.notes.languages)
        if not text:
            self.notes.gather("without words, so that the name stands for them", name)
        if any("${" in words for words in text.values()):
            self.notes.gather("with answers to other questions in the words, kept as ${…}", name)
        column = {} if plain == name else {"column": name}
        return {"name": plain, "text": text or name} | column

    def _choices(self, row: Row) -> Choices:
        listed = row.get("choices") or self.lists.get(str(row.get("itemset", "")), ())
        if not listed:
            what = "the choices are not in the form"
            where = f"question {row['name']!r}"
            advice = "write them in the sheet choices, not in a file of their own"
            self.notes.problem(Problem(what, where, advice=advice))
        return choices_of(str(row["name"]), listed, self.convention, self.notes)

    def _routing(self, name: str, routes: Sequence[str]) -> Condition | None:
        """Return the condition that all relevance together is, as far as it has a counterpart."""
        found: list[Condition] = []
        for text in routes:
            try:
                condition = condition_of(text, self.asked)
            except ExpressionError as error:
                self.notes.say(
                    f"the relevance of {name!r}, {text!r}, has no counterpart, so that the "
                    f"question counts as asked without it: {error}"
                )
                continue
            if condition is not None:
                found += condition.conditions if isinstance(condition, All) else [condition]
        return All(*found) if len(found) > 1 else found[0] if found else None

    def _limits(self, row: Row, *kinds: str) -> Limits:
        """Return what the constraint of a row says; limits of other kinds are told."""
        text = _bind(row, "constraint")
        limits = Limits()
        try:
            limits = limits_of(text, whole=row["type"] == "integer") if text else limits
        except ExpressionError as error:
            self._unread(row, "constraint", str(error))
        if any(value not in {None, ()} and key not in kinds for key, value in vars(limits).items()):
            self._unread(row, "constraint", "answers of this type have no such limit")
        return limits

    def _unread(self, row: Row, key: str, why: str) -> None:
        self.notes.unread(key, str(row["name"]), _bind(row, key), why)

    def _mention(self, row: Row, read: AbstractSet[str] = READ) -> None:
        """Tell what else a row of the form says."""
        keys = [key for key in row if key not in read and row[key]]
        if row.get("hint") == row.get("unit"):
            keys = [key for key in keys if key != "hint"]
        if row["type"] == "range" or set(row.get("parameters", ())) == {"randomize"}:
            keys = [key for key in keys if key != "parameters"]
        keys += [key for key in row.get("bind", {}) if key not in READ_BINDS]
        for key in keys:
            self.notes.gather(f"what the form says under {key!r} is left out", str(row["name"]))

    def _day(self) -> ClockBand:
        tags = set(self.notes.languages.values()) - {"und"}
        label = {tag: WHOLE_DAY.label[tag] for tag in tags if tag in WHOLE_DAY.label}
        translated = bool(tags) and len(label) == len(tags)
        return replace(WHOLE_DAY, label=label if translated else {UNDETERMINED: "00:00–24:00"})


KINDS: Mapping[str, Callable[[FormReading, Row], OneAnswer]] = {
    "select one": FormReading.single,
    "select all that apply": FormReading.multiple,
    "integer": FormReading.number,
    "decimal": FormReading.number,
    "range": FormReading.number,
    "time": FormReading.time,
    "text": FormReading.words,
    "date": FormReading.date,
}
REFUSED = {
    "repeat": "a repeat is asked several times of one respondent, and has a table of its own",
    "rank": "an order of options is no answer that a questionnaire can hold",
}
INSTEAD = {
    "repeat": "ask about each in a question of its own, or read that form without the repeat",
    "rank": "ask for the first, the second and so on, each in a question of its own",
}


def _bind(row: Row, key: str) -> str:
    return str(row.get("bind", {}).get(key, ""))


def _order(row: Row) -> Shown:
    """Return in which order the choices of a row are shown."""
    shuffled = str(row.get("parameters", {}).get("randomize", "")).casefold() in {"true", "yes"}
    return "random" if shuffled else "listed"


def _is_caption(row: Row) -> bool:
    return str(row.get("name", "")).startswith(HEADINGS[0])


def _of_range(parameters: Mapping[str, str]) -> Limits:
    """Return the limits of a range, which are those of XLSForm where it has none of its own."""
    low, high = number_of(parameters.get("start", "1")), number_of(parameters.get("end", "10"))
    return Limits(
        low if isinstance(low, float) else None, high if isinstance(high, float) else None
    )
