"""What is said: reports, their blocks, and their editions in a language."""

from socialpoll.report.banners import Banner, Sorting
from socialpoll.report.blocks import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Figure,
    Interval,
    Message,
    Phrase,
    Picture,
    PictureForm,
    Point,
    Row,
    Said,
    Section,
    Series,
    Shift,
    Span,
    Table,
    Text,
    Unit,
    Value,
)
from socialpoll.report.chart_plan import ChartChoice, Charts
from socialpoll.report.codebooks import Codebook, codebook
from socialpoll.report.composing import compose
from socialpoll.report.disclosures import Gap, missing_disclosures
from socialpoll.report.edition import Artist, Digits, Edition
from socialpoll.report.findings import Findings, Remark
from socialpoll.report.groups import Groups, groups_in
from socialpoll.report.house_style import HouseStyle
from socialpoll.report.images import Image
from socialpoll.report.json_schema import report_json_schema
from socialpoll.report.listing import in_sentences
from socialpoll.report.own_sections import (
    OwnSection,
    Passage,
    Phase,
    Pictures,
    Recommendations,
    Timeline,
)
from socialpoll.report.report import LifeCycle, Publisher, Report, Scalar
from socialpoll.report.serial import report_from_json, report_to_json
from socialpoll.report.tabulating import BannerTable, tabulate
from socialpoll.report.terms import SYNTHETIC_NOTICE, TERMS

__all__ = [
    "SYNTHETIC_NOTICE",
    "TERMS",
    "Artist",
    "Banner",
    "BannerTable",
    "Block",
    "Cell",
    "Chart",
    "ChartChoice",
    "ChartKind",
    "Charts",
    "Codebook",
    "Column",
    "Digits",
    "Edition",
    "Figure",
    "Findings",
    "Gap",
    "Groups",
    "HouseStyle",
    "Image",
    "Interval",
    "LifeCycle",
    "Message",
    "OwnSection",
    "Passage",
    "Phase",
    "Phrase",
    "Picture",
    "PictureForm",
    "Pictures",
    "Point",
    "Publisher",
    "Recommendations",
    "Remark",
    "Report",
    "Row",
    "Said",
    "Scalar",
    "Section",
    "Series",
    "Shift",
    "Sorting",
    "Span",
    "Table",
    "Text",
    "Timeline",
    "Unit",
    "Value",
    "codebook",
    "compose",
    "groups_in",
    "in_sentences",
    "missing_disclosures",
    "report_from_json",
    "report_json_schema",
    "report_to_json",
    "tabulate",
]
