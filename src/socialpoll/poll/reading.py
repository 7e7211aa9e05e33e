"""Reading a poll file and what it names, with every mistake in one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from socialpoll.errors import (
    EstimationError,
    PollFileError,
    Problem,
    ProblemsError,
    ReportError,
)
from socialpoll.indicators import Breakdown, Compared, Precision
from socialpoll.poll.checking import check
from socialpoll.poll.comparison_checking import COMPARISONS
from socialpoll.poll.declared import Export, Publication, Reliability, Wanted
from socialpoll.poll.draft import Draft
from socialpoll.poll.editions import (
    PUBLISHED,
    SUPERSEDES,
    earlier_files,
    is_file,
)
from socialpoll.poll.engine_checking import check_engine
from socialpoll.poll.engine_reading import ENGINE
from socialpoll.poll.indicator_tables import INDICATORS, IndicatorTable, plainest
from socialpoll.poll.inputs import RESPONSES, input_names, named_in
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.outreach_reading import outreach_of, outreach_table
from socialpoll.poll.own_reading import house_style_of, own_sections_of
from socialpoll.poll.parts import (
    design_of,
    questionnaire_of,
    recipe_of,
    same_fields,
)
from socialpoll.poll.tables import (
    BannerTable,
    ChecksTable,
    ComparisonsTable,
    ExportTable,
    PollTable,
    PrecisionTable,
    PublicationTable,
)
from socialpoll.poll.wave_reading import WaveReader
from socialpoll.report import Banner, LifeCycle, Publisher
from socialpoll.responses import Checks
from socialpoll.schema import tables_of
from socialpoll.weighting import Recipe, Replication, replication_from

__all__ = ["parts_of_file"]


class _Read(NamedTuple):
    """One of several tables, with its place in the file."""

    where: str
    table: Any


def parts_of_file(path: str | Path) -> dict[str, Any]:
    """Read a poll file.

    Parameters
    ----------
    path : str or Path
        Of a TOML file in UTF-8.

    Returns
    -------
    dict
        The arguments of a Poll.

    Raises
    ------
    PollFileError
        With every mistake in the file, in its questionnaire and in its targets.
    """
    file = Path(path)
    notes = Notebook(file.name)
    written = tables_of(file)
    if isinstance(written, Problem):
        notes.take([written])
        raise PollFileError(file.name, notes.problems)
    parts = _parts(file, written, notes)
    if notes.problems:
        raise PollFileError(file.name, notes.problems)
    return parts


def _parts(file: Path, written: dict[str, Any], notes: Notebook) -> dict[str, Any]:
    folder = file.parent
    top = notes.table(PollTable, written, "")
    found = {key: named_in(notes, folder, key, written) for key in ("questionnaire", RESPONSES)}
    design = design_of(notes, written.get("design", {}))
    checks = _checks(notes, written)
    weighting = written.get("weighting")
    recipe = Recipe() if weighting is None else recipe_of(notes, folder, weighting)
    replication = _replication(notes, written)
    precision = _precision(notes, written)
    comparisons = _comparisons(notes, written)
    wanted = {one.where: one.table for one in _wanted(notes, written)}
    banners = {one.where: one.table for one in _banners(notes, written)}
    publication, sections = (
        _publication(notes, folder, written),
        own_sections_of(notes, folder, written),
    )
    exports = {one.where: one.table for one in _exports(notes, written)}
    draft = Draft(
        name=top.name if top is not None else None,
        design=design,
        checks=checks,
        questionnaire=questionnaire_of(notes, found["questionnaire"]),
        precision=precision,
        comparisons=comparisons,
        waves=_number_of_waves(written),
        wanted=wanted,
        outreach=outreach_table(notes, written),
        banners=banners,
        publication=publication,
        sections=sections,
        exports=exports,
    )
    draft = check(draft, notes)
    waves = WaveReader(notes, folder, written, draft, recipe).read()
    check_engine(draft, recipe, waves.waves, written, notes)
    return {
        "name": draft.name,
        "folder": folder,
        "questionnaire": draft.questionnaire,
        "source": waves.waves[-1].source if waves.waves else found[RESPONSES],
        "reader": written.get("reader"),
        "engine": written.get(ENGINE),
        "wave": written.get("wave"),
        "seed": written.get("seed"),
        "design": draft.design,
        "checks": draft.checks,
        "recipe": recipe,
        "replication": replication,
        "precision": precision,
        "comparisons": comparisons or Compared(),
        "indicators": tuple(draft.wanted.values()),
        "outreach": outreach_of(draft),
        "banners": tuple(draft.banners.values()),
        "publication": draft.publication,
        "exports": tuple(draft.exports.values()),
        "inputs": (file.name, *input_names(written, folder)),
        "waves": waves.waves,
        "breaks": waves.breaks,
        "respondent_id": waves.respondent_id,
    }


def _number_of_waves(written: Mapping[str, Any]) -> int:
    waves = written.get("waves", [])
    return len(waves) if isinstance(waves, list) else 1


def _checks(notes: Notebook, written: Mapping[str, Any]) -> Checks | None:
    table = notes.table(ChecksTable, written.get("checks", {}), "checks")
    return None if table is None else Checks(**same_fields(Checks, table))


def _replication(notes: Notebook, written: Mapping[str, Any]) -> Replication | None:
    weighting = written.get("weighting")
    table = weighting.get("replicates") if isinstance(weighting, Mapping) else None
    if not isinstance(table, Mapping):  # what is no table was told with the recipe
        return None
    try:
        return replication_from(table, where="weighting.replicates")
    except ProblemsError as error:
        notes.take(error.problems)
        return None


def _precision(notes: Notebook, written: Mapping[str, Any]) -> Precision:
    table = notes.table(PrecisionTable, written.get("precision", {}), "precision")
    return Precision() if table is None else Precision(**same_fields(Precision, table))


def _comparisons(notes: Notebook, written: Mapping[str, Any]) -> Compared | None:
    if COMPARISONS not in written:
        return None
    table = notes.table(ComparisonsTable, written[COMPARISONS], COMPARISONS)
    if table is None:
        return None
    try:
        return Compared(**same_fields(Compared, table))
    except EstimationError as error:
        place = f"{COMPARISONS}.{error.where}"
        notes.note(place, error.what, found=error.found, allowed=error.allowed, advice=error.advice)
        return None


def _wanted(notes: Notebook, written: Mapping[str, Any]) -> Iterator[_Read]:
    for where, table in _several(notes, written, "indicators", required=True):
        kinds = [key for key in INDICATORS if key in table]
        if len(kinds) != 1:
            what = "it is not said what is measured" if not kinds else "more than one is measured"
            allowed = f"one of the keys {', '.join(INDICATORS)}"
            notes.note(where, what, found=", ".join(kinds), allowed=allowed)
            continue
        read = notes.table(INDICATORS[kinds[0]], table, where)
        if read is not None and read.against is not None and not read.change:
            what, advice = "nothing is compared between waves", "add 'change = true'"
            notes.note(f"{where}.against", what, found=repr(read.against), advice=advice)
        if read is not None:
            by = None if read.by is None else plainest(read.by)
            yield _Read(where, _as_declared(read, by))


def _as_declared(read: IndicatorTable, by: tuple[Breakdown, ...] | None) -> Wanted:
    return Wanted(
        indicator=read.indicator(),
        by=by,
        compare=read.compare,
        change=(read.against or "previous") if read.change else None,
        trend=read.trend,
        chart=read.chart,
    )


def _banners(notes: Notebook, written: Mapping[str, Any]) -> Iterator[_Read]:
    for where, table in _several(notes, written, "banners"):
        read = notes.table(BannerTable, table, where)
        if read is None:
            continue
        crossed = (one if isinstance(one, str) else "|".join(one) for one in read.columns)
        named = same_fields(Banner, read) | {"columns": tuple(crossed)}
        try:
            yield _Read(where, Banner(**named))
        except ReportError as error:
            place = error.where.replace("Banner", where)
            notes.note(place, error.what, found=error.found, allowed=error.allowed)


def _publication(notes: Notebook, folder: Path, written: Mapping[str, Any]) -> Publication | None:
    if "publication" not in written:
        notes.note("publication", "the table is missing", advice="add [publication]")
        return None
    table = notes.table(PublicationTable, written["publication"], "publication")
    if table is None:
        return None
    publisher, limits = table.publisher, table.reliability
    life_cycle = LifeCycle(**same_fields(LifeCycle, table))
    before = [table.supersedes] if is_file(table.supersedes) else []
    if before:
        life_cycle = replace(life_cycle, supersedes="")
    elif table.correction:
        what, advice = "no release is corrected", "name its file in 'supersedes'"
        notes.note("publication.correction", what, advice=advice)
    superseded = earlier_files(notes, folder, SUPERSEDES, before)
    return Publication(
        title=table.title,
        subtitle=table.subtitle,
        languages=table.languages or (),
        by=plainest(table.by),
        publisher=Publisher(**same_fields(Publisher, publisher)),
        maps={name: one.tiles for name, one in table.maps.items()},
        style=house_style_of(notes, folder, table.style),
        life_cycle=life_cycle,
        reliability=Reliability(**same_fields(Reliability, limits)),
        full_precision=table.full_precision,
        supersedes=next(iter(superseded), None),
        correction=table.correction,
        already_published=earlier_files(notes, folder, PUBLISHED, table.already_published),
        policy=table.policy,
        threshold=table.threshold,
        zeros=table.zeros,
        harm=table.harm,
    )


def _exports(notes: Notebook, written: Mapping[str, Any]) -> Iterator[_Read]:
    for where, table in _several(notes, written, "exports"):
        read = notes.table(ExportTable, table, where)
        if read is not None:
            # The options as TOML read them: a date is still a date.
            options = dict(table.get("options", {}))
            export = Export(
                exporter=read.exporter,
                languages=read.languages or (),
                digits=read.digits,
                for_each=None if read.for_each is None else plainest((read.for_each,))[0],
                isolated=read.isolated,
                options=options,
            )
            yield _Read(where, export)


def _several(
    notes: Notebook, written: Mapping[str, Any], key: str, *, required: bool = False
) -> Iterator[tuple[str, dict[str, Any]]]:
    tables = written.get(key, [])
    if not isinstance(tables, list):
        notes.note(key, "of the wrong kind", allowed=f"tables headed [[{key}]]")
        return
    if required and not tables:
        notes.note(key, "there is none", advice=f"add at least one table headed [[{key}]]")
    for number, table in enumerate(tables, start=1):
        if isinstance(table, dict):
            yield f"{key}[{number}]", table
        else:
            notes.note(f"{key}[{number}]", "of the wrong kind", allowed="a table")
