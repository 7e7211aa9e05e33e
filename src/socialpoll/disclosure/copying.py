"""Groups of unknowns side by side, once for each form of which something is asked.

What is asked of one form then binds no other, and one program answers for all of them. It pays
where they are few: there a program costs more by being set up than by its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.solving import System

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["copied"]

Places = npt.NDArray[np.intp]


class _Chosen(NamedTuple):
    """Places in a list, and the copy that each is for."""

    places: Places
    copies: Places


def copied(system: System, forms: Places) -> System:
    """Return the groups of each form once for it alone, and the form over these.

    Parameters
    ----------
    system : System
    forms : int array (m,)
        Each with an unknown part.

    Returns
    -------
    System
        Its unknowns are those of the first form's groups, then those of the second's, and so on;
        its forms (m,) are these.
    """
    groups = [sorted(system.touched(one)) for one in forms[:, np.newaxis]]
    unknowns = _of(system.group, groups)
    equal, bounds = (_of(_groups(one, system), groups) for one in (system.equal, system.bounds))
    own = np.arange(forms.size)
    return System(
        system.free[unknowns.places],
        _over(system, unknowns, system.forms, _Chosen(forms, own)),
        system.settled[forms],
        _over(system, unknowns, system.equal, equal),
        system.values[equal.places],
        _over(system, unknowns, system.bounds, bounds),
        system.least[bounds.places],
        own,
    )


def _groups(rows: sparse.csr_array, system: System) -> npt.NDArray[np.int32]:
    """Return the group of each row, which is that of any of its unknowns."""
    return system.group[rows.indices[rows.indptr[:-1]]]


def _of(group: npt.NDArray[np.int32], wanted: Sequence[Sequence[int]]) -> _Chosen:
    """Choose for each copy what is of its groups, in order."""
    order = np.argsort(group, kind="stable")
    last = max(max(several) for several in wanted)
    first = np.searchsorted(group[order], np.arange(last + 2))
    chosen = [
        np.sort(np.concatenate([order[first[one] : first[one + 1]] for one in several]))
        for several in wanted
    ]
    copies = np.repeat(np.arange(len(wanted)), [one.size for one in chosen])
    return _Chosen(np.concatenate(chosen), copies)


def _over(
    system: System, unknowns: _Chosen, rows: sparse.csr_array, chosen: _Chosen
) -> sparse.csr_array:
    """Return rows for copies, over the unknowns of these."""
    from scipy import sparse

    size = system.free.size
    made = rows[chosen.places]
    wanted = np.repeat(chosen.copies, np.diff(made.indptr)) * size + made.indices
    columns = np.searchsorted(unknowns.copies * size + unknowns.places, wanted)
    shape = (chosen.places.size, unknowns.places.size)
    return sparse.csr_array((made.data, columns, made.indptr), shape=shape)
