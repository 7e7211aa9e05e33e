"""The roots of a questionnaire, and what its variables say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.disclosure.banding import banded, countable, kinds_of
from socialpoll.disclosure.roots import Literal, Root
from socialpoll.indicators.reaching import JOINT
from socialpoll.schema import NOT_APPLICABLE, Derived
from socialpoll.schema.categories import categories_of
from socialpoll.schema.derived import Bands, Boxes, Grouping, Nets
from socialpoll.schema.keys import key_of, type_of
from socialpoll.schema.meaning import if_not_asked
from socialpoll.schema.questions import Multiple, Number
from socialpoll.schema.spelling import spelt_out

if TYPE_CHECKING:
    from socialpoll.schema import Condition, Questionnaire
    from socialpoll.schema.questions import AnyQuestion

__all__ = ["Grains"]

ANSWERS = "answers"
CHOSEN = "chosen: "
"""Begins the grain of one option of several, or of a union of them."""


@dataclass(frozen=True, eq=False)
class Grains:
    """Roots by question and grain, made when they are first spoken of.

    Attributes
    ----------
    questionnaire : Questionnaire
    complete : frozenset of str
        Questions that whoever was asked has answered.
    """

    questionnaire: Questionnaire
    complete: frozenset[str] = frozenset()
    _roots: dict[tuple[str, str], Root] = field(default_factory=dict)
    _placed: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    _unions: dict[Root, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    _sources: dict[str, AnyQuestion] = field(default_factory=dict)

    def several(self, name: str) -> bool:
        """Say whether a variable is of several answers, each a root of its own."""
        return isinstance(self._source(name), Multiple) and self._as_asked(name)

    def source(self, name: str) -> str:
        """Return the name of the question that a variable is of."""
        return self._source(name).name

    def asked_if(self, name: str) -> Condition | None:
        """Return of whom the question is asked that a variable is of."""
        return self._source(name).asked_if

    def codes(self, name: str) -> list[str]:
        """Return the codes of a variable, without missing ones."""
        return [str(one.code) for one in categories_of(self.questionnaire, name).codes]

    def given(self, name: str, code: str, base: str) -> Literal:
        """Return who gave an answer, of a base: of all, with those to whom not asked means it."""
        made = self._given(name, code)
        if base != "all" or code not in map(str, if_not_asked(self.questionnaire, name) or ()):
            return made
        asked = self.based(name, "asked")
        if asked.root != made.root:
            asked = asked.refined(made.root)
        given = np.maximum(made.vector, 1 - np.asarray(asked.vector))
        return Literal(made.root, tuple(given.tolist()))

    def based(self, name: str, base: str) -> Literal:
        """Return who is in a base: ``answered``, ``asked``, ``valid``, or ``all``."""
        source, missing = self._source(name), categories_of(self.questionnaire, name).missing
        if base == "all":
            return self._coarse(source, lambda _: True)
        if base == "asked":
            unasked = {"", *(str(one.code) for one in missing if one.reason == "not_asked")}
            return self._coarse(source, lambda way: way not in unasked)
        kept = {str(one.code) for one in missing if one.in_base and base == "answered"}
        if self._as_asked(name):
            return self._coarse(source, lambda way: way in kept)
        wanted = kept | set(self.codes(name))
        vector = tuple(float(one in wanted) for one in self._places(name))
        root = self._answers(source)
        if len(set(vector[: root.own])) > 1:
            return Literal(root, vector)
        return Literal(self._state(source), (vector[0], *vector[root.own :]))

    def union(self, name: str, item: str) -> Literal:
        """Return who is in a set of several answers, or in a window of the clock."""
        source, parts = self._source(name), item.split(JOINT)
        if not isinstance(source, Multiple) or not set(parts) <= set(self.codes(name)):
            return self._option(source, item)
        held = {code for part in parts for code in (self._united(name, part) or (part,))}
        several = [code for code in countable(source) if code in held]
        return self._option(source, item, several)

    def unknown(self, said: str) -> Literal:
        """Return of whom a statement is true that is related to nothing else."""
        return Literal(self._root(said, CHOSEN + said, 2, 1), (1.0, 0.0))

    def members(self, root: Root) -> tuple[Root, ...] | None:
        """Return the options that a root of several answers unites; None where it is of one."""
        if root not in self._unions:
            return None
        question, codes = self._unions[root]
        known = [(question, CHOSEN + code) for code in codes]
        return tuple(self._roots[one] for one in known if one in self._roots)

    def options(self, root: Root) -> tuple[str, ...]:
        """Return the codes that a root of several answers is of; none where it is of no option."""
        if not root.grain.startswith(CHOSEN) or root.of not in self.questionnaire.names:
            return ()
        _, codes = self._unions.get(root, ("", (root.grain.removeprefix(CHOSEN),)))
        return codes if isinstance(self._source(root.of), Multiple) else ()

    def all_published(self, root: Root) -> bool:
        """Say whether all members of a union are roots of something that is published."""
        return len(self.members(root) or ()) == len(self._unions[root][1])

    def others(self, root: Root) -> tuple[Root, ...] | None:
        """Return the options of which one was chosen by whoever answered, but not with a root.

        None where somebody may have chosen none, or an option is nothing that is published.
        """
        if not root.grain.startswith(CHOSEN) or root.of not in self.questionnaire.names:
            return None
        source = self._source(root.of)
        if not isinstance(source, Multiple) or source.blank == "none":
            return None
        _, united = self._unions.get(root, ("", (root.grain.removeprefix(CHOSEN),)))
        codes = [str(one.code) for one in source.options if str(one.code) not in united]
        known = [self._roots.get((root.of, CHOSEN + code)) for code in codes]
        made = tuple(one for one in known if one is not None)
        return made if len(made) == len(codes) else None

    def numbered(self, name: str) -> Root:
        """Return the root of the numbers that were given, or of how many options were chosen."""
        return self._answers(self._source(name))

    def numbers_options(self, root: Root) -> bool:
        """Say whether a root is how many options of a question were chosen."""
        known = root.grain == ANSWERS and root.of in self.questionnaire.names
        return known and isinstance(self._source(root.of), Multiple)

    def chosen(self, root: Root) -> Mapping[Root, tuple[str, ...]]:
        """Return the roots of which an option, or a union of several, is beside a number of them.

        Without exclusive options, which are not counted; none where a root is no such number.
        """
        if not self.numbers_options(root):
            return {}
        several = set(countable(self._source(root.of)))
        made: dict[Root, tuple[str, ...]] = {}
        for one in self._roots.values():
            codes = self.options(one) if one.of == root.of else ()
            if codes and several.issuperset(codes):
                made[one] = codes
        return made

    def exclusive(self, root: Root) -> tuple[Root, ...]:
        """Return the options of which one was chosen by whoever answered and chose no other.

        None where somebody may have chosen nothing, or one of them is nothing that is published.
        """
        source = self._source(root.of)
        if not isinstance(source, Multiple) or source.blank == "none":
            return ()
        codes = {str(one.code) for one in source.options}.difference(
            countable(self._source(root.of))
        )
        made = tuple(self._roots[key] for code in sorted(codes)
                     if (key := (root.of, CHOSEN + code)) in self._roots)  # fmt: skip
        return made if len(made) == len(codes) else ()

    def numbers(self, root: Root) -> tuple[tuple[int, int], ...]:
        """Return the least and the most options that somebody chose, for each number of a root."""
        kinds = kinds_of(self.questionnaire, self._source(root.of)).values()
        return tuple((int(min(one)), int(max(one))) for one in kinds)

    def countable(self, root: Root) -> int:
        """Return how many options of the question of a root can be chosen together."""
        return len(countable(self._source(root.of)))

    def number_of(self, root: Root) -> Root | None:
        """Return the root of how many options were chosen, where it is published beside one."""
        found = self._roots.get((root.of, ANSWERS))
        chosen = root.grain.startswith(CHOSEN)
        return found if chosen and found is not None and self.numbers_options(found) else None

    def state_of(self, root: Root) -> Root | None:
        """Return the coarsest root of a question; None for statements about no question."""
        return None if root.states == 1 else self._root(root.of, "", 1, root.states)

    def _given(self, name: str, code: str) -> Literal:
        source = self._source(name)
        if self._as_asked(name) and code in {str(one.code) for one in source.missing}:
            return self._coarse(source, lambda way: way == code, valid=False)
        if self.several(name):
            return self._option(source, code, self._united(name, code))
        if isinstance(self.questionnaire[name], Nets):
            held = set(self._united(name, code))
            places = self._places(source.name)
            return Literal(self._answers(source), tuple(float(one in held) for one in places))
        places = self._places(name)
        return Literal(self._answers(source), tuple(float(one == code) for one in places))

    def _as_asked(self, name: str) -> bool:
        """Say whether a variable lacks an answer exactly where its question does."""
        return not isinstance(self.questionnaire[name], Bands | Grouping | Boxes)

    def _united(self, name: str, code: str) -> tuple[str, ...]:
        variable = self.questionnaire[name]
        if not isinstance(variable, Nets):
            return ()
        options = self.codes(variable.of)
        code_type = type_of(categories_of(self.questionnaire, variable.of).codes[0].code)
        held = next(one.codes for one in variable.nets if str(one.code) == code)
        keys = {str(key_of(one, code_type)) for one in held}
        return tuple(one for one in options if str(key_of(one, code_type)) in keys)

    def _option(self, source: AnyQuestion, code: str, united: Sequence[str] = ()) -> Literal:
        several = tuple(united) or (code,)
        grain = CHOSEN + "|".join(several)
        root = self._root(source.name, grain, 2, self._states(source))
        if len(several) > 1:
            self._unions[root] = (source.name, several)
        return Literal(root, (1.0,) + (0.0,) * self._states(source))

    def _source(self, name: str) -> AnyQuestion:
        if name not in self._sources:
            variable = self.questionnaire[name]
            if isinstance(variable, Derived):
                variable = self.questionnaire.source_of(variable)
            self._sources[name] = variable
        return self._sources[name]

    def _ways(self, source: AnyQuestion) -> list[str | None]:
        """Return the ways not to have answered: missing codes, none, and not being asked ('')."""
        known: list[str | None] = [*(str(one.code) for one in source.missing)]
        known += [] if source.name in self.complete else [None]
        return known if source.asked_if is None else [*known, ""]

    def _states(self, source: AnyQuestion) -> int:
        return 1 + len(self._ways(source))

    def _state(self, source: AnyQuestion) -> Root:
        return self._root(source.name, "", 1, self._states(source))

    def _coarse(
        self, source: AnyQuestion, true: Callable[[str | None], bool], *, valid: bool = True
    ) -> Literal:
        """Return a statement about how a question was answered."""
        return Literal(
            self._state(source), (float(valid), *map(float, map(true, self._ways(source))))
        )

    def _answers(self, source: AnyQuestion) -> Root:
        own = len(self._places(source.name)) - self._states(source) + 1
        return self._root(source.name, ANSWERS, own, self._states(source))

    def _root(self, of: str, grain: str, own: int, states: int) -> Root:
        key = of, grain
        if key not in self._roots:
            self._roots[key] = Root(len(self._roots), of, grain, own, states)
        return self._roots[key]

    def _places(self, name: str) -> tuple[str | None, ...]:
        """Return the code of a variable at each finest answer to its question; None for none."""
        if name not in self._placed:
            self._placed[name] = tuple(self._placing(name))
        return self._placed[name]

    def _placing(self, name: str) -> list[str | None]:
        source, variable = self._source(name), self.questionnaire[name]
        ways = [one or None for one in self._ways(source)]
        if isinstance(source, Number | Multiple):  # of several answers, how many were given
            return [*self._numbers(source.name, name), *ways]
        own: list[str | None] = [*self.codes(source.name)]
        made = spelt_out(variable, source) if isinstance(variable, Derived) else variable
        if not isinstance(made, Grouping):
            return [*own, *ways]
        code_type = type_of(categories_of(self.questionnaire, source.name).codes[0].code)
        several = [(str(one.code), one.codes) for one in made.groups]
        several += [(str(one.code), one.codes) for one in made.missing]
        held = {key_of(code, code_type): one for one, codes in several for code in codes}
        return [*(held.get(key_of(one, code_type)) for one in own), *ways]

    def _numbers(self, question: str, name: str) -> list[str | None]:
        """Return the band of a variable at each set of numbers that all bands treat alike."""
        names = [one.name for one in banded(self.questionnaire, question)]
        where = names.index(name) if name in names else None
        kinds = kinds_of(self.questionnaire, self._source(question))
        return [NOT_APPLICABLE if where is None else one[where] for one in kinds]
