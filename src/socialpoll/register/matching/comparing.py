"""How two records are compared: attributes, the levels on which they agree, and which pairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from socialpoll.register.declared import SEX
from socialpoll.register.matching.likeness import in_duckdb
from socialpoll.register.matching.preparing import Common

if TYPE_CHECKING:
    from splink import SettingsCreator
    from splink.comparison_library import CustomComparison
    from splink.internals.comparison_level_creator import ComparisonLevelCreator as Level

__all__ = ["FOR_LEARNING", "settings_of"]

Likeness: TypeAlias = Callable[[str, str], str]

ALIKE = 0.88
"""Similarity of Jaro and Winkler (1990) from which two names are alike."""
LENGTH_OF_DATE = 10
REVERSED = "given_l = father_r AND father_l = given_r AND given_l <> father_l"
DAY_AND_MONTH = (
    "birth_date_l = left(birth_date_r, 5) || right(birth_date_r, 2) "
    "|| '-' || substring(birth_date_r, 6, 2)"
)
NEIGHBOURS = " OR ".join(
    f"birth_date_l = left(birth_date_r, {at - 1}) || substring(birth_date_r, {at + 1}, 1) "
    f"|| substring(birth_date_r, {at}, 1) || substring(birth_date_r, {at + 2})"
    for at in range(1, LENGTH_OF_DATE)
)
TYPED = f"levenshtein(birth_date_l, birth_date_r) = 1 OR {DAY_AND_MONTH} OR {NEIGHBOURS}"
"""One sign is another one (Damerau 1964), two beside each other or day and month are exchanged."""
BLOCKS = (
    ("birth_date", "given"),
    ("birth_date", "father"),
    ("birth_date", "family"),
    ("given", "father", "family"),
    ("father", "grandfather", "family"),
)
"""Pairs that agree in all of one of these are compared, and no others."""
FOR_LEARNING = (("birth_date", "family"), ("birth_date", "given"), ("given", "father", "family"))
"""The same, where nobody has an identifier and agreement is learnt from the pairs themselves."""


def settings_of(prior: float, common: Common, likeness: Likeness = in_duckdb) -> SettingsCreator:
    """Return how records are compared, after Fellegi and Sunter (1969).

    Names weigh by how common they are. Given and father's name that stand in each other's place
    count once.

    Parameters
    ----------
    prior : float
        Probability that a record and a person, both drawn at random, go together.
    common : Common
        What both have to be compared by.
    likeness : function of (str, str) to str
        Gives the expression for how alike two columns are, in the SQL that is meant.
    """
    from splink import SettingsCreator, block_on
    from splink.comparison_level_library import CustomLevel
    from splink.comparison_library import ExactMatch

    part = partial(_part, likeness=likeness)
    told = f"father_l IS NULL OR father_r IS NULL OR ({REVERSED})"
    return SettingsCreator(
        "link_only",
        comparisons=[
            part("given", CustomLevel(REVERSED, label_for_charts="in the father's place")),
            part("father", missing=CustomLevel(told).configure(is_null_level=True)),
            part("grandfather"),
            part("family"),
            _birth_date(),
            *([ExactMatch(SEX)] if common.sex else []),
            *([_place(common.places)] if common.places else []),
        ],
        blocking_rules_to_generate_predictions=[block_on(*one) for one in BLOCKS],
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
    )


def _part(
    name: str, *others: Level, likeness: Likeness, missing: Level | None = None
) -> CustomComparison:
    """Return how a part of a name is compared: the same, of another kind, alike, or else."""
    from splink.comparison_level_library import CustomLevel, ElseLevel, ExactMatchLevel, NullLevel
    from splink.comparison_library import CustomComparison

    same = ExactMatchLevel(name, term_frequency_adjustments=True)
    is_alike = f"{likeness(f'{name}_l', f'{name}_r')} >= {ALIKE}"
    alike = CustomLevel(is_alike, label_for_charts=f"alike, from {ALIKE}")
    levels: list[Level | dict[str, Any]]
    levels = [missing or NullLevel(name), same, *others, alike, ElseLevel()]
    return CustomComparison(levels, output_column_name=name)


def _birth_date() -> CustomComparison:
    from splink.comparison_level_library import CustomLevel, ElseLevel, ExactMatchLevel, NullLevel
    from splink.comparison_library import CustomComparison

    levels: list[Level | dict[str, Any]] = [
        NullLevel("birth_date"),
        ExactMatchLevel("birth_date"),
        CustomLevel(TYPED, label_for_charts="one slip"),
        CustomLevel("left(birth_date_l, 4) = left(birth_date_r, 4)", label_for_charts="same year"),
        ElseLevel(),
    ]
    return CustomComparison(levels, output_column_name="birth_date")


def _place(places: Mapping[str, str]) -> CustomComparison:
    """Return how places are compared: by the finest that is the same.

    To have the coarser in common says more where a finer one is not known than where it is another.

    Parameters
    ----------
    places : mapping of str to str
        From coarse to fine, with their columns.
    """
    from splink.comparison_level_library import CustomLevel, ElseLevel
    from splink.comparison_library import CustomComparison

    columns = list(places.values())
    unknown = " AND ".join(map(_is_unknown, columns))
    levels: list[Level | dict[str, Any]] = [CustomLevel(unknown).configure(is_null_level=True)]
    for at, (place, column) in reversed(list(enumerate(places.items()))):
        finer = columns[at + 1 :]
        if finer:
            finest = " AND ".join([_is_same(column), *map(_is_unknown, finer)])
            label = f"same {place}, nothing finer known"
            levels.append(CustomLevel(finest, label_for_charts=label))
        levels.append(CustomLevel(_is_same(column), label_for_charts=f"same {place}"))
    return CustomComparison([*levels, ElseLevel()], output_column_name="place")


def _is_same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _is_unknown(column: str) -> str:
    return f"({column}_l IS NULL OR {column}_r IS NULL)"
