"""A questionnaire as plain values, the same that its file holds."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from socialpoll.schema.conditions import All, Answered, Any as AnyOf, Chosen, Dated, Is, Not, Within
from socialpoll.schema.routing import written_condition
from socialpoll.schema.texts import as_written

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from socialpoll.schema.questionnaire import Questionnaire

__all__ = ["digest_of", "plain"]

CONDITIONS = (Is, Within, Dated, Chosen, Answered, Not, All, AnyOf)


def plain(record: DataclassInstance) -> dict[str, Any]:
    """Return a declaration as plain values, without the fields that stand at their defaults.

    Parameters
    ----------
    record : dataclass
        A questionnaire or any part of one.

    Returns
    -------
    dict
        Of strings, numbers, truth values, dates, lists and dicts; whole numbers as integers, so
        that equal declarations give equal values.
    """
    return {
        field.name: _value(getattr(record, field.name))
        for field in fields(record)
        if field.name == "kind" or not _is_default(field, getattr(record, field.name))
    }


def digest_of(questionnaire: Questionnaire) -> str:
    """Return the SHA-256, in hexadecimal, of a questionnaire's plain values."""
    written = json.dumps(plain(questionnaire), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _is_default(field: Field[Any], value: object) -> bool:
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return field.default is not MISSING and value == field.default


def _value(value: object) -> object:
    if isinstance(value, CONDITIONS):
        return _whole(written_condition(value))
    if is_dataclass(value) and not isinstance(value, type):
        return plain(value)
    if isinstance(value, Mapping):
        return as_written(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return math.inf if value is None else _whole(value)  # a lifted limit; TOML has no None


def _whole(value: object) -> object:
    """Write every number that is whole as an integer."""
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
