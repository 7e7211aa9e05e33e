"""From a release to a report: sections, sentences, tables, charts and the methodology card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.errors import ReportError, nearest
from socialpoll.report.banner_blocks import block_of
from socialpoll.report.banner_layout import Layout, layout_of
from socialpoll.report.banners import Banner
from socialpoll.report.blocks import Block, Message, Phrase, Said, Section, Text
from socialpoll.report.catalogues import catalogue_of
from socialpoll.report.changes import changes, significant_changes
from socialpoll.report.chart_plan import Charts
from socialpoll.report.charts import Gallery
from socialpoll.report.contrasts import Contrasts
from socialpoll.report.editions import life_cycle_of, told_of
from socialpoll.report.house_style import HouseStyle
from socialpoll.report.instrument import instrument_section
from socialpoll.report.labels import labels_of
from socialpoll.report.material import Material
from socialpoll.report.measured import Measured, measured_in, plain_rows
from socialpoll.report.methodology import methodology_section
from socialpoll.report.moved import earlier_of
from socialpoll.report.narrative import by_group, headline, overall
from socialpoll.report.own_sections import OwnSection, Timeline
from socialpoll.report.own_sections_checking import check_own_sections
from socialpoll.report.own_sections_writing import sections_at
from socialpoll.report.report import LifeCycle, Publisher, Report
from socialpoll.report.sampling import margin, stated
from socialpoll.report.tables import tables_of
from socialpoll.report.timelines import timeline
from socialpoll.schema import UNDETERMINED, Methodology, Question

if TYPE_CHECKING:
    from socialpoll.disclosure import Release, Revision

__all__ = ["compose"]

PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*", re.IGNORECASE)


def compose(  # noqa: PLR0913  # a publication has that many parts
    release: Release,
    *,
    title: Mapping[str, str] | str,
    publisher: Publisher,
    subtitle: Mapping[str, str] | str | None = None,
    name: str | None = None,
    languages: Sequence[str] | None = None,
    life_cycle: LifeCycle | None = None,
    titles: Mapping[str, Mapping[str, str] | str] | None = None,
    focus: Mapping[str, str] | None = None,
    banners: Sequence[Banner] = (),
    charts: Charts | None = None,
    sections: Sequence[OwnSection] = (),
    style: HouseStyle | None = None,
) -> Report:
    """Put released figures into words, tables and charts.

    Parameters
    ----------
    release : Release
    title, subtitle : mapping of language tag to str, or str
        Of the publication.
    publisher : Publisher
    name : str, optional
        For files, without blanks: ``"social-media-2019"``; made from the English title where
        absent.
    languages : sequence of str, optional
        BCP 47 tags of the languages in which it can be published; those of the questionnaire where
        absent, else those of the title, else English. Each needs a catalogue.
    life_cycle : LifeCycle, optional
        Edition, release date, licence; those of the release where absent, else a first, final
        edition.
    titles : mapping of str to text, optional
        Indicator to its title, in place of the one in the release.
    focus : mapping of str to str, optional
        Indicator to the code of the answer that is compared between groups, where it should be
        another than the one chosen most; of two answers it is the first.
    banners : sequence of Banner, optional
        Tables of many indicators by many groups, each with a name of its own.
    charts : Charts, optional
        Where charts shall be of other kinds than those of their indicators, and maps.
    sections : sequence of Passage, Recommendations, Timeline or Pictures, optional
        Of the publisher's own; each says where it stands.
    style : HouseStyle, optional
        Colours, fonts and logo of the documents.

    Returns
    -------
    Report
        Sections, in this order, each a role: ``publisher``; ``headlines``, with a sentence an
        indicator; an ``indicator`` each; a ``banner`` each; ``methodology``, the card;
        ``instrument``, the wording of all questions. Own sections stand before the indicators,
        before the methodology or at the end.

    Raises
    ------
    ReportError
        A language without a catalogue, a name that is none for a file, titles, answers, charts and
        banners for what is not in the release, a chart that an indicator cannot have, or own
        sections with anything wrong.
    """
    check_own_sections(sections)
    spoken = _languages(release, _words(title), languages)
    figures = plain_rows(release.figures)
    several = measured_in(figures)
    _check_names(several, titles or {}, "titles")
    _check_names(several, focus or {}, "focus")
    drawn = charts or Charts()
    _check_names(several, drawn.kinds, "Charts.kinds")
    own = {**release.titles, **{key: _words(words) for key, words in (titles or {}).items()}}
    compared = plain_rows(release.comparisons)
    material = replace(
        Material.of(release, spoken, own, several),
        contrasts=Contrasts.of(compared),
        focus=dict(focus or {}),
    )
    gallery = Gallery(material, several, drawn)
    life = life_cycle_of(release, life_cycle)
    laid = {one.name: layout_of(one, material, several, compared) for one in _told_apart(banners)}
    return Report(
        name=_name(name, _words(title)),
        title=_words(title),
        subtitle=_words(subtitle) if subtitle else {},
        languages=spoken,
        publisher=publisher,
        life_cycle=life,
        sections=(
            _introduction(publisher, release.revision),
            _headlines(material, several, earlier_of(several)),
            *sections_at("before findings", sections),
            *_findings(gallery, laid),
            *sections_at("after findings", sections),
            _methodology(gallery, life, sections),
            instrument_section(material.wording),
            *sections_at("end", sections),
        ),
        figures=figures,
        labels=labels_of(material.wording, several),
        synthetic=material.synthetic,
        provenance=dict(release.hashes),
        style=style or HouseStyle(),
    )


def _findings(gallery: Gallery, banners: Mapping[str, Layout]) -> Iterable[Section]:
    earlier = earlier_of(gallery.several)
    for measured in gallery.several:
        yield _indicator(gallery, measured, earlier.get((measured.wave, measured.name)))
    for name, layout in banners.items():
        yield Section("banner", layout.heading, (block_of(layout),), name)


def _methodology(gallery: Gallery, life: LifeCycle, own: Sequence[OwnSection]) -> Section:
    """Return the card, with the phases of the poll beneath it where no section tells them."""
    material = gallery.material
    card = methodology_section(material.methodology, material.wording)
    if any(isinstance(one, Timeline) for one in own):
        return card
    spans = timeline(material.methodology, material.wording, life)
    return card if spans is None else replace(card, blocks=(*card.blocks, spans))


def _introduction(publisher: Publisher, revision: Revision | None) -> Section:
    """Say who publishes, and what this edition corrects."""
    blocks: list[Block] = [Text((Said(publisher.name),), "lead")]
    if publisher.about:
        blocks.append(Text((Said(publisher.about),)))
    if publisher.contact:
        blocks.append(
            Text((Message("Contact: {contact}", {"contact": publisher.contact}),), "note")
        )
    if publisher.website:
        blocks.append(
            Text((Message("Website: {website}", {"website": publisher.website}),), "note")
        )
    if revision is not None:
        blocks.append(Text(tuple(told_of(revision)), "note"))
    return Section("publisher", Message("Who we are"), tuple(blocks), "publisher")


def _headlines(
    material: Material,
    several: Sequence[Measured],
    earlier: Mapping[tuple[str, str], Measured],
) -> Section:
    blocks: list[Block] = [Text(tuple(_lead(material.methodology)), "lead")]
    for measured in several:
        line = headline(material, measured)
        before = earlier.get((measured.wave, measured.name))
        if line is not None:
            moved = significant_changes(material, measured, before)
            blocks.append(Text((line, *moved), "bullet"))
    filled = tuple(one for one in blocks if not isinstance(one, Text) or one.phrases)
    return Section("headlines", Message("Key findings"), filled, "headlines")


def _lead(methodology: Methodology) -> Iterable[Phrase]:
    """Say who was asked, how many, when, and with which precision."""
    cases = methodology.fact("responses", "cases") or {}
    interviews = cases.get("interviews")
    if isinstance(interviews, int):
        yield Message(
            "The poll reached {number} respondent.",
            {"number": interviews},
            "The poll reached {number} respondents.",
            "number",
        )
    declared = methodology.declared
    if declared.population:
        yield Message("Target population: {population}.", {"population": Said(declared.population)})
    once = methodology.fact("waves", "fieldwork") is None
    if once and declared.fieldwork_start and declared.fieldwork_end:
        yield Message(
            "Fieldwork took place from {start} to {end}.",
            {"start": declared.fieldwork_start, "end": declared.fieldwork_end},
        )
    values = margin(methodology)
    fact = methodology.fact("indicators", "precision") or {}
    if values is not None and fact.get("model_based"):
        yield Message(
            "The margin of error is ±{margin} at the {level} confidence level; it is model-based, "
            "for the sample is not random.",
            values,
        )
    elif values is not None:
        yield Message("The margin of error is ±{margin} at the {level} confidence level.", values)
    elif not stated(fact):
        yield Message("No margin of error is stated, for the sample is not random.")


def _indicator(gallery: Gallery, measured: Measured, before: Measured | None) -> Section:
    material, wording = gallery.material, gallery.material.wording
    blocks: list[Block] = []
    question = wording.variable(measured.question)
    if isinstance(question, Question):
        asked = Message("Question: {text}", {"text": Said(question.text)})
        blocks.append(Text((asked,), "note"))
    everybody = overall(material, measured)
    if everybody is not None:
        blocks.append(Text((everybody,)))
    said = (*changes(material, measured, before), *by_group(material, measured))
    blocks.extend(Text((one,), "bullet") for one in said)
    if all(row.value is None for row in measured.rows.values()):
        blocks.append(Text((Message("No figure of this indicator may be shown."),), "note"))
    blocks.extend(gallery.of(measured))
    blocks.extend(tables_of(material, measured))
    return Section("indicator", material.title(measured), tuple(blocks), measured.name)


def _languages(
    release: Release, title: Mapping[str, str], languages: Sequence[str] | None
) -> tuple[str, ...]:
    own = tuple(tag for tag in title if tag != "und")
    spoken = tuple(languages or release.questionnaire.languages or own or ("en",))
    for tag in spoken:
        catalogue_of(tag)
    return spoken


def _check_names(several: Sequence[Measured], given: Mapping[str, object], where: str) -> None:
    known = [one.name for one in several]
    for name in given:
        if name not in known:
            raise ReportError(
                "there is no such indicator in the release",
                where=where,
                found=repr(name),
                allowed=nearest(name, known),
            )


def _told_apart(banners: Sequence[Banner]) -> Sequence[Banner]:
    """Return banners whose names are plain and differ, as sections need them."""
    several = [_name(one.name, {}) for one in banners]
    for place, name in enumerate(several):
        if name in several[:place]:
            raise ReportError(
                "two banners have one name",
                where="banners",
                found=repr(name),
                allowed="a name of its own for each",
            )
    return banners


def _name(name: str | None, title: Mapping[str, str]) -> str:
    if name is None:
        words = title.get("en") or next(iter(title.values()), "")
        return "-".join(re.findall(r"[a-z0-9]+", words.lower())) or "report"
    if not PLAIN_NAME.fullmatch(name):
        raise ReportError(
            "this is not a plain name for files",
            where="name",
            found=repr(name),
            allowed="letters without accents, digits, '-', '_' and '.'",
        )
    return name


def _words(written: Mapping[str, str] | str) -> dict[str, str]:
    return {UNDETERMINED: written} if isinstance(written, str) else dict(written)
