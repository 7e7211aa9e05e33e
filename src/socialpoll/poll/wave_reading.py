"""Reading ``[[waves]]`` and ``[[breaks]]``, and what they say of one another and of the poll."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from socialpoll.poll.checking import check_design, check_text
from socialpoll.poll.draft import Draft
from socialpoll.poll.engine_reading import ENGINE, RESPONSES, answer_files, lying_inside
from socialpoll.poll.files import named_inside
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.parts import design_of, questionnaire_of, recipe_of, target_files
from socialpoll.poll.wave_checking import check_together, check_used
from socialpoll.poll.wave_tables import BreakTable, WaveTable
from socialpoll.poll.wave_terms import Interpreter
from socialpoll.poll.waves import Wave
from socialpoll.responses import SampleDesign
from socialpoll.schema import Declaration, Questionnaire, Text
from socialpoll.schema.keys import PLAIN_RULE, is_plain
from socialpoll.weighting import WAVE, Break, Recipe, break_problems

__all__ = ["WaveReader", "WavesRead", "wave_files"]


@dataclass(frozen=True, kw_only=True)
class WavesRead:
    """What a poll file says of waves.

    Attributes
    ----------
    waves : tuple of Wave
    breaks : tuple of Break
    respondent_id : str or None
    """

    waves: tuple[Wave, ...] = ()
    breaks: tuple[Break, ...] = ()
    respondent_id: str | None = None


@dataclass
class WaveReader:
    """Reads the waves of a poll file.

    Attributes
    ----------
    notes : Notebook
        Takes the problems.
    folder : Path
        Of the poll file.
    written : mapping
        The poll file as TOML read it.
    draft : Draft
        What else is in it.
    recipe : Recipe
        Of waves that declare no weighting of their own.
    """

    notes: Notebook
    folder: Path
    written: Mapping[str, Any]
    draft: Draft
    recipe: Recipe
    names: list[str] = field(default_factory=list)

    def read(self) -> WavesRead:
        """Return the waves and breaks; what is wrong with them is noted."""
        waves = {where: one for where, one in self._tables("waves") if isinstance(one, dict)}
        if waves:
            self._check_top()
        else:
            self._check_without()
        self.names = [one["name"] for one in waves.values() if isinstance(one.get("name"), str)]
        found = [self._wave(where, one) for where, one in waves.items()]
        made = tuple(one for one in found if one is not None)
        breaks = self._breaks()
        if len(made) == len(waves):
            check_together(made, self.notes)
            check_used(made, breaks, self.draft, self.notes)
        return WavesRead(waves=made, breaks=breaks, respondent_id=self._respondent)

    @property
    def _respondent(self) -> str | None:
        name = self.written.get("respondent_id")
        return name if isinstance(name, str) and name else None

    def _tables(self, key: str) -> Iterator[tuple[str, object]]:
        tables = self.written.get(key, [])
        if not isinstance(tables, list):
            self.notes.note(key, "of the wrong kind", allowed=f"tables headed [[{key}]]")
            return
        for number, table in enumerate(tables, start=1):
            if not isinstance(table, dict):
                self.notes.note(f"{key}[{number}]", "of the wrong kind", allowed="a table")
            yield f"{key}[{number}]", table

    def _check_without(self) -> None:
        """Note what only a poll with waves has."""
        if "responses" not in self.written:
            self.notes.note("responses", "the key 'responses' is missing")
        advice = "declare the waves under [[waves]], or leave it out"
        for key in ("breaks", "respondent_id"):
            if key in self.written:
                self.notes.note(key, "there are no waves", advice=advice)
        for where, one in self.draft.wanted.items():
            for key in ("change", "trend"):
                if getattr(one, key):
                    self.notes.note(f"{where}.{key}", "there are no waves to follow", advice=advice)

    def _check_top(self) -> None:
        """Note what a poll with waves does not have."""
        for key in ("responses", "reader", "wave"):
            if key in self.written:
                advice = f"say it in each of [[waves]]{', as its name' if key == WAVE else ''}"
                self.notes.note(key, "a poll with waves has none of its own", advice=advice)
        weighting = self.written.get("weighting")
        if isinstance(weighting, Mapping) and "replicates" in weighting:
            what = "stacked waves have no replicates"
            advice = "leave them out: standard errors are then linearised"
            self.notes.note("weighting.replicates", what, advice=advice)
        if self.draft.design is not None:
            self._check_units(self.draft.design, "respondent_id")
        asked = self.draft.questionnaire
        if asked is not None and WAVE in asked.names:
            what = f"a question is called {WAVE!r}, as the variable that holds the waves"
            self.notes.note("questionnaire", what, advice="give it another name")

    def _wave(self, where: str, written: dict[str, Any]) -> Wave | None:
        table = self.notes.table(WaveTable, written, where)
        if table is None:
            return None
        self._check_table(where, table)
        source = self._source(f"{where}.{RESPONSES}", table.responses)
        own, design = self._own_questionnaire(where, table), self._design(where, table)
        recipe, asked = self._recipe(where, written), self.draft.questionnaire
        lost = table.questionnaire is not None and own is None
        if asked is None or design is None or source is None or lost:
            return None
        interpreter = Interpreter(table, asked, own, design, self.notes, where)
        questionnaire, harmony = interpreter.read()
        if design.clusters is None and self._respondent is not None:
            design = replace(design, clusters=self._respondent)
            harmony = replace(harmony, respondent=self._respondent)
        return Wave(
            name=table.name,
            label=table.label,
            source=source,
            reader=table.reader,
            questionnaire=_told(questionnaire, asked, table),
            design=design,
            recipe=recipe,
            harmony=harmony,
            not_offered=table.not_offered,
            time=table.time,
            files=tuple(wave_files({**self.written, "waves": [written]}, self.folder)),
        )

    def _source(self, where: str, name: str) -> Path | None:
        if ENGINE in self.written:
            return lying_inside(self.notes, self.folder, name, where)
        return named_inside(self.notes, self.folder, where, name)

    def _check_text(self, where: str, text: Text) -> None:
        if self.draft.publication is not None:
            check_text(where, text, self.draft.publication, self.notes)

    def _own_questionnaire(self, where: str, table: WaveTable) -> Questionnaire | None:
        if table.questionnaire is None:
            return None
        key = f"{where}.questionnaire"
        file = named_inside(self.notes, self.folder, key, table.questionnaire)
        return questionnaire_of(self.notes, file)

    def _check_table(self, where: str, table: WaveTable) -> None:
        """Note what a wave says of itself that cannot be."""
        self._check_text(f"{where}.label", table.label)
        place, found = f"{where}.name", repr(table.name)
        if not is_plain(table.name):
            self.notes.note(place, "a name that is not plain", found=found, allowed=PLAIN_RULE)
        if self.names.count(table.name) > 1:
            what, advice = "several waves have this name", "give every wave a name of its own"
            self.notes.note(place, what, found=found, advice=advice)
        start, end = table.fieldwork_start, table.fieldwork_end
        if start is not None and end is not None and end < start:
            what, allowed = "it ends before it starts", f"{start} or later"
            self.notes.note(f"{where}.fieldwork_end", what, found=str(end), allowed=allowed)
        if table.reader == "kobo" and (table.columns or table.codes):
            what = "submissions to a form have the names and codes of their questionnaire"
            advice = "leave 'columns' and 'codes' out, or read the export as a plain table"
            self.notes.note(f"{where}.reader", what, found="'kobo'", advice=advice)

    def _design(self, where: str, table: WaveTable) -> SampleDesign | None:
        """Return the design of a wave: the poll's, with its own differences."""
        written, poll = table.design, self.draft.design
        if written is None or poll is None:
            return poll
        place = f"{where}.design"
        if isinstance(written, Mapping):
            written = {**self.written.get("design", {}), **written}
        design = design_of(self.notes, written, place)
        if design is not None:
            check_design(design, self.notes, place)
            if design.clusters != poll.clusters:
                self._check_units(design, f"{place}.clusters")
        return design

    def _check_units(self, design: SampleDesign, place: str) -> None:
        """Note clusters beside respondents that shall be the units in common."""
        if self._respondent is None or design.clusters in (None, self._respondent):
            return
        what = "units in common are respondents, but the design samples clusters"
        advice = "name the column of the clusters as respondent_id, where the same ones were kept"
        self.notes.note(place, what, found=repr(self._respondent), advice=advice)

    def _recipe(self, where: str, written: Mapping[str, Any]) -> Recipe:
        if "weighting" not in written:
            return self.recipe
        weighting, place = written["weighting"], f"{where}.weighting"
        if isinstance(weighting, Mapping) and "replicates" in weighting:
            self.notes.note(f"{place}.replicates", "stacked waves have no replicates")
        return recipe_of(self.notes, self.folder, weighting, place)

    def _breaks(self) -> tuple[Break, ...]:
        breaks: dict[str, Break] = {}
        for where, one in self._tables("breaks"):
            table = self.notes.table(BreakTable, one, where) if isinstance(one, dict) else None
            if table is not None:
                question, wave, reason = table.question, table.since, table.reason
                breaks[where] = Break(question=question, wave=wave, reason=reason)
                if all(words.strip() for words in reason.values()):  # else told with the break
                    self._check_text(f"{where}.reason", reason)
        several, asked = tuple(breaks.values()), self.draft.questionnaire
        if asked is None or not self.names:
            return several
        known = (*asked.names, *asked.grids)
        for number, one in break_problems(several, self.names, known):
            place = f"{list(breaks)[number]}.{one.where}"
            self.notes.note(
                place, one.what, found=one.found, allowed=one.allowed, advice=one.advice
            )
        return several


