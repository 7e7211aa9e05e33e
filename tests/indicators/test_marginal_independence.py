"""Marginal independence: published examples, papers' formulas written anew, and the bootstrap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import special

import socialpoll as sp
from socialpoll.errors import EstimationError
from tests.indicators.polls import answers, bound
from tests.indicators.ticked import asked_of, columns, drawn, ticked

# 262 farmers by education: who chose which of five sources of veterinary information. Loughin &
# Scherer (1998); Agresti & Liu (1999); data farmer1 of the R package MRCV.
EDUCATED = np.array([88, 16, 31, 113, 14])
SOURCES = np.array(
    [
        [19, 38, 29, 47, 40],
        [2, 6, 8, 8, 4],
        [1, 13, 10, 17, 14],
        [19, 29, 40, 53, 29],
        [3, 4, 8, 6, 6],
    ]
)
# 279 farmers: how many tested swine waste for nitrogen, phosphorus and salt, and of these, how many
# used lagoon, pit, natural drainage and holding tank. Bilder & Loughin (2007); data farmer2 of
# MRCV, whose tables and statistics are in Koziol & Bilder (2014), R Journal 6(1).
TESTED = np.array([40, 30, 21])
STORED = np.array([[27, 16, 2, 2], [22, 12, 1, 1], [19, 6, 1, 0]])
UNTESTED = np.array([116, 64, 83, 11])
CLUSTERED = sp.SampleDesign(strata="stratum", clusters="cluster", nested=True, weight="weight")


def farmers_by_education() -> sp.Responses:
    """Return farmers with the published table; which sources go together was not published."""
    first = [np.arange(n)[:, None] < counts for n, counts in zip(EDUCATED, SOURCES, strict=True)]
    chosen = columns("y", np.vstack(first))
    return ticked(chosen.assign(g=np.repeat(list("12345"), EDUCATED)))


def farmers_by_storage() -> sp.Responses:
    """Return farmers with the published tables; who tested for salt tested for all three."""
    only = -np.diff(TESTED, append=0)
    used = -np.diff(STORED, axis=0, append=0)
    sizes = np.append(only, 279 - TESTED[0])
    y = [np.arange(n)[:, None] < k for n, k in zip(sizes, [*used, UNTESTED], strict=True)]
    w = np.repeat(np.tri(3, dtype=int), only, axis=0)
    w = np.vstack([w, np.zeros((sizes[-1], 3), dtype=int)])
    return ticked(pd.concat([columns("w", w), columns("y", np.vstack(y))], axis=1))


def by_test(found: sp.Association) -> pd.DataFrame:
    return found.frame.set_index("test")


def matrices(data: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return tuple(data.filter(regex=f"^{one}_").to_numpy(dtype=float) for one in "wy")


def test_education_and_sources_have_the_published_statistics():
    found = sp.association(farmers_by_education(), "y", "g")
    assert found.hypothesis == "multiple marginal independence"
    assert found.n_base == 262
    assert found.chi_square == pytest.approx(30.84, abs=0.005)
    assert found.items["chi_square"].to_numpy() == pytest.approx(
        [5.96, 7.89, 4.62, 1.42, 10.95], abs=0.005
    )
    # As MRCV refers them, to χ² with 4 degrees of freedom, times 5 (Bonferroni).
    simple = 5 * special.chdtrc(4, found.items["chi_square"].to_numpy()[[1, 4]])
    assert simple == pytest.approx([0.4778, 0.1357], abs=0.0001)


def test_the_first_order_correction_needs_only_who_chose_what():
    # Decady & Thomas (2000): X² of the table of choices over 1 - m / (n c), on (r - 1) c.
    expected = np.outer(EDUCATED, SOURCES.sum(axis=0)) / 262
    x_square = ((SOURCES - expected) ** 2 / expected).sum()
    corrected = x_square / (1 - SOURCES.sum() / (262 * 5))
    row = by_test(sp.association(farmers_by_education(), "g", "y")).loc["decady-thomas"]
    assert row["statistic"] == pytest.approx(corrected)
    assert (row["df"], row["ddf"]) == (20, np.inf)
    assert row["p"] == pytest.approx(special.chdtrc(20, corrected))


def test_tests_and_storage_have_the_published_statistics():
    found = sp.association(farmers_by_storage(), "w", "y")
    assert found.hypothesis == "simultaneous pairwise marginal independence"
    assert found.n_base == 279
    assert found.shares * 279 == pytest.approx(STORED)
    published = [4.93, 2.93, 14.29, 0.01, 6.56, 2.11, 11.68, 0.13, 13.98, 0.00, 7.08]
    pairs = found.items["chi_square"].to_numpy()
    # In the last table MRCV counts the empty cell as half a case; here it is empty.
    assert pairs[:11] == pytest.approx(published, abs=0.006)
    assert pairs[11] == pytest.approx(279 * (21 * 13) ** 2 / (258 * 21 * 266 * 13))
    assert found.chi_square == pytest.approx(pairs.sum())
    strongest = found.items.iloc[2]
    assert (strongest["row_item"], strongest["column_item"]) == ("a", "c")
    assert 12 * special.chdtrc(1, strongest["chi_square"]) == pytest.approx(0.0019, abs=0.0001)


def of_bilder_and_loughin(w: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the eigenvalues of D⁻¹Σ (2004, appendix A), from all 2^(I + J) patterns of answers."""

    def patterns(size: int) -> np.ndarray:
        return (np.arange(2**size)[None, :] >> np.arange(size)[::-1, None]) & 1

    n, i, j = len(w), w.shape[1], y.shape[1]
    g, h = patterns(i), patterns(j)
    number = np.hstack([w, y]).astype(int) @ (2 ** np.arange(i + j)[::-1])
    tau = np.bincount(number, minlength=2 ** (i + j)) / n
    g_all, h_all = np.kron(g, np.ones(2**j)), np.kron(np.ones(2**i), h)
    row, column = g_all @ tau, h_all @ tau
    f = np.kron(g, h) - np.kron(row[:, None], h_all) - np.kron(g_all, column[:, None])
    sigma = f @ (np.diag(tau) - np.outer(tau, tau)) @ f.T
    d = np.kron(row * (1 - row), column * (1 - column))
    return np.sort(np.linalg.eigvals(sigma / d[:, None]).real)[::-1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pairs_of_options_are_tested_as_bilder_and_loughin_do(seed):
    data = drawn(seed)
    w, y = matrices(data)
    n = len(w)
    found = sp.association(ticked(data), "w", "y")
    x_square = sum(
        n * np.corrcoef(one, other)[0, 1] ** 2 for one in w.T for other in y.T
    )  # of 2 by 2, X² = n φ²
    eigenvalues = of_bilder_and_loughin(w, y) * n / (n - 1)
    assert found.chi_square == pytest.approx(x_square, rel=1e-8)
    assert found.design_effects == pytest.approx(eigenvalues, rel=1e-8, abs=1e-8)
    f, d = x_square / eigenvalues.sum(), eigenvalues.sum() ** 2 / (eigenvalues**2).sum()
    p = special.fdtrc(d, d * (n - 1), f)
    assert (found.statistic, found.df, found.ddf, found.p) == pytest.approx(
        (f, d, d * (n - 1), p), rel=1e-8
    )


def of_fixed_groups(chosen: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return the eigenvalues of D⁻¹HVH' (Bilder, Loughin & Nettleton 2000, appendix A).

    V is the covariance of √n (shares by group), each group a sample of its own.
    """
    c = chosen.shape[1]
    names = np.unique(group)
    a = np.array([(group == one).mean() for one in names])
    v = np.zeros((len(names) * c, len(names) * c))
    for place, name in enumerate(names):
        own = slice(place * c, (place + 1) * c)
        v[own, own] = np.cov(chosen[group == name].T) / a[place]
    h = np.eye(len(v)) - np.kron(np.outer(np.ones(len(names)), a), np.eye(c))
    p = chosen.mean(axis=0)
    d = np.kron(1 / a, p * (1 - p))
    return np.sort(np.linalg.eigvals(h @ v @ h.T / d[:, None]).real)[::-1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_options_are_tested_as_in_samples_of_fixed_groups_where_groups_are_strata(seed):
    data = drawn(seed)
    w, group = matrices(data)[0], data["g"].to_numpy()
    found = sp.association(ticked(data, sp.SampleDesign(strata="g")), "g", "w")
    eigenvalues = of_fixed_groups(w, group)[:6]
    assert found.design_effects == pytest.approx(eigenvalues, rel=1e-8, abs=1e-10)
    assert found.df == pytest.approx(eigenvalues.sum() ** 2 / (eigenvalues**2).sum(), rel=1e-8)
    assert found.ddf == pytest.approx(found.df * (len(data) - 3), rel=1e-8)


def test_two_options_are_tested_by_the_mean_product_of_their_deviations():
    data = drawn(5, clusters=24, spread=0.5)[["w_a", "y_a", "cluster", "stratum", "weight"]]
    found = sp.association(ticked(data, CLUSTERED), "w", "y")
    weight = data["weight"].to_numpy()
    share = weight / weight.sum()
    x, z = data["w_a"] - share @ data["w_a"], data["y_a"] - share @ data["y_a"]
    theta = share @ (x * z)
    scores = (share * (x * z - theta)).groupby([data["stratum"], data["cluster"]]).sum()
    variance = sum(12 / 11 * ((one - one.mean()) ** 2).sum() for _, one in scores.groupby(level=0))
    assert found.statistic == pytest.approx(theta**2 / variance)
    assert (found.df, found.ddf) == pytest.approx((1, 22))
    assert found.p == pytest.approx(2 * special.stdtr(22, -abs(theta) / np.sqrt(variance)))


@pytest.mark.parametrize("pair", [("w", "y"), ("w", "g"), ("g", "y")])
def test_rows_and_columns_may_change_places(pair):
    responses = ticked(drawn(6, clusters=30, spread=0.4), CLUSTERED)
    one, other = sp.association(responses, *pair), sp.association(responses, *reversed(pair))
    figures = ["statistic", "df", "ddf", "p"]
    for test, row in by_test(one).iterrows():
        assert by_test(other).loc[test, figures].tolist() == pytest.approx(row[figures].tolist())
    assert one.shares == pytest.approx(other.shares.T)
    swapped = other.items.sort_values(["column_item", "row_item"])
    for figure in ("chi_square", "statistic", "p", "p_adjusted", "cramers_v"):
        assert one.items[figure].tolist() == pytest.approx(swapped[figure].tolist())


@pytest.mark.parametrize("pair", [("w", "y"), ("w", "g")])
def test_order_of_rows_scale_of_weights_and_names_of_codes_say_nothing(pair):
    data = drawn(7, clusters=30, spread=0.4)
    found = sp.association(ticked(data, CLUSTERED), *pair)
    mixed = data.sample(frac=1, random_state=1).reset_index(drop=True)
    scaled = data.assign(weight=1e5 * data["weight"])
    turned = data[["w_c", "w_a", "w_b", *data.columns[3:]]]
    named = turned.rename(columns={"w_a": "w_z", "w_c": "w_q"}).replace({"g": {"one": "zero"}})
    for other in (mixed, scaled, named):
        again = sp.association(ticked(other, CLUSTERED), *pair)
        assert by_test(again)["p"].tolist() == pytest.approx(by_test(found)["p"].tolist())
        assert sorted(again.items["p_adjusted"]) == pytest.approx(sorted(found.items["p_adjusted"]))


def test_answers_of_which_all_give_one_are_corrected_to_the_test_of_single_answers():
    data = drawn(8)
    group = pd.get_dummies(data["g"]).to_numpy()
    as_options = columns("y", group).assign(g=data["w_a"].map({0: "n", 1: "y"}))
    single = sp.association(ticked(as_options.assign(g2=data["g"])), "g", "g2")
    several = sp.association(ticked(as_options), "g", "y")
    # X² c / (c - 1) on c, and X² on c - 1: the same mean square (Decady & Thomas 2000).
    corrected = by_test(several).loc["decady-thomas"]
    assert corrected["statistic"] / corrected["df"] == pytest.approx(single.chi_square / 2)
    assert several.p == pytest.approx(single.p, abs=0.01)


def test_an_option_and_its_contrary_are_one_table_twice():
    data = drawn(9)
    both = columns("y", np.column_stack([data["y_a"], 1 - data["y_a"]])).assign(g=data["g"])
    once = sp.association(ticked(data[["y_a", "g"]]), "g", "y")
    twice = sp.association(ticked(both), "g", "y")
    assert twice.chi_square == pytest.approx(2 * once.chi_square)
    assert (twice.statistic, twice.df, twice.p) == pytest.approx((once.statistic, once.df, once.p))


def test_one_option_is_its_own_item():
    found = sp.association(ticked(drawn(10)[["w_a", "y_b"]]), "w", "y")
    item = found.items.iloc[0]
    assert (item["statistic"], item["p"], item["p_adjusted"]) == (found.statistic, found.p, found.p)
    assert by_test(found).loc["bonferroni", "p"] == found.p


def test_items_are_adjusted_by_holm_and_the_least_times_their_number_is_bonferronis():
    found = sp.association(ticked(drawn(11)), "w", "y")
    p = found.items["p"].to_numpy()
    order = np.argsort(p)
    expected = np.minimum(1, np.maximum.accumulate(p[order] * np.arange(6, 0, -1)))
    assert found.items["p_adjusted"].to_numpy()[order] == pytest.approx(expected)
    assert by_test(found).loc["bonferroni", "p"] == pytest.approx(min(1, 6 * p.min()))
    assert "decady-thomas" not in by_test(found).index


@pytest.mark.parametrize("pair", [("w", "y"), ("w", "g")])
def test_replicates_and_linearisation_agree_after_weighting(pair):
    data = drawn(12, 600, clusters=60, spread=0.4)
    asked = asked_of(data)
    responses = sp.bind(data, asked, CLUSTERED)
    weights = sp.rake(responses, {"g": {"one": 0.35, "two": 0.25, "three": 0.4}})
    exact = sp.Precision(residuals="derivative")
    linear = sp.association(weights, *pair, precision=exact)
    jackknife = sp.association(sp.replicate(weights, sp.Jackknife()), *pair)
    assert jackknife.chi_square == pytest.approx(linear.chi_square)
    assert jackknife.design_effects.sum() == pytest.approx(linear.design_effects.sum(), rel=0.05)
    assert jackknife.statistic == pytest.approx(linear.statistic, rel=0.05)
    assert jackknife.p == pytest.approx(linear.p, abs=0.02)


def test_a_raked_margin_does_not_vary():
    data = drawn(12, 600, clusters=60, spread=0.4)
    weights = sp.rake(
        sp.bind(data, asked_of(data), CLUSTERED), {"g": {"one": 0.35, "two": 0.25, "three": 0.4}}
    )
    found = sp.association(weights, "g", "w")
    shares = dict(zip(found.rows, found.row_shares, strict=True))
    assert shares == pytest.approx({"one": 0.35, "two": 0.25, "three": 0.4})


def centred_bootstrap(data: pd.DataFrame, times: int, seed: int) -> float:
    """Return how often X² about the observed θ exceeds the observed, over samples of clusters."""
    w, y = matrices(data)
    joint = np.einsum("ni,nj->nij", w, y).reshape(len(w), -1)
    add = data["weight"].to_numpy()[:, None] * np.hstack([joint, w, y, np.ones((len(w), 1))])
    by_cluster = np.array([add[data["cluster"] == one].sum(0) for one in range(60)])
    random = np.random.default_rng(seed)
    counts = np.zeros((times, 60))
    for stratum in (0, 1):  # n_h - 1 clusters, as replicate weights are made (Rao, Wu & Yue 1992)
        counts[:, stratum::2] = random.multinomial(29, [1 / 30] * 30, times) * 30 / 29

    def theta(totals: np.ndarray) -> np.ndarray:
        share = totals[..., :-1] / totals[..., -1:]
        p, q = share[..., 6:9], share[..., 9:11]
        return share[..., :6] - (p[..., :, None] * q[..., None, :]).reshape(*share.shape[:-1], 6)

    whole = by_cluster.sum(0)
    p, q = whole[6:9] / whole[-1], whole[9:11] / whole[-1]
    scale = 1 / np.outer(p * (1 - p), q * (1 - q)).ravel()
    observed = theta(whole)
    centred = ((theta(counts @ by_cluster) - observed) ** 2 * scale).sum(axis=1)
    return float((centred >= (observed**2 * scale).sum()).mean())


@pytest.mark.parametrize("seed", [21, 22, 23, 24])
def test_p_is_that_of_a_bootstrap_of_clusters(seed):
    data = drawn(seed, 900, spread=0.5, clusters=60)
    found = sp.association(ticked(data, CLUSTERED), "w", "y")
    assert found.p == pytest.approx(centred_bootstrap(data, 4000, seed), abs=0.05)


@pytest.mark.parametrize("seed", [31, 32])
def test_p_is_that_of_answers_drawn_independently(seed):
    # Bilder & Loughin (2004, §3.1): respondents' answers to each question drawn on their own.
    data = drawn(seed, 300)
    w, y = matrices(data)
    found = sp.association(ticked(data), "w", "y")
    random = np.random.default_rng(seed)
    more = 0
    for _ in range(2000):
        one, other = w[random.integers(0, 300, 300)], y[random.integers(0, 300, 300)]
        phi = np.corrcoef(one.T, other.T)[:3, 3:]
        more += 300 * (phi**2).sum() >= found.chi_square
    assert found.p == pytest.approx(more / 2000, abs=0.05)


def test_with_clusters_five_percent_are_rejected_where_the_naive_test_rejects_far_more():
    rejected = {"design": 0, "naive": 0, "options": 0, "first order": 0}
    for seed in range(200):
        data = drawn(1000 + seed, 600, spread=0.8, clusters=24)
        responses = ticked(data, CLUSTERED)
        pairs, options = (sp.association(responses, *one) for one in (("w", "y"), ("w", "g")))
        rejected["design"] += pairs.p < 0.05
        rejected["options"] += options.p < 0.05
        rejected["naive"] += special.chdtrc(6, pairs.chi_square) < 0.05
        rejected["first order"] += by_test(options).loc["decady-thomas", "p"] < 0.05
    assert 3 <= rejected["design"] <= 20
    assert 3 <= rejected["options"] <= 20
    assert rejected["naive"] > 60
    assert rejected["first order"] > 60


def test_options_of_nobody_and_of_everybody_are_left_out_and_told():
    data = drawn(13)
    found = sp.association(ticked(data[["w_a", "w_b", "y_a", "g"]]), "w", "y")
    wider = data.assign(w_c=0, w_d=1)[["w_a", "w_b", "w_c", "w_d", "y_a", "g"]]
    again = sp.association(ticked(wider), "w", "y")
    assert again.rows == ("a", "b")
    assert again.left_out == (("w", "c"), ("w", "d"))
    assert again.caveat == "options left out"
    assert (again.statistic, again.df, again.p) == pytest.approx(
        (found.statistic, found.df, found.p)
    )
    assert found.left_out == ()
    assert found.caveat == ""


def test_those_count_who_answered_both():
    responses = bound(3, size=200)
    found = sp.association(responses, "apps", "trust")
    frame = answers(3, 200)
    both = frame["apps"].notna() & frame["trust"].isin(["yes", "no"])
    both &= frame["disposition"] == "in"
    assert found.n_base == both.sum()
    assert found.column_shares.sum() == pytest.approx(1)
    women = sp.association(responses, "apps", "trust", where=sp.Is("sex", "f"))
    assert women.n_base == (both & (frame["sex"] == "f")).sum()
    assert women.df_design == 4


def test_an_exclusive_option_is_an_option():
    data = drawn(14)
    none = (data[["w_a", "w_b", "w_c"]].sum(axis=1) == 0).astype(int)
    chosen = data[["w_a", "w_b", "w_c", "y_a"]].assign(w_none=none)
    asked = asked_of(chosen)
    options = (*asked["w"].options[:-1], replace(asked["w"].options[-1], exclusive=True))
    exclusive = replace(asked, questions=(replace(asked["w"], options=options), asked["y"]))
    found = sp.association(sp.bind(chosen, exclusive), "w", "y")
    assert found.rows == ("a", "b", "c", "none")
    assert found.p == pytest.approx(sp.association(ticked(chosen), "w", "y").p)


def test_tables_that_weights_fix_are_not_in_the_sum():
    data = drawn(15).assign(g2=lambda d: d["w_a"].map({0: "n", 1: "y"}))
    targets = {
        (a, b): 100.0 + 30 * (a == "one") * (b == "y") for a in data["g"].unique() for b in "ny"
    }
    weights = sp.poststratify(ticked(data), ("g", "g2"), targets)
    found = sp.association(weights, "w", "g")
    first, *others = found.items.to_dict("records")
    assert first["caveat"] == "fixed by weighting"
    assert np.isnan([first["p"], first["p_adjusted"]]).all()
    assert found.caveat == "some fixed by weighting"
    assert found.chi_square == pytest.approx(sum(one["chi_square"] for one in others))
    assert found.design_effects.size == 4
    least = min(one["p"] for one in others)
    assert by_test(found).loc["bonferroni", "p"] == pytest.approx(min(1, 2 * least))
    alone = sp.association(weights, "w", "g", precision=sp.Precision(df=50.0))
    assert alone.df_design == 50


def test_where_weights_fix_every_table_nothing_is_tested():
    data = drawn(15)[["w_a", "g"]].assign(g2=lambda d: d["w_a"].map({0: "n", 1: "y"}))
    targets = {(a, b): 100.0 for a in data["g"].unique() for b in "ny"}
    weights = sp.poststratify(ticked(data), ("g", "g2"), targets)
    found = sp.association(weights, "w", "g")
    assert found.caveat == "fixed by weighting"
    assert found.frame["p"].isna().all()


def test_without_a_degree_of_freedom_there_is_no_p():
    data = drawn(16)
    found = sp.association(ticked(data), "w", "y", precision=sp.Precision(df=0.5))
    assert found.caveat == "df<1"
    assert found.items["caveat"].tolist() == ["df<1"] * 6
    assert np.isfinite(found.statistic)
    assert np.isnan([found.p, by_test(found).loc["bonferroni", "p"]]).all()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (drawn(17).assign(w_a=0, w_b=1, w_c=0), "every option of 'w'"),
        (drawn(17).assign(y_a=1, y_b=0), "every option of 'y'"),
    ],
)
def test_a_question_without_an_option_that_some_chose_is_refused(data, said):
    with pytest.raises(EstimationError, match=said):
        sp.association(ticked(data), "w", "y")


def test_one_category_or_nobody_at_all_is_refused():
    responses = ticked(drawn(18))
    with pytest.raises(EstimationError, match="fewer than two"):
        sp.association(responses, "w", "g", where=sp.Is("g", "one"))
    with pytest.raises(EstimationError, match="nobody answered both"):
        sp.association(bound(1), "apps", "trust", where=sp.Within("hours", minimum=1e6))


def test_a_test_by_a_model_says_so():
    data = drawn(19).assign(w_c=0)
    opt_in = ticked(data, sp.SampleDesign(sampling="opt_in"))
    with pytest.raises(EstimationError, match="probability"):
        sp.association(opt_in, "w", "y")
    found = sp.association(opt_in, "w", "y", precision=sp.Precision(opt_in="model"))
    assert found.caveat == "model-based; options left out"


def test_nets_are_tested_as_options_are():
    data = drawn(20)
    asked = asked_of(data)
    nets = sp.Nets(
        name="first",
        of="w",
        label="first",
        nets=(
            sp.Net(code="ab", label="a or b", codes=("a", "b")),
            sp.Net(code="c", label="c", codes=("c",)),
        ),
    )
    found = sp.association(sp.bind(data, replace(asked, derived=(nets,))), "first", "g")
    union = data.assign(w_a=data[["w_a", "w_b"]].max(axis=1)).drop(columns="w_b")
    assert found.rows == ("ab", "c")
    assert found.p == pytest.approx(sp.association(ticked(union), "w", "g").p)


@pytest.mark.parametrize("pair", [("w", "y"), ("g", "w"), ("g", "g2")])
def test_halves_that_always_go_together_are_associated_beyond_doubt(pair):
    half = np.arange(100) % 2
    data = pd.DataFrame({"w_a": half, "y_a": half}).assign(g=np.where(half, "b", "a"))
    found = sp.association(ticked(data.assign(g2=data["g"])), *pair)
    assert found.chi_square == pytest.approx(100)
    assert found.p == pytest.approx(0, abs=1e-12)
    assert found.frame.set_index("test").loc["rao-scott-chi2", "p"] == pytest.approx(0, abs=1e-12)
    assert found.caveat == ""
