"""The bundled poll under the policy ``cells``, attacked with all that its run tells at once."""

from __future__ import annotations

import pytest

from tests.disclosure.test_accounts import told_by


@pytest.mark.slow
def test_a_crossing_of_three_and_the_account_of_its_run_bound_no_small_count(demo):
    figures = demo.run.release.figures
    # Who uses which platforms is told of everybody and of the sexes alone.
    told = figures[figures["indicator"] != "platforms"]
    found = told_by(demo, "governorate", "age", "sex", account=True).bounds(told)

    assert "governorate|age_group|sex" in set(told["breakdown"])
    assert len(found) > 100
    assert [one for one in found if not one.protected] == []
