"""The bundled poll under the policy ``cells``, attacked with all that its run tells at once."""

from __future__ import annotations

import pytest

from tests.disclosure.attacking import Bound
from tests.disclosure.published import Published
from tests.disclosure.test_accounts import told_by

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found(demo: Published) -> list[Bound]:
    """What is known of all small counts, by figures of a crossing of three and the account."""
    figures = demo.run.release.figures
    assert "governorate|age_group|sex" in set(figures["breakdown"])
    # Who uses which platforms is told of everybody and of the sexes alone.
    told = figures[figures["indicator"] != "platforms"]
    return told_by(demo, "governorate", "age", "sex", account=True).bounds(told)


def test_a_crossing_of_three_and_the_account_of_its_run_bound_no_small_count(found):
    assert len(found) > 100
    assert [one for one in found if not one.protected] == []