def wave_files(written: Mapping[str, Any], folder: Path) -> list[str]:
    """Return the names of all files that the waves of a poll file name."""
    waves = written.get("waves", [])
    names: list[Any] = []
    for one in waves if isinstance(waves, list) else []:
        if isinstance(one, Mapping):
            answers = one.get(RESPONSES)
            names.append(one.get("questionnaire"))
            names += answer_files(folder, answers, written) if isinstance(answers, str) else []
            names += target_files(one.get("weighting"))
    return [one for one in names if isinstance(one, str)]


def _told(questionnaire: Questionnaire, asked: Questionnaire, table: WaveTable) -> Questionnaire:
    """Return what was asked under the title of the poll, with the account of how it was made.

    What the wave's own questionnaire does not declare is as the poll's says.
    """
    unsaid = Declaration()
    own = {
        one.name: getattr(questionnaire.methodology, one.name)
        for one in fields(Declaration)
        if getattr(questionnaire.methodology, one.name) != getattr(unsaid, one.name)
    }
    dates: dict[str, dt.date] = {
        name: day
        for name in ("fieldwork_start", "fieldwork_end")
        if (day := getattr(table, name)) is not None
    }
    methodology = replace(asked.methodology, **(own | dates))
    if questionnaire is asked and not dates:
        return asked
    return replace(
        questionnaire, title=asked.title, languages=asked.languages, methodology=methodology
    )
