"""What is wrong with boxes of a scale: too many points, points that no score tells apart."""

from __future__ import annotations

from socialpoll.schema.categories import codes_of
from socialpoll.schema.derived import Boxes
from socialpoll.schema.keys import key_of
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import Scale
from socialpoll.schema.spelling import points_of, spelt_out

__all__ = ["check_boxes"]


def check_boxes(boxes: Boxes, scale: Scale, path: Path, notes: Notes) -> None:
    """Note boxes that overlap, or that begin between points of one score.

    Parameters
    ----------
    boxes : Boxes
    scale : Scale
        They are made from.
    path : Path
        Of the boxes.
    notes : Notes
        Takes the problems.
    """
    number = len(scale.options)
    if boxes.top + boxes.bottom > number:
        found = f"{boxes.top} at the top and {boxes.bottom} at the bottom"
        what, allowed = "the boxes overlap", f"{number} points in all, as {scale.name!r} has"
        notes.add(path, what, found=found, allowed=allowed, advice="take fewer points")
        return
    _check_limits(boxes, scale, path, notes)
    if boxes.top + boxes.bottom == number and boxes.middle_label is not None:
        what = "there are no points in the middle to label"
        notes.add((*path, "middle_label"), what, advice="leave it out, or take fewer points")
    missing = {key_of(one.code, "string") for one in scale.missing}
    for one in codes_of(spelt_out(boxes, scale)):
        if one.code in missing:
            what = f"the code {one.code!r} of a box is a missing code of {scale.name!r}"
            notes.add((*path, "of"), what, advice="give the missing code another name, or group")


def _check_limits(boxes: Boxes, scale: Scale, path: Path, notes: Notes) -> None:
    points = points_of(scale)
    for key, first in (("bottom", boxes.bottom), ("top", len(points) - boxes.top)):
        if first < len(points) and points[first - 1].score == points[first].score:
            found = f"{points[first - 1].code!r} and {points[first].code!r}"
            what = "no score tells a point in the box from one outside it"
            notes.add((*path, key), what, found=found, advice="give them scores, or group by hand")
