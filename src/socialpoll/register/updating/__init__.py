"""People updated by what agencies say of them: by authority and recency, every change kept."""

from __future__ import annotations

from socialpoll.register.updating.beginning import open_register
from socialpoll.register.updating.declared import Updating
from socialpoll.register.updating.updating import Updated, update_register
from socialpoll.register.updating.versions import read_changes, read_register, write_register

__all__ = [
    "Updated",
    "Updating",
    "open_register",
    "read_changes",
    "read_register",
    "update_register",
    "write_register",
]
