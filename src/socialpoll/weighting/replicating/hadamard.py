"""Hadamard matrices: square, of 1 and -1, with orthogonal rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["hadamard", "hadamard_order"]

Signs = npt.NDArray[np.int8]
DOUBLING = np.array([[1, 1], [1, -1]], dtype=np.int8)


def hadamard_order(least: int) -> int:
    """Return the smallest order, 4 or more, of a matrix that can be made; at least ``least``.

    Every multiple of 4 up to 200 but 52, 92, 100, 116, 156, 172, 184 and 188, which need other
    constructions; the next one takes their place.

    Examples
    --------
    >>> hadamard_order(10), hadamard_order(50)
    (12, 56)
    """
    order = max(4, least + -least % 4)
    while not _can_be_made(order):
        order += 4
    return order


def hadamard(order: int) -> Signs:
    """Return a Hadamard matrix whose first row and column are 1.

    By doubling (Sylvester 1867) and from the quadratic residues of a prime q: order q + 1 where
    q ≡ 3, order 2 (q + 1) where q ≡ 1 modulo 4 (Paley 1933, Journal of Mathematics and Physics
    12:311; Wolter 2007, appendix A).

    Parameters
    ----------
    order : int
        One of :func:`hadamard_order`.

    Returns
    -------
    int8 array (order, order)

    Raises
    ------
    ValueError
        Another order.

    Examples
    --------
    >>> hadamard(4) @ hadamard(4).T
    array([[4, 0, 0, 0],
           [0, 4, 0, 0],
           [0, 0, 4, 0],
           [0, 0, 0, 4]], dtype=int8)
    """
    if not _can_be_made(order):
        message = f"no Hadamard matrix of order {order} can be made"
        raise ValueError(message)
    found = _made(order)
    found = found * found[:, :1]
    return np.asarray(found * found[:1])


def _can_be_made(order: int) -> bool:
    if order <= 2:  # noqa: PLR2004 - the first two, from which others are doubled
        return order >= 1
    return order % 4 == 0 and (
        _first_kind(order) or _second_kind(order) or _can_be_made(order // 2)
    )


def _first_kind(order: int) -> bool:
    return (order - 1) % 4 == 3 and _prime(order - 1)  # noqa: PLR2004 - q ≡ 3 modulo 4


def _second_kind(order: int) -> bool:
    return (order // 2 - 1) % 4 == 1 and _prime(order // 2 - 1)


def _made(order: int) -> Signs:
    if order == 1:
        return np.ones((1, 1), dtype=np.int8)
    if _can_be_made(order // 2) and order % 2 == 0:
        return np.kron(DOUBLING, _made(order // 2)).astype(np.int8)
    if _first_kind(order):
        bordered = _bordered(order - 1)
        bordered[1:, 0] = -1
        return np.asarray(bordered + np.eye(order, dtype=np.int8))
    bordered = _bordered(order // 2 - 1)
    zeros = np.array([[1, -1], [-1, -1]], dtype=np.int8)
    identity = np.eye(order // 2, dtype=np.int8)
    return np.asarray(np.kron(bordered, DOUBLING) + np.kron(identity, zeros))


def _bordered(q: int) -> Signs:
    """Return the quadratic characters of i - j modulo q with a border of 1, int8 (q + 1, q + 1)."""
    character = np.full(q, -1, dtype=np.int8)
    numbers = np.arange(q)
    character[numbers**2 % q] = 1
    character[0] = 0
    bordered = np.ones((q + 1, q + 1), dtype=np.int8)
    bordered[0, 0] = 0
    bordered[1:, 1:] = character[(numbers[:, None] - numbers[None, :]) % q]
    return bordered


def _prime(number: int) -> bool:
    return number > 1 and all(number % one for one in range(2, int(number**0.5) + 1))
