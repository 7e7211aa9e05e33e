"""The poll: what its file declares, and the stages that it goes through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.indicators import Compared, Precision
from socialpoll.plugins import PluginHost
from socialpoll.poll.declared import Export, PollOutreach, Publication, Wanted
from socialpoll.report import Banner, codebook
from socialpoll.responses import Checks, SampleDesign
from socialpoll.responses.scans.sources import EngineName
from socialpoll.schema import Questionnaire
from socialpoll.weighting import Recipe, Replication

if TYPE_CHECKING:
    from typing import Self

    import pandas as pd

    from socialpoll.audience import OutreachPlan
    from socialpoll.disclosure import Release
    from socialpoll.indicators import Estimates
    from socialpoll.poll.progress import Progress
    from socialpoll.poll.running import Run
    from socialpoll.poll.tabulating import Tables
    from socialpoll.poll.waves import Wave
    from socialpoll.report import Codebook, Findings, Report
    from socialpoll.responses import Responses, Scan
    from socialpoll.weighting import Break, Waves, Weights

__all__ = ["Poll"]


@dataclass(frozen=True, kw_only=True)
class Poll:
    """Everything that is declared about a poll.

    Each stage starts from the answers again; for several of them, go on from what one returned with
    the functions of the library. All take a PluginHost, where readers, exporters and rules are
    looked up; a new one where absent.

    Attributes
    ----------
    name : str
        Plain name for files.
    folder : Path
        Of the poll file; nothing outside it is read.
    questionnaire : Questionnaire
    source : Path
        The file of answers; of a poll with waves that of the last. Where an engine counts them it
        may be a folder of Parquet files, or a pattern of names.
    reader : str or None
        Name of the reader; by the ending of the file where None.
    engine : {"duckdb", "polars"} or None
        What counts the answers where they lie; they are read into memory where None.
    wave : str or None
    seed : int or None
        For what needs one; it is in the manifest.
    design : SampleDesign
    checks : Checks
        What is checked of the answers, and how bad it is where it is found.
    recipe : Recipe
    replication : Replication or None
        How replicates are made, where standard errors come from them.
    precision : Precision
        Conventions of standard errors and intervals.
    comparisons : Compared
        How figures of indicators that ask for it are compared.
    indicators : tuple of Wanted
        In the order in which they are reported.
    outreach : PollOutreach or None
        From which questions a plan of whom to reach is made, where there shall be one.
    publication : Publication
    banners : tuple of Banner
        Tables of many indicators by many groups, in the order in which they are reported.
    exports : tuple of Export
        The documents that a run makes, in this order.
    inputs : tuple of str
        Files that the poll is read from, relative to the folder; a manifest has their hashes.
    waves : tuple of Wave
        In their order in time; empty for a poll that was taken once.
    breaks : tuple of Break
        Questions that cannot be compared with themselves before a wave.
    respondent_id : str or None
        Column by which respondents are the same in all waves; the waves are independent samples
        where None.
    """

    name: str
    folder: Path
    questionnaire: Questionnaire
    source: Path
    reader: str | None = None
    engine: EngineName | None = None
    wave: str | None = None
    seed: int | None = None
    design: SampleDesign
    checks: Checks = field(default_factory=Checks)
    recipe: Recipe
    replication: Replication | None = None
    precision: Precision = field(default_factory=Precision)
    comparisons: Compared = field(default_factory=Compared)
    indicators: tuple[Wanted, ...]
    outreach: PollOutreach | None = None
    publication: Publication
    banners: tuple[Banner, ...] = ()
    exports: tuple[Export, ...] = ()
    inputs: tuple[str, ...] = ()
    waves: tuple[Wave, ...] = ()
    breaks: tuple[Break, ...] = ()
    respondent_id: str | None = None

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a poll file.

        Parameters
        ----------
        path : str or Path
            Of a TOML file in UTF-8. Files that it names are relative to it and in its folder.

        Returns
        -------
        Poll

        Raises
        ------
        PollFileError
            With every mistake in the file, in its questionnaire and in its targets; each with its
            file, table and key.
        """
        from socialpoll.poll.reading import parts_of_file

        return cls(**parts_of_file(path))

    def responses(self, host: PluginHost | None = None) -> Responses:
        """Read the answers and bind them to the questionnaire and the design.

        Those of several waves are stacked; the variable ``wave`` says which each is of.

        Raises
        ------
        UncleanError
            Some findings are errors; :meth:`check` lists them.
        WavesError
            As the other errors, of a poll with waves: those of all of them.
        ReaderError, PluginError, BindingError, DesignError
            The answers cannot be read or bound; or an engine counts them where they lie.

        See Also
        --------
        scan : Of a poll that names an engine.
        """
        from socialpoll.poll.gathering import answers_of, cases_in, require_cases, together

        require_cases(self)
        return together(self, cases_in(answers_of(self, host or PluginHost())))

    def scan(self) -> Scan:
        """Bind the answers where they lie, by the engine that the poll file names.

        Raises
        ------
        UncleanError
            Some findings are errors; :meth:`check` lists them.
        ReaderError, BindingError, DesignError
            The answers cannot be read or bound; the engine is not installed; the poll file names
            none, or several waves.
        """
        from socialpoll.poll.gathering import scan_of

        return scan_of(self)

    def weights(self, host: PluginHost | None = None) -> Weights | Waves:
        """Weight the answers by the recipe; TargetError or ConvergenceError where it cannot be.

        Of several waves each is weighted by itself, and then they are stacked.
        """
        from socialpoll.poll.gathering import answers_of, weights_of

        return weights_of(self, answers_of(self, host or PluginHost()))

    def estimates(self, host: PluginHost | None = None) -> tuple[Estimates, ...]:
        """Estimate every indicator; EstimationError where one does not fit its question.

        Returns
        -------
        tuple of Estimates
            In the order of the file; neighbours that are for the same groups are in one. Those that
            a plan is made of come last.
        """
        from socialpoll.poll.stages import estimated

        return estimated(self, self.weights(host))

    def release(self, host: PluginHost | None = None) -> Release:
        """Decide what of the estimates may be shown; ReleaseError where nothing can be."""
        from socialpoll.poll.stages import released

        hosted = host or PluginHost()
        return released(self, self.estimates(hosted), hosted)

    def changes(self, host: PluginHost | None = None) -> pd.DataFrame | None:
        """Return the changes between waves that indicators ask for and that may be shown.

        Returns
        -------
        pandas.DataFrame or None
            As of :func:`socialpoll.change`, rounded as the release is, without what touches a
            figure that is suppressed. None where no indicator asks for it or there is one wave.
        """
        from socialpoll.poll.following import changes_in
        from socialpoll.poll.stages import released

        hosted = host or PluginHost()
        estimates = self.estimates(hosted)
        return changes_in(self, estimates, released(self, estimates, hosted))

    def trends(self, host: PluginHost | None = None) -> pd.DataFrame | None:
        """Return the trends over waves in the same way; see :func:`socialpoll.trend`."""
        from socialpoll.poll.following import trends_in
        from socialpoll.poll.stages import released

        hosted = host or PluginHost()
        estimates = self.estimates(hosted)
        return trends_in(self, estimates, released(self, estimates, hosted))

    def plan(self, host: PluginHost | None = None) -> OutreachPlan | None:
        """Plan whom to reach, where, when and with what, from what may be shown.

        Returns
        -------
        OutreachPlan or None
            As of :func:`socialpoll.plan`; None where the poll file has no ``[outreach]``.
        """
        from socialpoll.poll.outreach_measuring import plan_of

        return None if self.outreach is None else plan_of(self, self.release(host))

    def report(self, host: PluginHost | None = None) -> Report:
        """Compose the report of what may be shown."""
        from socialpoll.poll.stages import composed

        return composed(self, self.release(host))

    def tables(
        self,
        name: str | None = None,
        *,
        rows: Sequence[str] = (),
        columns: Sequence[str] = (),
        language: str | None = None,
        progress: Progress | None = None,
        host: PluginHost | None = None,
    ) -> Tables:
        """Put what may be shown into banner tables: many indicators by many groups.

        Parameters
        ----------
        name : str, optional
            Of a banner of the poll file; all of them where absent, or a table of everything where
            the file has none.
        rows, columns : sequence of str
            Indicators and breakdowns (a crossing as ``sex|age_group``) in place of those of the
            banner; without its name, of one table.
        language : str, optional
            In which the tables are shown; the first of the publication where absent.
        progress : callable, optional
            As of :meth:`run`.
        host : PluginHost, optional

        Returns
        -------
        Tables
            ``tables``, a BannerTable each; and ``report``, the same as a report, which
            :func:`socialpoll.write_tables` writes to a page.

        Raises
        ------
        SocialpollError
            As the stages; ReportError where there is no such banner, row, column or catalogue.
        """
        from socialpoll.poll.tabulating import Chosen, tables_of

        chosen = Chosen(name, tuple(rows), tuple(columns))
        hosted = host or PluginHost()
        return tables_of(self, chosen, language=language, progress=progress, host=hosted)

    def codebook(self, host: PluginHost | None = None, *, bases: bool = True) -> Codebook:
        """Make the codebook of the questionnaire, published by whoever publishes the poll.

        Parameters
        ----------
        host : PluginHost, optional
        bases : bool
            Whether the answers are read, to tell in how many interviews each question was asked
            and answered; of several waves, in the last.
        """
        from socialpoll.poll.gathering import answers_of

        if not bases:
            return codebook(self.questionnaire, publisher=self.publication.publisher)
        *_, last = answers_of(self, host or PluginHost()).values()
        return codebook(
            last.responses.questionnaire,
            last.responses,
            publisher=self.publication.publisher,
            threshold=self.publication.fewest,
        )

    def check(self, host: PluginHost | None = None) -> pd.DataFrame:
        """Go through all stages without making documents, and list what is to be said.

        Returns
        -------
        pandas.DataFrame
            severity (``error``, ``warning`` or ``note``), rule (of findings about answers), where,
            what, found, count, advice; one row a finding, the worst first. A run that this finds no
            error in will make its documents, as far as can be told without making them.
        """
        return self.findings(host).frame

    def findings(self, host: PluginHost | None = None) -> Findings:
        """Go through all stages as :meth:`check` does.

        Returns
        -------
        Findings
            The same list as its ``frame``; :func:`socialpoll.write_findings` writes it to a file.
        """
        from socialpoll.poll.examining import examine

        return examine(self, host or PluginHost())

    def run(
        self,
        to: str | Path,
        *,
        progress: Progress | None = None,
        only: str | Sequence[str] | None = None,
        host: PluginHost | None = None,
        isolated: bool | None = None,
    ) -> Run:
        """Make every document that the poll file asks for, and a manifest of the run.

        An exporter that fails stops no other; the failure is in the manifest and in the result.

        Parameters
        ----------
        to : str or Path
            Folder for the documents, ``release.json`` (what was released, for later editions) and
            ``manifest.json``.
        progress : callable, optional
            ``progress(what, done, of)`` is called as each step begins, and once at the end.
        only : str or sequence of str, optional
            Names of exporters; the exports of all others are left out.
        host : PluginHost, optional
        isolated : bool, optional
            Whether all exporters render in processes of their own, or none, whatever the poll file
            says. As it says where absent; and where it says nothing, as the host was made.

        Returns
        -------
        Run

        Raises
        ------
        SocialpollError
            As the stages; ExportError also where the manifest cannot be written, or ``only`` names
            an exporter that the poll does not use.
        """
        from socialpoll.poll.running import run

        chosen = (only,) if isinstance(only, str) else only
        return run(
            self,
            Path(to),
            progress=progress,
            only=chosen,
            host=host or PluginHost(),
            isolated=isolated,
        )
