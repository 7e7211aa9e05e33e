"""The key by which pseudonyms are made: the caller's, and nobody else's."""

from __future__ import annotations

import hmac
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Never, Self

from socialpoll.errors import Problem, RegisterError

__all__ = ["LinkageKey"]

SHORTEST = 32
"""Bytes of a key: as many as SHA-256 gives (RFC 2104, section 3)."""
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
ADVICE = "make one with `secrets.token_bytes(32)` and keep it where the register is kept"


class LinkageKey:
    """A secret from which pseudonyms of records and people are made: HMAC with SHA-256.

    Who has the key can find out of whom a record is, and nobody else can. It is in no result, and
    is neither shown, nor copied, nor pickled.

    Parameters
    ----------
    secret : bytes
        32 or more, drawn at random.

    Raises
    ------
    RegisterError
        The secret is too short.

    Examples
    --------
    >>> key = LinkageKey(bytes(range(32)))
    >>> key
    LinkageKey(...)
    >>> key.pseudonym("person", "12345678")[:16]
    '9f7ea4b4dc80d99d'
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        given: object = secret
        if not isinstance(given, bytes):
            raise _refused("the key is no bytes", f"{type(given).__name__}")
        if len(secret) < SHORTEST:
            raise _refused("the key is too short", f"{len(secret)} bytes")
        self._secret = secret

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read a key from a file that only its owner may read.

        Parameters
        ----------
        path : str or Path

        Raises
        ------
        RegisterError
            There is no such file, others may read it, or what it holds is too short.
        """
        file = Path(path)
        try:
            mode, secret = file.stat().st_mode, file.read_bytes()
        except OSError as error:
            raise _refused("the key cannot be read", f"{file.name} ({error.strerror})") from None
        if mode & FOR_OTHERS:
            advice = "take the rights of group and others away (chmod 600)"
            problem = Problem("others may read the key", "key", file.name, advice=advice)
            raise RegisterError("the key", [problem])
        return cls(secret)

    def pseudonym(self, kind: str, value: str) -> str:
        """Return the pseudonym of a value: the same for the same key, kind and value.

        Parameters
        ----------
        kind : str
            What it is of. Pseudonyms of two kinds have nothing to do with each other.
        value : str

        Returns
        -------
        str
            64 hexadecimal digits.
        """
        return hmac.digest(self._secret, _headed(kind) + value.encode(), "sha256").hex()

    def pseudonyms(self, kind: str, values: Iterable[str]) -> list[str]:
        """Return the pseudonyms of values of one kind, in their order."""
        # Of millions of people, to take key and kind in for each costs as much as all the rest.
        of_kind = hmac.new(self._secret, _headed(kind), "sha256")
        return [_continued(of_kind, value) for value in values]

    def __repr__(self) -> str:
        return "LinkageKey(...)"

    def __reduce__(self) -> Never:
        raise _refused("a key cannot be copied or pickled", "")


def _headed(kind: str) -> bytes:
    # The length keeps apart what would be the same when it is put together.
    return f"{len(kind)}:{kind}".encode()


def _continued(of_kind: hmac.HMAC, value: str) -> str:
    made = of_kind.copy()
    made.update(value.encode())
    return made.hexdigest()


def _refused(what: str, found: str) -> RegisterError:
    allowed = f"{SHORTEST} bytes or more"
    return RegisterError("the key", [Problem(what, "key", found, allowed, ADVICE)])
