"""Plugins found, loaded and kept apart; documents made by them and written by the host alone.

A plugin is a module or object with functions marked :data:`socialpoll.hookimpl`, named by an entry
point of the group ``socialpoll``. What is built in registers through the same functions.
"""

from socialpoll.plugins.codebooks import write_codebook
from socialpoll.plugins.datafiles import write_dta, write_sav
from socialpoll.plugins.exporting import export
from socialpoll.plugins.findings import write_findings
from socialpoll.plugins.forms import read_xlsform, write_xlsform
from socialpoll.plugins.host import BLOCK_VARIABLE, PluginHost
from socialpoll.plugins.limits import Isolated, Limits
from socialpoll.plugins.offers import Kind, Offer, State
from socialpoll.plugins.rendering import render
from socialpoll.plugins.tables import write_tables
from socialpoll.plugins.templates import write_template

__all__ = [
    "BLOCK_VARIABLE",
    "Isolated",
    "Kind",
    "Limits",
    "Offer",
    "PluginHost",
    "State",
    "export",
    "read_xlsform",
    "render",
    "write_codebook",
    "write_dta",
    "write_findings",
    "write_sav",
    "write_tables",
    "write_template",
    "write_xlsform",
]
