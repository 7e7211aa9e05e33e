"""The exporters that come with the library, registered like anybody else's."""

from __future__ import annotations

from socialpoll.hooks import Exporter, hookimpl

__all__ = ["socialpoll_exporters"]


@hookimpl
def socialpoll_exporters() -> list[Exporter]:
    """Return the built-in exporters: documents, charts and feeds.

    What each needs is loaded when it is first used, not here.
    """
    from socialpoll.exporters import (
        charts,
        excel,
        feed,
        parquet,
        report_json,
        sdmx,
        slides,
        webpage,
        word,
    )

    return [
        Exporter(
            name="word",
            title="Brief in Word, one document a language or both in facing columns",
            media_type=word.MEDIA_TYPE,
            suffix=".docx",
            render=word.render,
            options=word.WordOptions,
            finish=word.finish_export,
            requires=("docxtpl>=0.20.2", "jinja2>=3.1.4", "lxml>=5.1", "python-docx>=1.2"),
            facing=True,
        ),
        Exporter(
            name="slides",
            title="Slides for PowerPoint with charts that can be edited, one deck a language",
            media_type=slides.MEDIA_TYPE,
            suffix=".pptx",
            render=slides.render,
            options=slides.SlidesOptions,
            requires=("lxml>=5.1", "python-pptx>=1.0"),
        ),
        Exporter(
            name="excel",
            title="Workbook for Excel, a sheet a table and all figures, one file a language",
            media_type=excel.MEDIA_TYPE,
            suffix=".xlsx",
            render=excel.render,
            options=excel.ExcelOptions,
            requires=("xlsxwriter>=3.2.5",),
        ),
        Exporter(
            name="webpage",
            title="Web page in all languages, one file that loads and runs nothing",
            media_type=webpage.MEDIA_TYPE,
            suffix=".html",
            render=webpage.render,
            options=webpage.WebpageOptions,
            editions="all",
        ),
        Exporter(
            name="csv",
            title="All figures as one long CSV feed in the layout of SDMX-CSV",
            media_type=feed.MEDIA_TYPE,
            suffix=".csv",
            render=feed.render,
            options=feed.CsvOptions,
            editions="all",
        ),
        Exporter(
            name="chart",
            title="Every chart as a picture, PNG or SVG, one file a language",
            media_type=charts.MEDIA_TYPE,
            suffix=".png",
            render=charts.render,
            options=charts.ChartOptions,
            requires=("matplotlib>=3.11",),
        ),
        Exporter(
            name="json",
            title="The whole report as JSON in all its languages, with its JSON Schema on request",
            media_type=report_json.MEDIA_TYPE,
            suffix=".json",
            render=report_json.render,
            options=report_json.JsonOptions,
            editions="all",
        ),
        Exporter(
            name="sdmx",
            title="All figures as SDMX-CSV 2.1, with their structure and code lists as SDMX-JSON",
            media_type=sdmx.MEDIA_TYPE,
            suffix=".sdmx.csv",
            render=sdmx.render,
            options=sdmx.SdmxOptions,
            editions="all",
        ),
        Exporter(
            name="parquet",
            title="All figures as Parquet with their types, and what describes them",
            media_type=parquet.MEDIA_TYPE,
            suffix=".parquet",
            render=parquet.render,
            options=parquet.ParquetOptions,
            editions="all",
            requires=("pyarrow>=16",),
        ),
    ]
