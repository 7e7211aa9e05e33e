from __future__ import annotations

import numpy as np
import pytest

from socialpoll.disclosure.appointing import appointed
from socialpoll.disclosure.copying import copied
from socialpoll.disclosure.gathering import gathered
from socialpoll.disclosure.ledger import COUNTS, View
from socialpoll.disclosure.linear import solved
from socialpoll.disclosure.protection import intervals
from socialpoll.disclosure.solving import MOST, System
from socialpoll.disclosure.suppressing import suppression_of
from tests.disclosure.test_auditing import three
from tests.disclosure.test_suppressing import KEPT, cells


@pytest.fixture(scope="module")
def system() -> System:
    """What is known of a table of which four counts are hidden, and nothing of its bases."""
    several, figures = gathered(three())
    found = suppression_of(several, figures, appointed([KEPT]), cells())
    return found.problem.system(found.hidden, View(COUNTS))


def open_forms(system: System) -> np.ndarray:
    return np.flatnonzero(np.diff(system.forms.indptr))


def test_one_program_over_copies_finds_what_one_for_each_form_does(system):
    forms = open_forms(system)
    low, high = intervals(system, forms)
    own = copied(system, forms)
    for sign, ends in ((1.0, low), (-1.0, high)):
        cost = sign * np.asarray(own.forms.sum(axis=0)).ravel()
        point = solved(cost, (own.equal, own.values), (own.bounds, own.least), most=MOST)

        assert (own.forms @ point + own.settled).tolist() == pytest.approx(ends.tolist(), abs=1e-6)
    assert len(forms) >= 4
    assert (low < high).sum() >= 4


def test_a_form_that_is_asked_of_twice_is_bound_by_nothing_of_the_other(system):
    form = open_forms(system)[0]
    low, high = (ends[0] for ends in intervals(system, np.array([form])))
    own = copied(system, np.array([form, form]))
    cost = np.asarray((own.forms[[0]] - own.forms[[1]]).todense()).ravel()
    point = solved(cost, (own.equal, own.values), (own.bounds, own.least), most=MOST)

    assert (own.forms @ point + own.settled).tolist() == pytest.approx([low, high], abs=1e-6)
