"""An attacker of his own kind: every combination of all answers is an unknown of one program.

He shares nothing with the library: he reads the released frame, and counts by masks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    import pandas as pd

Person = Mapping[str, object]


class Attacker:
    """Somebody who knows the released counts, and which answers there are.

    Parameters
    ----------
    answers : mapping of str to sequence
        Every answer that a question can have, None where it may be blank.
    released : pandas.DataFrame
        Figures of shares of one answer, or of options of ``several``.
    several : mapping of str to sequence of str, optional
        Options of questions of several answers; each is an answer ``question_option`` of 0 or 1.
    nets : mapping of str to (str, mapping of str to sequence of str), optional
        The question of nets, and the options of each.
    """

    def __init__(
        self,
        answers: Mapping[str, Sequence[object]],
        released: pd.DataFrame,
        several: Mapping[str, Sequence[str]] | None = None,
        nets: Mapping[str, tuple[str, Mapping[str, Sequence[str]]]] | None = None,
    ) -> None:
        self.several, self.nets = several or {}, nets or {}
        names = list(answers)
        everybody = [dict(zip(names, one, strict=True)) for one in product(*answers.values())]
        self.people = [one for one in everybody if self._can_be(one)]
        sums, counts = [], []
        for row in released[released["estimate"].notna()].to_dict("records"):
            for holds, count in (
                (self.gave(row), row["n_category"]),
                (self.in_base(row), row["n_base"]),
                (self.in_domain(row), row["n_asked"]),
            ):
                sums.append(self.mask(holds))
                counts.append(float(count))
        self.sums, self.counts = np.array(sums), np.array(counts)

    def _can_be(self, person: Person) -> bool:
        ticks = ([person[f"{name}_{one}"] for one in own] for name, own in self.several.items())
        return all(None not in one or set(one) == {None} for one in ticks)

    def mask(self, holds: Callable[[Person], bool]) -> np.ndarray:
        """Say of which combinations something holds."""
        return np.array([float(holds(one)) for one in self.people])

    def in_domain(self, row: Mapping[str, object]) -> Callable[[Person], bool]:
        """Return who is in the domain of a row."""
        if row["breakdown"] == "_T":
            return lambda _: True
        pairs = list(zip(row["breakdown"].split("|"), row["domain"].split("|"), strict=True))
        return lambda person: all(self._has(person, name, code) for name, code in pairs)

    def in_base(self, row: Mapping[str, object]) -> Callable[[Person], bool]:
        """Return who of them answered."""
        name, here = row["question"], self.in_domain(row)
        name = self.nets[name][0] if name in self.nets else name
        key = f"{name}_{self.several[name][0]}" if name in self.several else name
        return lambda person: here(person) and person[key] is not None

    def gave(self, row: Mapping[str, object]) -> Callable[[Person], bool]:
        """Return who of them gave the answer of the row."""
        name, here = row["question"], self.in_domain(row)
        code = row["category"] if row["item"] == "_Z" else row["item"]
        return lambda person: here(person) and self._has(person, name, code)

    def _has(self, person: Person, name: str, code: str) -> bool:
        if name in self.nets:
            question, codes = self.nets[name]
            return any(self._has(person, question, one) for one in codes[code])
        if name in self.several:
            return person[f"{name}_{code}"] == 1
        return person[name] == code

    def interval(self, holds: Callable[[Person], bool]) -> tuple[float, float]:
        """Return the least and the most persons of whom something can hold."""
        objective = self.mask(holds)
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * objective, A_eq=self.sums, b_eq=self.counts, bounds=(0, None), method="highs"
            )
            if found.status == 3:
                ends.append(np.inf)
            else:
                assert found.status == 0, found.message
                ends.append(sign * found.fun)
        return ends[0], ends[1]
