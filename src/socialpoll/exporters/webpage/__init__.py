"""Web pages of one file that loads nothing: reports, findings, codebooks and banner tables."""

from socialpoll.exporters.webpage.options import WebpageOptions
from socialpoll.exporters.webpage.rendering import MEDIA_TYPE, render

__all__ = ["MEDIA_TYPE", "WebpageOptions", "render"]
