"""Word briefs, from the built-in template or one of your own: a document a language, or in two."""

from socialpoll.exporters.word.accessibility import check_accessibility
from socialpoll.exporters.word.contract import CONTRACT_VERSION, template_variables
from socialpoll.exporters.word.loading import (
    built_in_template,
    check_template,
    look_at,
    read_template,
)
from socialpoll.exporters.word.options import WordOptions
from socialpoll.exporters.word.rendering import MEDIA_TYPE, finish_export, render

__all__ = [
    "CONTRACT_VERSION",
    "MEDIA_TYPE",
    "WordOptions",
    "built_in_template",
    "check_accessibility",
    "check_template",
    "finish_export",
    "look_at",
    "read_template",
    "render",
    "template_variables",
]
