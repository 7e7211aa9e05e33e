"""What others may rely on is what stands in public_api.txt: a change of it is made knowingly."""

from __future__ import annotations

import difflib

import pytest

from tests.public_api import RENEW, WRITTEN, surface


def test_the_public_surface_is_the_one_that_is_written_down():
    written = WRITTEN.read_text(encoding="utf-8")
    now = surface()

    changes = difflib.unified_diff(written.splitlines(), now.splitlines(), "written", "now", n=1)

    assert now == written, "\n".join(
        (f"The public surface has changed. If that is meant, run `{RENEW}`.", *changes)
    )


@pytest.mark.parametrize(
    "line",
    [
        "replicate(source: Weights | Responses, method: Replication) -> Replicates",
        "class TargetError(ProblemsError, WeightingError)",
        "socialpoll_exporters() -> Iterable[Exporter]",
    ],
)
def test_a_line_of_it_is_a_whole_signature(line):
    assert f"    {line}\n" in surface()


def test_nothing_in_it_depends_on_the_memory_of_a_process():
    assert " at 0x" not in surface()
