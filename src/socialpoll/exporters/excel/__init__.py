"""Workbooks for those who calculate on: cover, contents, notes, a sheet a table, all figures."""

from socialpoll.exporters.excel.options import ExcelOptions
from socialpoll.exporters.excel.rendering import MEDIA_TYPE, render

__all__ = ["MEDIA_TYPE", "ExcelOptions", "render"]
