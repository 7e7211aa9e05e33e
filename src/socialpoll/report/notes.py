"""What stands under a table: the base in words, weighting, how to add up, the shorthand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from socialpoll.indicators.mentioning import OF_RESPONSES, OF_TIME
from socialpoll.report.bases import base_note, not_asked_note
from socialpoll.report.blocks import Figure, Interval, Message, Phrase, Row, Said
from socialpoll.report.breaks import break_notes

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Measured

__all__ = ["model_note", "notes_of", "shorthand"]


def notes_of(
    material: Material,
    measured: Measured,
    breakdown: str,
    rows: Iterable[Row],
    *,
    complete: bool = True,
) -> tuple[Phrase, ...]:
    """Return the notes of a table.

    Parameters
    ----------
    material : Material
    measured : Measured
    breakdown : str
        ``_T`` for the table of everybody.
    rows : iterable of Row
        Its rows: only the shorthand that stands in them is explained.
    complete : bool
        Whether all answers stand in it, so that readers may add them up.
    """
    found: list[Phrase] = [
        base_note(material.wording, measured, numbered=material.one_base(measured))
    ]
    not_asked = not_asked_note(material.wording, measured)
    if not_asked is not None:
        found.append(not_asked)
    found.append(weighting_note(material, measured))
    if measured.model_based:
        found.append(model_note())
    found.extend(break_notes(material, measured, breakdown))
    if complete:
        found.extend(adding_note(material, measured))
    if material.wording.multiple(breakdown):
        found.append(Message("Groups overlap: a respondent may be in several of them."))
    if any(row.unsettled for row in measured.rows.values()):
        found.append(
            Message("There is no mean time where no preferred time of day could be established.")
        )
    found.extend(shorthand(material, rows))
    return tuple(found)


def weighting_note(material: Material, measured: Measured) -> Phrase:
    """Say what is weighted."""
    if not material.weighted:
        return Message("Figures and bases are unweighted.")
    if measured.percent:
        return Message("Percentages are weighted; bases are unweighted.")
    return Message("Estimates are weighted; bases are unweighted.")


def model_note() -> Phrase:
    """Say where the precision of a sample that is not random comes from."""
    return Message("Precision is model-based, because the sample is not random.")


def adding_note(material: Material, measured: Measured) -> list[Phrase]:
    """Say what percentages add up to."""
    alone = len(measured.lines) == 1 or material.wording.windows(measured)
    if not measured.percent or alone:
        return []
    if measured.statistic == OF_TIME or material.wording.reach(measured):
        return [_of_sets(measured)]
    if measured.statistic == OF_RESPONSES:
        return [Message("Percentages may not add to {whole} because of rounding.", {"whole": 100})]
    if material.wording.nets(measured.question):
        return [
            Message(
                "Nets may overlap, so percentages may add to more than {whole}.", {"whole": 100}
            )
        ]
    if material.wording.multiple(measured.question):
        return [
            Message(
                "Respondents could choose several answers, so percentages may add to more than "
                "{whole}.",
                {"whole": 100},
            )
        ]
    return [Message("Percentages may not add to {whole} because of rounding.", {"whole": 100})]


def _of_sets(measured: Measured) -> Message:
    if measured.statistic == OF_TIME:
        return Message("Each line has all the time of whoever chose any of it; lines overlap.")
    return Message("Each line counts once whoever chose any of its answers; lines overlap.")


def shorthand(material: Material, rows: Iterable[Row]) -> list[Phrase]:
    """Explain the shorthand and the footnotes that stand in the cells of rows."""
    cells = [cell for row in rows for cell in row.cells]
    used = {cell.status for cell in cells if isinstance(cell, Figure | Interval)}
    used |= {mark for cell in cells if isinstance(cell, Figure) for mark in cell.marks.split()}
    policy = material.methodology.fact("disclosure", "policy") or {}
    minimum, limit = policy.get("minimum_base"), policy.get("flag_below")
    by_base = policy.get("rules", ()) == ("min_base",)
    suppressed = _fewer(minimum) if by_base and isinstance(minimum, int) else _suppressed()
    explained: dict[str, Phrase] = {
        "c": _for_others() if policy.get("complementary") else suppressed,
        "u": _weak(limit) if by_base and isinstance(limit, int) else _unreliable(),
        "x": Message("[x] not available"),
        "z": Message("[z] not applicable"),
        "w": Message("[w] fixed by weighting, without sampling error"),
        "r": Message("[r] revised"),
        "p": Message("[p] provisional"),
    }
    for code, words in material.footnotes.items():
        number = str(material.number_of(code))
        explained[number] = Message("[{number}] {text}", {"number": number, "text": Said(words)})
    return [phrase for mark, phrase in explained.items() if mark in used]


def _suppressed() -> Message:
    return Message("[c] suppressed: too few respondents, or not reliable enough")


def _for_others() -> Message:
    return Message(
        "[c] suppressed: too few respondents, not reliable, or so that no other can be derived"
    )


def _fewer(minimum: int) -> Message:
    return Message(
        "[c] suppressed: fewer than {number} respondent in the group",
        {"number": minimum},
        "[c] suppressed: fewer than {number} respondents in the group",
        "number",
    )


def _unreliable() -> Message:
    return Message("[u] low reliability")


def _weak(limit: int) -> Message:
    return Message(
        "[u] low reliability: fewer than {number} respondent in the group",
        {"number": limit},
        "[u] low reliability: fewer than {number} respondents in the group",
        "number",
    )
