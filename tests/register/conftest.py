from __future__ import annotations

import pytest

from tests.register.linked import folder, linked
from tests.registers import written_register

__all__ = ["folder", "linked", "tables", "written_register"]


@pytest.fixture(scope="session")
def tables(written_register):
    from socialpoll.demo.register.declared import declared_tables

    return declared_tables(written_register)
