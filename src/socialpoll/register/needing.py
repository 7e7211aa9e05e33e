"""What the register needs and the rest of the library does not."""

from __future__ import annotations

from importlib import import_module

from socialpoll.errors import Problem, RegisterError

__all__ = ["require_installed"]


def require_installed(*modules: str, extra: str = "register") -> None:
    """Raise RegisterError where a module is not installed, with the extra that has it.

    Examples
    --------
    >>> require_installed("json")
    """
    missing = [name for name in modules if not _is_there(name)]
    if missing:
        problem = Problem(
            "what the register needs is not installed",
            found=f"no module {', '.join(map(repr, missing))}",
            advice=f'pip install "socialpoll[{extra}]"',
        )
        raise RegisterError("the register", [problem])


def _is_there(name: str) -> bool:
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        # It may be there, and what it needs itself not.
        return error.name != name
    return True
