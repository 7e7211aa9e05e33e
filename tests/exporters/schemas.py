"""What the schemas of ISO/IEC 29500 have against a document, where they are at hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCHEMAS = Path(__file__).parents[3] / "shared" / "ooxml" / "validate.py"


def problems_by_schema(*files: Path) -> list[object]:
    """Return what the schemas do not allow in files; the test is skipped without the schemas."""
    if not SCHEMAS.is_file():
        pytest.skip("the schemas of ISO/IEC 29500 are not at hand")
    found = importlib.util.spec_from_file_location("validate", SCHEMAS)
    validate = importlib.util.module_from_spec(found)
    found.loader.exec_module(validate)
    return [problem for path in files for problem in validate.problems(path)]
