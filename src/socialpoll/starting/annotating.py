"""A questionnaire as TOML, with what was guessed as comments where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from socialpoll.schema import Questionnaire
from socialpoll.starting.guessing import Guess

__all__ = ["MARK", "annotated"]

MARK = "check this:"
"""Begins the comment of every guess."""
HEAD = (
    "What was asked. Lines marked 'check this:' hold what the file did not say: it was guessed.",
    "Every key is explained in the reference of the questionnaire file.",
)
UNSAID = (
    "",
    "# How the poll was made. What is absent is printed as 'not reported'.",
    "[methodology]",
    f"# {MARK} who is spoken of, how they were drawn and asked, and when",
    '# population.en = "Citizens aged 18 and over"',
    '# sampling.en = "A random sample of telephone numbers"',
    '# mode.en = "Telephone interviews"',
    "# fieldwork_start = 2026-03-01",
    "# fieldwork_end = 2026-03-19",
    "",
)


def annotated(asked: Questionnaire, guesses: Iterable[Guess], left_out: Mapping[str, str]) -> str:
    """Write a questionnaire as TOML with comments.

    Parameters
    ----------
    asked : Questionnaire
    guesses : iterable of Guess
        A comment behind the key each is about; at the head where it is about none.
    left_out : mapping of str to str
        Columns of the answers that are no questions, and why; named at the head.

    Returns
    -------
    str
        Without its comments the questionnaire's own text.
    """
    import tomlkit

    written = tomlkit.parse(asked.dumps())
    tables: dict[str, Any] = {one["name"]: one for one in written.get("questions", [])}
    head = [*HEAD]
    for guess in guesses:
        words = f"{MARK} {_line(guess.words)}"
        table = tables.get(guess.question, written)
        if guess.key in table:
            _comment(table[guess.key], words)
        else:
            head.append(words)
    if left_out:
        head.append(f"{MARK} these columns are no questions here:")
        head += [f"  {_line(name)}: {_line(why)}" for name, why in left_out.items()]
    comments = "\n".join(f"# {one}" for one in head)
    text = f"{comments}\n\n{tomlkit.dumps(written)}"
    return text if "methodology" in written else text.rstrip("\n") + "\n" + "\n".join(UNSAID)


def _comment(item: Any, words: str) -> None:  # noqa: ANN401 - any value of tomlkit
    before = item.trivia.comment.removeprefix("# ")
    item.comment(f"{before}; {words}" if before else words)


def _line(words: str) -> str:
    """Return words that can stand in a comment: TOML has no comments of several lines."""
    return "".join(one if one.isprintable() else " " for one in words).strip()
