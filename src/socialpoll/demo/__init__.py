"""A poll to try things on: adult Omanis and social media, with synthetic answers.

The folder holds a whole poll: questionnaire, answers, population targets and the poll file.
``README.md`` beside it tells where every number comes from.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["FOLDER", "POLL_FILE", "preview_template"]

FOLDER = Path(__file__).parent
"""Where the files of the bundled poll lie."""
POLL_FILE = FOLDER / "poll.toml"
"""The poll file, ready to be run."""
ALONE, FACING = 1, 2
"""Languages of a document."""


def preview_template(template: str | Path, *, to: str | Path) -> list[Path]:
    """Fill a Word template in with the bundled poll, in Arabic and English.

    A template for documents in two languages gives one in both; a template that asks ``facing``
    gives all three. So a template can be looked at before there is a poll of one's own. What it
    shows is made up, and says so.

    Parameters
    ----------
    template : str or Path
        Path of a Word template.
    to : str or Path
        Folder for the documents; it is made where it is not there, and files of the same names in
        it are replaced.

    Returns
    -------
    list of Path
        Of the documents.

    Raises
    ------
    TemplateError
        Where the template cannot be used; ``problems`` holds everything that was found.
    ExportError
        A folder that cannot be written to.

    See Also
    --------
    check_template : What is wrong with it, with its place.
    """
    from socialpoll.exporters.word import read_template
    from socialpoll.plugins import export
    from socialpoll.poll import Poll

    # Whoever made a mistake need not wait for the poll to be told.
    held = read_template(template).languages
    report = Poll.load(POLL_FILE).report()
    alone = report.languages if ALONE in held else ()
    facing = ("+".join(report.languages),) if FACING in held else ()
    return export(report, "word", to=to, languages=[*alone, *facing], template=str(template))
