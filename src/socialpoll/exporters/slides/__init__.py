"""Decks of slides for those who decide: a finding a slide, charts that can be edited."""

from socialpoll.exporters.slides.options import SlidesOptions
from socialpoll.exporters.slides.rendering import MEDIA_TYPE, render

__all__ = ["MEDIA_TYPE", "SlidesOptions", "render"]
