"""From a questionnaire to the documents that decision makers read.

The road, each step one frozen object: Questionnaire, Responses, Weights, Estimates, Release,
Report, Document. Public names are imported when they are first used; ``import socialpoll`` itself
loads neither pandas nor scipy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socialpoll.audience import (
        Outreach as Outreach,
        OutreachPlan as OutreachPlan,
        plan as plan,
    )
    from socialpoll.demo import preview_template as preview_template
    from socialpoll.disclosure import (
        MinBase as MinBase,
        Nchs2017 as Nchs2017,
        Policy as Policy,
        Release as Release,
        Ruling as Ruling,
        StatCan as StatCan,
        audit as audit,
        release as release,
        supersede as supersede,
        verdicts as verdicts,
    )
    from socialpoll.errors import SocialpollError as SocialpollError
    from socialpoll.exporters.word import (
        check_accessibility as check_accessibility,
        check_template as check_template,
        template_variables as template_variables,
    )
    from socialpoll.hooks import (
        Document as Document,
        Exporter as Exporter,
        Reader as Reader,
        Source as Source,
        hookimpl as hookimpl,
    )
    from socialpoll.indicators import (
        Agreement as Agreement,
        Association as Association,
        BestReach as BestReach,
        CircularMean as CircularMean,
        Concentration as Concentration,
        Contrast as Contrast,
        EffectSizes as EffectSizes,
        Estimates as Estimates,
        Goal as Goal,
        Mean as Mean,
        Precision as Precision,
        Profile as Profile,
        Quantile as Quantile,
        Ratio as Ratio,
        Reach as Reach,
        Regression as Regression,
        Share as Share,
        Total as Total,
        TTest as TTest,
        Variance as Variance,
        WaldTest as WaldTest,
        Windows as Windows,
        association as association,
        best_reach as best_reach,
        busiest as busiest,
        change as change,
        check_agreement as check_agreement,
        choose as choose,
        compare as compare,
        duplication as duplication,
        estimate as estimate,
        lead as lead,
        regress as regress,
        t_test as t_test,
        trend as trend,
    )
    from socialpoll.plugins import (
        Limits as Limits,
        PluginHost as PluginHost,
        export as export,
        read_xlsform as read_xlsform,
        render as render,
        write_codebook as write_codebook,
        write_dta as write_dta,
        write_findings as write_findings,
        write_sav as write_sav,
        write_tables as write_tables,
        write_template as write_template,
        write_xlsform as write_xlsform,
    )
    from socialpoll.poll import Poll as Poll
    from socialpoll.readers import submissions as submissions
    from socialpoll.register import (
        AgencyTable as AgencyTable,
        ClusterSample as ClusterSample,
        Decisions as Decisions,
        Drawn as Drawn,
        LinkageKey as LinkageKey,
        LinkQuality as LinkQuality,
        Links as Links,
        Matching as Matching,
        Population as Population,
        ProportionalSample as ProportionalSample,
        Register as Register,
        RegisterLayout as RegisterLayout,
        SourceQuality as SourceQuality,
        StratifiedSample as StratifiedSample,
        Updated as Updated,
        Updating as Updating,
        check_sources as check_sources,
        decide as decide,
        draw as draw,
        evaluate_links as evaluate_links,
        link_records as link_records,
        link_respondents as link_respondents,
        normalise_name as normalise_name,
        open_register as open_register,
        population as population,
        read_changes as read_changes,
        read_register as read_register,
        read_review as read_review,
        update_register as update_register,
        write_register as write_register,
        write_review as write_review,
    )
    from socialpoll.report import (
        Banner as Banner,
        BannerTable as BannerTable,
        Charts as Charts,
        Codebook as Codebook,
        Edition as Edition,
        Findings as Findings,
        Gap as Gap,
        Groups as Groups,
        HouseStyle as HouseStyle,
        Image as Image,
        LifeCycle as LifeCycle,
        Passage as Passage,
        Phase as Phase,
        Pictures as Pictures,
        Publisher as Publisher,
        Recommendations as Recommendations,
        Report as Report,
        Timeline as Timeline,
        codebook as codebook,
        compose as compose,
        groups_in as groups_in,
        missing_disclosures as missing_disclosures,
        report_from_json as report_from_json,
        report_json_schema as report_json_schema,
        report_to_json as report_to_json,
        tabulate as tabulate,
    )
    from socialpoll.responses import (
        Checked as Checked,
        Checks as Checks,
        ResponseRates as ResponseRates,
        Responses as Responses,
        SampleDesign as SampleDesign,
        Scan as Scan,
        bind as bind,
        check as check,
        response_rates as response_rates,
        scan as scan,
    )
    from socialpoll.schema import (
        All as All,
        Answered as Answered,
        Any as Any,
        Band as Band,
        Bands as Bands,
        Block as Block,
        Boxes as Boxes,
        Choices as Choices,
        Chosen as Chosen,
        ClockBand as ClockBand,
        Code as Code,
        Date as Date,
        Dated as Dated,
        Declaration as Declaration,
        Duration as Duration,
        FreeText as FreeText,
        Grid as Grid,
        Group as Group,
        Grouping as Grouping,
        Is as Is,
        Item as Item,
        MadeMissing as MadeMissing,
        Methodology as Methodology,
        Missing as Missing,
        Multiple as Multiple,
        Net as Net,
        Nets as Nets,
        Not as Not,
        Number as Number,
        Order as Order,
        Questionnaire as Questionnaire,
        Scale as Scale,
        Single as Single,
        Split as Split,
        Sum as Sum,
        TimeOfDay as TimeOfDay,
        Version as Version,
        Within as Within,
    )
    from socialpoll.weighting import (
        BalancedRepeated as BalancedRepeated,
        Bootstrap as Bootstrap,
        Break as Break,
        Calibrate as Calibrate,
        GivenReplicates as GivenReplicates,
        Jackknife as Jackknife,
        Lint as Lint,
        Margin as Margin,
        NonResponse as NonResponse,
        PostStratify as PostStratify,
        Propensity as Propensity,
        Rake as Rake,
        Recipe as Recipe,
        ReferencePropensity as ReferencePropensity,
        Replicated as Replicated,
        Replicates as Replicates,
        Require as Require,
        Rescale as Rescale,
        Selection as Selection,
        SuccessiveDifference as SuccessiveDifference,
        Targets as Targets,
        Trim as Trim,
        UnknownEligibility as UnknownEligibility,
        Waves as Waves,
        Weights as Weights,
        lint as lint,
        poststratify as poststratify,
        rake as rake,
        replicate as replicate,
        stack as stack,
        weigh as weigh,
        weights_from as weights_from,
        write_targets_template as write_targets_template,
    )

__version__ = "0.1.0"

_HOME = {
    "errors": "SocialpollError",
    "hooks": """
        Document Exporter Reader Source hookimpl
    """,
    "schema": """
        All Answered Any Band Bands Block Boxes Choices Chosen ClockBand Code Date Dated Declaration
        Duration FreeText Grid Group Grouping Is Item MadeMissing Methodology Missing Multiple Net
        Nets Not Number Order Questionnaire Scale Single Split Sum TimeOfDay Version Within
    """,
    "responses": """
        Checked Checks ResponseRates Responses SampleDesign Scan bind check response_rates scan
    """,
    "weighting": """
        BalancedRepeated Bootstrap Break Calibrate GivenReplicates Jackknife Lint Margin NonResponse
        PostStratify Propensity Rake Recipe ReferencePropensity Replicated Replicates Require
        Rescale Selection SuccessiveDifference Targets Trim UnknownEligibility Waves Weights lint
        poststratify rake replicate stack weigh weights_from write_targets_template
    """,
    "indicators": """
        Agreement Association BestReach CircularMean Concentration Contrast EffectSizes
        Estimates Goal Mean Precision Profile Quantile Ratio Reach Regression Share TTest
        Total Variance WaldTest Windows association best_reach busiest change
        check_agreement choose compare duplication estimate lead regress t_test trend
    """,
    "disclosure": """
        MinBase Nchs2017 Policy Release Ruling StatCan audit release supersede verdicts
    """,
    "audience": "Outreach OutreachPlan plan",
    "report": """
        Banner BannerTable Charts Codebook Edition Findings Gap Groups HouseStyle Image LifeCycle
        Passage Phase Pictures Publisher Recommendations Report Timeline codebook compose groups_in
        missing_disclosures report_from_json report_json_schema report_to_json tabulate
    """,
    "readers": "submissions",
    "register": """
        AgencyTable ClusterSample Decisions Drawn LinkQuality LinkageKey Links Matching
        Population ProportionalSample Register RegisterLayout SourceQuality StratifiedSample
        Updated Updating check_sources decide draw evaluate_links link_records link_respondents
        normalise_name open_register population read_changes read_register read_review
        update_register write_register write_review
    """,
    "exporters.word": "check_accessibility check_template template_variables",
    "plugins": """
        Limits PluginHost export read_xlsform render write_codebook write_dta write_sav write_tables
        write_template write_findings write_xlsform
    """,
    "poll": "Poll",
    "demo": "preview_template",
}
_ROOM = {name: room for room, names in _HOME.items() for name in names.split()}

__all__ = [*_ROOM]  # noqa: PLE0604 - the table above is the one list of names


# Type checkers have the names above, and must not take any other for one.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _ROOM:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value = getattr(importlib.import_module(f"{__name__}.{_ROOM[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
