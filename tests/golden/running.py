"""Running the cases of a folder, each to an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tests.golden.answers import answer
from tests.golden.behaviour import complaint
from tests.golden.conditions import NotReadError
from tests.golden.designs import NotBuiltError
from tests.golden.expressions import ExpressionError
from tests.golden.folder import Case, Folder
from tests.golden.scoring import misses

__all__ = ["Outcome", "run", "summary", "table"]

SHOWN = 4


@dataclass(frozen=True)
class Outcome:
    """What became of a case, and why."""

    case: Case
    result: Literal["passed", "failed", "skipped"]
    reason: str = ""


def run(folder: Folder, topics: Iterable[str] | None = None) -> Iterator[Outcome]:
    """Run every case of a folder, or those of some topics (``t01``)."""
    wanted = None if topics is None else set(topics)
    for case in folder.cases:
        if wanted is None or case.topic[:3] in wanted:
            yield _outcome(case, folder)


def _outcome(case: Case, folder: Folder) -> Outcome:
    try:
        wrong = _wrong(case, folder)
    except NotBuiltError as missing:
        return Outcome(case, "skipped", f"not built: {missing}")
    except (ExpressionError, NotReadError) as unread:
        return Outcome(case, "skipped", f"not translated: {unread}")
    except Exception as error:  # noqa: BLE001  # whatever breaks fails this case, not the run
        return Outcome(case, "failed", f"{type(error).__name__}: {error}")
    if wrong and "optional" in case.flags:
        return Outcome(case, "skipped", "optional")
    return Outcome(case, "failed" if wrong else "passed", wrong)


def _wrong(case: Case, folder: Folder) -> str:
    if "behaviour" in case.flags:
        return complaint(case, folder)
    missed = misses(case, answer(case, folder), folder)
    more = f" … and {len(missed) - SHOWN} more" if len(missed) > SHOWN else ""
    return "; ".join(map(str, missed[:SHOWN])) + more


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines of a table by topic, each failure, and each reason for skipping."""
    by_topic: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by_topic.setdefault(one.case.topic, []).append(one)
    yield f"{'topic':<24}{'cases':>7}{'passed':>8}{'failed':>8}{'skipped':>9}"
    for topic, several in by_topic.items():
        counts = [
            sum(one.result == word for one in several) for word in ("passed", "failed", "skipped")
        ]
        yield f"{topic:<24}{len(several):>7}{counts[0]:>8}{counts[1]:>8}{counts[2]:>9}"
        for one in several:
            if one.result == "failed":
                yield f"    failed   {one.case.id}: {one.reason}"
        reasons: dict[str, list[str]] = {}
        for one in several:
            if one.result == "skipped":
                reasons.setdefault(one.reason, []).append(one.case.id)
        for reason, ids in reasons.items():
            yield f"    skipped  {reason}: {', '.join(ids)}"


def summary(outcomes: Iterable[Outcome]) -> str:
    """Count the outcomes in one line."""
    results = [one.result for one in outcomes]
    passed, failed, skipped = map(results.count, ("passed", "failed", "skipped"))
    return f"{passed} passed, {failed} failed, {skipped} skipped"
