"""A form as a questionnaire: its questions, their routing, and what has no counterpart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from socialpoll import (
    All,
    Code,
    Date,
    FreeText,
    Grid,
    Item,
    Multiple,
    Number,
    Questionnaire,
    Scale,
    Single,
)
from socialpoll.errors import ExpressionError
from socialpoll.readers.names import plain_names
from socialpoll.readers.notes import Notes
from socialpoll.schema import AnyQuestion, Condition
from socialpoll_surveyjs.conditions import condition_of
from socialpoll_surveyjs.options import codes_of, missing_of, rating_of, typed
from socialpoll_surveyjs.words import Words

__all__ = ["SEPARATOR", "FormReading"]

Row = Mapping[str, Any]
SEPARATOR = "|"
"""Between the codes of a cell of several: no code has it."""
NOT_ASKED = {"html", "image", "expression"}
"""Elements that show something and ask nothing."""
READ = {
    *("type", "name", "title", "choices", "visibleIf", "isRequired", "description", "inputType"),
    *("hasNone", "showNoneItem", "noneText", "hasOther", "showOtherItem", "otherText"),
    *("showDontKnowItem", "dontKnowText", "showRefuseItem", "refuseText", "choicesOrder"),
    *("rateValues", "rateMin", "rateMax", "rateStep", "rateCount", "rateType"),
    *("minRateDescription", "maxRateDescription", "min", "max", "maxLength", "rows", "columns"),
    *("labelTrue", "labelFalse", "valueTrue", "valueFalse", "colCount", "hasSelectAll"),
    *("showSelectAllItem", "selectAllText", "width", "minWidth", "maxWidth", "startWithNewLine"),
}
"""What is read of a question, or says nothing of what was asked."""


class FormReading:
    """Reads a form.

    Parameters
    ----------
    form : mapping
        As SurveyJS saves it.
    notes : Notes
        Takes what has no counterpart.
    """

    def __init__(self, form: Row, notes: Notes) -> None:
        self.form = form
        self.notes = notes
        self.words = Words(str(form.get("locale") or "en"))
        self.asked: dict[str, AnyQuestion] = {}
        rows = list(_questions(form))
        self._names = plain_names([str(row["name"]) for row, _ in rows])
        self._rows = rows

    def questionnaire(self, instead: str) -> Questionnaire:
        """Return the questionnaire; ``instead`` is the title of a form without one."""
        title = self.words.of(self.form.get("title"), instead)
        for row, routes in self._rows:
            question = self._question(row)
            if question is not None:
                routed = self._routed(str(row["name"]), routes)
                self.asked[str(row["name"])] = replace(question, asked_if=routed)
        questions = tuple(self.asked.values())
        spoken = tuple(self.words.spoken)
        lacking = {tag: [one.name for one in questions if _lacks(one, tag)] for tag in spoken}
        for tag, names in lacking.items():
            if names:
                self.notes.add(f"not all words are in {tag!r}, no language of the whole", *names)
        whole = tuple(tag for tag in spoken if not lacking[tag] and _has(title, tag))
        return Questionnaire(title=title, languages=whole, questions=questions)

    def _question(self, row: Row) -> AnyQuestion | None:
        kind, name = str(row.get("type")), str(row["name"])
        if kind in NOT_ASKED:
            self.notes.add(f"elements of type {kind!r} ask nothing and are left out", name)
            return None
        if kind not in KINDS:
            what = f"questions of type {kind!r} have no counterpart and are left out"
            self.notes.add(what, name)
            return None
        for key in row:
            if key not in READ:
                self.notes.add(f"what the form says under {key!r} is left out", name)
        return KINDS[kind](self, row)

    def common(self, row: Row) -> dict[str, Any]:
        """Return the fields of every kind of question."""
        name = str(row["name"])
        plain = self._names[name]
        column = {} if plain == name else {"column": name}
        return {"name": plain, "text": self.words.of(row.get("title"), name), **column}

    def single(self, row: Row) -> AnyQuestion | None:
        """Read a choice of one."""
        codes = self._codes(row, several=False)
        if not codes:
            return None
        missing = self._missing(row)
        return Single(**self.common(row), options_order=_order(row), **typed(codes, missing))

    def multiple(self, row: Row) -> AnyQuestion | None:
        """Read a choice of several."""
        codes = self._codes(row, several=True)
        if not codes:
            return None
        return Multiple(
            **self.common(row),
            options_order=_order(row),
            layout="cell",
            separator=SEPARATOR,
            **typed(codes, self._missing(row)),
        )

    def rating(self, row: Row) -> AnyQuestion | None:
        """Read a rating, lowest first."""
        return Scale(**self.common(row), **typed(tuple(rating_of(row, self.words))))

    def boolean(self, row: Row) -> AnyQuestion | None:
        """Read a question of yes and no."""
        sides = (("valueTrue", True, "labelTrue", "Yes"), ("valueFalse", False, "labelFalse", "No"))
        codes = tuple(
            Code(
                code=_written(row.get(value, usual)),
                label=self.words.of(row.get(label), instead),
            )
            for value, usual, label, instead in sides
        )
        return Single(**self.common(row), options=codes)

    def text(self, row: Row) -> AnyQuestion | None:
        """Read a field: of a number, of a day, or of words."""
        kind = row.get("inputType", "text")
        if kind == "number":
            self.notes.add("numbers without a unit, counted in 'units'", str(row["name"]))
            low, high = _limit(row, "min"), _limit(row, "max")
            unit = self.words.of(None, "units")
            return Number(**self.common(row), unit=unit, minimum=low, maximum=high)
        if kind == "date":
            first, last = _day(row.get("min")), _day(row.get("max"))
            return Date(**self.common(row), earliest=first, latest=last)
        if kind not in {"text", "email", "tel", "url", "password"}:
            self.notes.add(f"fields of type {kind!r} are read as words", str(row["name"]))
        fields = self.common(row)
        if row.get("maxLength", 0) > 0:
            fields["longest"] = row["maxLength"]
        return FreeText(**fields)

    def matrix(self, row: Row) -> AnyQuestion | None:
        """Read a table of items that are answered from one list."""
        codes = tuple(codes_of({"choices": row.get("columns", ())}, self.words, several=False))
        listed = tuple(codes_of({"choices": row.get("rows", ())}, self.words, several=False))
        if not codes or not listed:
            self.notes.add("a matrix without rows or columns is left out", str(row["name"]))
            return None
        plain = plain_names([str(one.code) for one in listed])
        items = tuple(
            Item(
                code=plain[str(one.code)],
                label=one.label,
                column=f"{row['name']}.{one.code}",
            )
            for one in listed
        )
        return Grid(**self.common(row) | {"column": None}, items=items, **typed(codes))

    def _codes(self, row: Row, *, several: bool) -> tuple[Code, ...]:
        name = str(row["name"])
        codes = tuple(codes_of(row, self.words, several=several))
        if not codes:
            self.notes.add("the choices are not in the form, so it is left out", name)
        if row.get("showOtherItem", row.get("hasOther")):
            self.notes.add("what was written beside 'other' is not read as a question", name)
        if row.get("choicesOrder") in {"asc", "desc"}:
            self.notes.add("choices are shown in the order of their words, here as listed", name)
        return codes

    def _missing(self, row: Row) -> tuple[Any, ...]:
        missing = tuple(missing_of(row, self.words))
        for one in missing:
            base = "counts" if one.in_base else "does not count"
            self.notes.add(f"it was assumed that {one.code!r} {base} in the base", str(row["name"]))
        return missing

    def _routed(self, name: str, routes: tuple[str, ...]) -> Condition | None:
        """Return the condition that all of ``visibleIf`` is, as far as it has a counterpart."""
        found: list[Condition] = []
        for text in routes:
            try:
                found.append(condition_of(text, self.asked))
            except ExpressionError as error:
                what = f"{text!r} has no counterpart ({error.found}), so it counts as asked anyway"
                self.notes.add(what, name)
        return All(*found) if len(found) > 1 else next(iter(found), None)


KINDS: Mapping[str, Callable[[FormReading, Row], AnyQuestion | None]] = {
    "radiogroup": FormReading.single,
    "dropdown": FormReading.single,
    "buttongroup": FormReading.single,
    "checkbox": FormReading.multiple,
    "tagbox": FormReading.multiple,
    "rating": FormReading.rating,
    "boolean": FormReading.boolean,
    "text": FormReading.text,
    "comment": FormReading.text,
    "matrix": FormReading.matrix,
}


def _questions(part: Row, routes: tuple[str, ...] = ()) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Yield the questions of a form, page or panel, with all that decides whether they are seen."""
    for key in ("pages", "elements", "questions"):
        for row in part.get(key, ()):
            own = (*routes, row["visibleIf"]) if row.get("visibleIf") else routes
            if key == "pages" or row.get("type") == "panel":
                yield from _questions(row, own)
            else:
                yield row, own


def _order(row: Row) -> Any:  # noqa: ANN401 - one of the words of the questionnaire
    return "random" if row.get("choicesOrder") == "random" else "listed"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _limit(row: Row, key: str) -> float | None:
    """Return a limit of a number, from the field or from its validator."""
    of_rules = (
        one.get(f"{key}Value") for one in row.get("validators", ()) if one.get("type") == "numeric"
    )
    found = next((one for one in (row.get(key), *of_rules) if one is not None), None)
    return None if found is None else float(found)


def _day(value: object) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(str(value)[:10])


def _has(text: Mapping[str, str], tag: str) -> bool:
    return tag in text or "und" in text


def _lacks(question: AnyQuestion, tag: str) -> bool:
    labelled = (
        *getattr(question, "options", ()),
        *question.missing,
        *getattr(question, "items", ()),
    )
    texts = [question.text, *(one.label for one in labelled)]
    return not all(_has(one, tag) for one in texts)
