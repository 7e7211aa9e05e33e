"""One thread for products of long, narrow arrays, which several threads make slower."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

__all__ = ["one_thread"]

WITH_LIBRARIES = ("scipy.linalg", "scipy.special")
"""What brings a linear algebra of its own; a controller only knows those already loaded."""


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which the linear algebra of numpy uses one thread.

    What it used before is restored behind it. Sums are then made in one order, so results do not
    depend on how many processors there are.
    """
    loaded = tuple(name in sys.modules for name in WITH_LIBRARIES)
    limited: AbstractContextManager[object] = _controller(loaded).limit(limits=1, user_api="blas")
    return limited


@cache
def _controller(_loaded: tuple[bool, ...]) -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
