from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from socialpoll.disclosure.solving import settled


def test_parts_of_nothing_are_nothing_whichever_equation_tells_that_it_is():
    # The last unknown is the sum of the first two, and another equation says that it is nothing.
    fixed, value = settled(csr_array([[1.0, 1.0, -1.0], [0.0, 0.0, 1.0]]), np.zeros(2))

    assert fixed.all()
    assert not value.any()


def test_a_difference_of_nothing_leaves_both_sides_open():
    fixed, _ = settled(csr_array([[1.0, -1.0, 0.0], [0.0, 0.0, 2.0]]), np.array([0.0, 6.0]))

    assert fixed.tolist() == [False, False, True]
