from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from tests.disclosure.attacking import Attack
from tests.disclosure.handmade import codes, filled

KEPT = sp.MinBase(0, 0)
CELLS = sp.Policy(name="cells", threshold=5)


def chosen(counts: dict[tuple[object, ...], int], options: str, blank: str) -> sp.Estimates:
    """Return options, how many of them were chosen, and nothing else."""
    bands = [sp.Band(code=f"b{n}", label=f"b{n}", minimum=n, maximum=n) for n in range(3)]
    bands += [sp.Band(code="more", label="more", minimum=3)]
    asked = sp.Questionnaire(
        title="t",
        questions=(sp.Multiple(name="m", text="m", options=codes(options), blank=blank),),
        derived=(sp.Bands(name="number", of="m", label="number", bands=tuple(bands)),),
    )
    names = [f"m_{option}" for option in options]
    return sp.estimate(sp.bind(filled(counts, names), asked), ["m", "number"])


@pytest.mark.parametrize("blank", ["none", "missing"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_audit_finds_options_between_the_limits_that_sets_of_them_allow(seed, blank):
    draw = np.random.default_rng(seed)
    keys = [key for key in np.ndindex(2, 2, 2) if any(key) or blank == "none"]
    counts = {key: int(draw.integers(0, 30)) * (key[0] == 0) + (sum(key) == 1) for key in keys}
    estimates = chosen(counts, "uvx", blank)
    audit = sp.audit(estimates, KEPT, policy=CELLS).set_index(["indicator", "item", "category"])
    release = sp.release(estimates, KEPT, policy=CELLS)
    found = Attack([estimates], release, 5, whole=False).bounds()
    of_answers = [one for one in found if (one.of, one.by) == ("category", "respondents")]

    assert of_answers
    for one in of_answers:
        _, indicator, _, item, category, *_ = one.row.split("/")
        row = audit.loc[(indicator, item, category)]
        assert (one.low, one.high) == pytest.approx((row["low"], row["high"]), abs=0.1)
        assert one.protected or not row["protected"]
