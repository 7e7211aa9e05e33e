"""The closed lists of what JSON files of a run hold beside figures, each path with what it is."""

from __future__ import annotations

import re

DECLARED = "of the poll file or the questionnaire"
MADE = "of a file, a version or a convention"
COUNTED = "of all respondents, and taken in by the attacker"
WEIGHED = "of the weights of all respondents"

OF_A_WAVE = r"(\.waves\[\])?"
MANIFEST = {
    r"\.manifest|\.versions\.[\w-]+|\.documents\[\]\.(name|sha256|bytes|version)": MADE,
    r"\.release\.(sha256|bytes)|\.inputs\.[\w./-]+|\.hashes\.\w+": MADE,
    r"\.failures\[\].*": MADE,
    r"\.poll|\.wave|\.seed|\.recipe\[\].*|\.comparisons\.\w+|\.banners\[\].*": DECLARED,
    r"\.followed\[\]\.(name|sha256|bytes)": MADE,
    r"\.waves\[\]\.(wave|seed|recipe\[\].*)": DECLARED,
    r"\.waves\[\]\.(inputs\.[\w./-]+|hashes\.\w+)": MADE,
    r"\.checks\[\]\.(findings|cases)": COUNTED,
    OF_A_WAVE + r"\.weights\.diagnostics\[\]\.(step|n|sum|deff|n_effective)": WEIGHED,
    OF_A_WAVE + r"\.weights\.diagnostics\[\]\.(g_)?(min|max|p\d+)": WEIGHED,
    OF_A_WAVE + r"\.weights\.margins\[\]\.(step|target|reached|relative_error)": WEIGHED,
    OF_A_WAVE + r"\.weights\.margins\[\]\.(final|final_error)": WEIGHED,
    OF_A_WAVE + r"\.weights\.margins\[\]\.level": DECLARED,
}
"""Of the manifest."""
RELEASE = {
    r"\.version|\.sha256|\.release\.hashes\.\w+": MADE,
    r"\.release\.(questionnaire|edition|release_date)|\.release\.(titles|declared)\..*": DECLARED,
}
"""Of a saved release, beside figures, comparisons, choices and facts."""
FACTS = {
    r"responses\.cases\.(cases|interviews|disposition_counts|outcome_counts)": COUNTED,
    r"responses\.cases\.wave": DECLARED,
    r"responses\.design\.(stages|strata|units|strata_columns|cluster_columns)": DECLARED,
    r"responses\.rates\.((RR|COOP|REF|CON)\d|e)": COUNTED,
    r"waves\.stack\.waves": DECLARED,
    r"weighting\.nonresponse\.(classes|kept|given)": COUNTED,
    r"weighting\.nonresponse\.largest_factor": WEIGHED,
    r"weighting\.rake\.(iterations|tolerance|largest_error|total|sources.*|dates)": MADE,
    r"weighting\.require\.(max_deff|max_ratio|min_effective|margin_error)": DECLARED,
    r"weighting\.require\.(deff|n_effective|ratio|largest_error)": WEIGHED,
    r"weighting\.diagnostics\.(n|deff|n_effective|smallest|largest|sum)": WEIGHED,
    r"indicators\.precision\.(level|cases|deff_median|headline_margin)": COUNTED,
    r"indicators\.comparisons\.minimum_base|indicators\.lines\.level": DECLARED,
    r"indicators\.goal of \w+\.(size|reach|budget|costs|among|sets|draws|seed)": DECLARED,
    r"disclosure\.policy\.(minimum_base|flag_below|threshold|share_decimals|other_decimals)": MADE,
    r"disclosure\.policy\.(rows|suppressed|flagged|already_published)": MADE,
    r"disclosure\.policy\.(comparisons|choices)_removed": MADE,
    r"disclosure\.policy\.rules": MADE,
}
"""Of the account of the method, by stage, name and key."""


def unlisted(paths: list[str], lists: dict[str, str]) -> list[str]:
    """Return the paths that are on no list."""
    return sorted({one for one in paths if not any(re.fullmatch(each, one) for each in lists)})
