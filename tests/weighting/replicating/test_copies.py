from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

from socialpoll.errors import DesignError, WeightingError
from socialpoll.totals import Units
from socialpoll.weighting.replicating.balancing import rows_of_units
from socialpoll.weighting.replicating.copies import copies_of
from socialpoll.weighting.replicating.replicated import variance
from socialpoll.weighting.replicating.replication import (
    BalancedRepeated,
    Bootstrap,
    Jackknife,
    SuccessiveDifference,
)
from socialpoll.weighting.replicating.supplied import GivenReplicates
from tests.weighting.designs import elements, everything, linearised, stage, totals

SEED = 20240229
METHODS = (
    Jackknife(),
    Jackknife(groups=4, seed=SEED),
    Bootstrap(30, seed=SEED),
    BalancedRepeated(),
    BalancedRepeated(fay=0.3),
    SuccessiveDifference(20),
)


def made(method, units, lonely="error", labels=()):
    return copies_of(method, units, base=np.ones(units.of_row.size), lonely=lonely, labels=labels)


def figures(units, m=2, seed=3):
    return np.random.default_rng(seed).lognormal(1, 1, (units.stratum.size, m))


def replicated(method, units, z, lonely="error"):
    copies = made(method, units, lonely)
    return variance(*totals(copies, z), copies)


@st.composite
def designs(draw, least=2, most=6):
    counts = draw(st.lists(st.integers(least, most), min_size=1, max_size=5))
    fraction = st.floats(0, 0.9)
    fractions = draw(st.lists(fraction, min_size=len(counts), max_size=len(counts)))
    return elements(counts, fractions)


# Jackknife


@given(designs())
def test_the_jackknife_of_a_total_is_its_linearised_variance(units):
    z = figures(units)

    assert replicated(Jackknife(), units, z) == pytest.approx(linearised(units, z), rel=1e-9)


def test_the_jackknife_of_a_mean_of_equal_clusters_has_the_textbook_variance():
    # Four clusters of two cases each: the mean is that of the cluster means.
    means = np.array([3.0, 5.0, 8.0, 1.0])
    units = Units.of([stage([0] * 8, [0, 0, 1, 1, 2, 2, 3, 3])])
    copies = made(Jackknife(), units)
    multipliers = everything(copies)
    estimates = (multipliers.T @ means / multipliers.sum(axis=0))[:, None]

    found = variance(estimates, np.array([means.mean()]), copies)

    assert found[0, 0] == pytest.approx(means.var(ddof=1) / 4)
    assert copies.fact.values["kind"] == "JK1"
    assert copies.scale == 3 / 4


def test_the_deleted_unit_counts_0_its_stratum_more_and_others_as_before():
    multipliers = everything(made(Jackknife(), elements([2, 3])))

    assert multipliers.tolist() == [
        [0, 2, 1, 1, 1],
        [2, 0, 1, 1, 1],
        [1, 1, 0, 1.5, 1.5],
        [1, 1, 1.5, 0, 1.5],
        [1, 1, 1.5, 1.5, 0],
    ]


def test_strata_taken_completely_have_no_replicate():
    copies = made(Jackknife(), elements([3, 4], [1.0, 0.5]))

    assert copies.replicates == 4
    assert (everything(copies)[:3] == 1).all()
    assert copies.rscales == pytest.approx(0.5 * 3 / 4)


def test_the_jackknife_of_many_units_is_refused_with_advice():
    with pytest.raises(WeightingError, match=r"5,001 sampling units.*5,000 or fewer.*groups"):
        made(Jackknife(), elements([5001]))


def test_whether_the_mean_or_the_full_sample_is_the_centre_can_be_chosen():
    assert not made(Jackknife(), elements([3])).mse
    assert made(Jackknife(mse=True), elements([3])).mse


# Jackknife of random groups


def test_groups_that_divide_one_stratum_evenly_give_the_variance_between_groups():
    units = elements([12])
    z = figures(units)
    copies = made(Jackknife(groups=4, seed=SEED), units)
    multipliers = everything(copies)
    groups = np.array([z[multipliers[:, one] == 0].sum(axis=0) for one in range(4)])
    apart = groups - groups.mean(axis=0)

    assert np.unique(multipliers) == pytest.approx([0, 4 / 3])
    assert variance(*totals(copies, z), copies) == pytest.approx(4 / 3 * apart.T @ apart)


def test_each_unit_is_in_one_group_and_groups_are_of_nearly_the_same_size():
    multipliers = everything(made(Jackknife(groups=4, seed=SEED), elements([7, 5, 6])))
    placed = multipliers == 0

    assert (placed.sum(axis=1) == 1).all()
    assert set(placed.sum(axis=0)) == {4, 5}


@given(designs(most=5))
def test_strata_with_fewer_units_than_groups_have_their_linearised_variance(units):
    assume(units.stratum.size >= 5)
    # Groups join units of several strata at random: products of strata are 0 on average only.
    z = figures(units)
    z[units.stratum > 0] = 0

    found = replicated(Jackknife(groups=5, seed=SEED), units, z)

    assert found == pytest.approx(linearised(units, z), rel=1e-9)


def test_random_groups_are_right_on_average():
    units = elements([3, 11, 25], [0.1, 0.5, 0.0])
    z = figures(units, m=1)
    found = [
        replicated(Jackknife(groups=8, seed=seed), units, z)[0, 0] / linearised(units, z)[0, 0]
        for seed in range(400)
    ]

    error = np.std(found) / np.sqrt(len(found))
    # Groups of unequal size in a stratum make it a few per cent too large (Kott 2001).
    assert 1 - 3 * error < np.mean(found) < 1.06 + 3 * error


@pytest.mark.parametrize(("groups", "units", "most"), [(6, 5, "5"), (6000, 9000, "5,000")])
def test_more_groups_than_units_or_than_replicates_may_be_are_refused(groups, units, most):
    with pytest.raises(WeightingError, match=f"found {groups:,}; allowed: {most} or fewer"):
        made(Jackknife(groups=groups, seed=1), elements([units]))


# Bootstrap


def test_the_bootstrap_draws_one_unit_fewer_than_there_are_and_rescales():
    multipliers = everything(made(Bootstrap(50, seed=SEED), elements([5, 2])))
    drawn = multipliers[:5] * 4 / 5

    assert drawn == pytest.approx(np.round(drawn))
    assert drawn.sum(axis=0) == pytest.approx(4)
    assert set(multipliers[5:].ravel()) == {0, 2}
    assert multipliers[5:].sum(axis=0) == pytest.approx(2)


def test_every_unit_is_drawn_equally_often():
    multipliers = everything(made(Bootstrap(20_000, seed=SEED), elements([3, 6])))

    # Multinomial: the variance of a multiplier is 1 for n - 1 draws, so the error is 1 / √R.
    assert multipliers.mean(axis=1) == pytest.approx(1, abs=4 / np.sqrt(20_000))
    assert multipliers.var(axis=1) == pytest.approx(1, abs=0.05)


def test_the_bootstrap_of_a_total_comes_near_its_linearised_variance():
    units = elements([4, 9, 2, 30], [0.5, 0.0, 0.2, 0.9])
    z = figures(units)
    replicates = 20_000

    found = replicated(Bootstrap(replicates, seed=SEED), units, z)

    # A variance of R draws has a relative error of √(2 / R) where they are normal: here 1 %.
    assert np.diag(found) == pytest.approx(np.diag(linearised(units, z)), rel=0.04)


def test_with_a_finite_population_deviations_shrink_by_the_root_of_what_is_left():
    without = everything(made(Bootstrap(9, seed=1), elements([6])))
    with_it = everything(made(Bootstrap(9, seed=1), elements([6], [0.75])))

    assert with_it - 1 == pytest.approx(0.5 * (without - 1))


def test_strata_taken_completely_always_count_once():
    multipliers = everything(made(Bootstrap(9, seed=1), elements([3, 4], [1.0, 0.5])))

    assert (multipliers[:3] == 1).all()
    assert not (multipliers[3:] == 1).all()


def test_the_first_replicates_of_many_are_the_replicates_of_few():
    units = elements([5, 7])

    few = everything(made(Bootstrap(10, seed=SEED), units))
    many = everything(made(Bootstrap(500, seed=SEED), units))

    assert (many[:, :10] == few).all()
    assert not (many[:, 10:20] == few).all()


def test_other_seeds_make_other_replicates():
    one, other = (everything(made(Bootstrap(10, seed=seed), elements([9]))) for seed in (1, 2))

    assert not (one == other).all()


def test_a_generator_makes_the_same_copies_however_often_they_are_asked_for():
    copies = made(Bootstrap(10, seed=np.random.default_rng(7)), elements([9]))
    again = made(Bootstrap(10, seed=np.random.default_rng(7)), elements([9]))

    assert (everything(copies) == everything(copies)).all()
    assert (everything(copies) == everything(again)).all()
    assert copies.fact.values["seed"] is None


def test_the_bootstrap_leaves_the_global_random_state_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the state that must not move

    everything(made(Bootstrap(10, seed=SEED), elements([9])))

    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


@pytest.mark.parametrize(
    "method", [Jackknife(), Jackknife(groups=3, seed=SEED), Bootstrap(12, seed=SEED)]
)
def test_the_copies_of_clusters_do_not_depend_on_the_order_of_rows(method):
    stratum, cluster = np.repeat([0, 1], [12, 8]), np.repeat(np.arange(10), 2)
    mixed = np.random.default_rng(0).permutation(20)
    sorted_, shuffled = (
        Units.of([stage(stratum[rows], cluster[rows])]) for rows in (np.arange(20), mixed)
    )

    of_sorted, of_shuffled = (
        made(method, units).rows(0, 99, units.cluster[units.of_row])
        for units in (sorted_, shuffled)
    )

    assert (of_sorted[mixed] == of_shuffled).all()


# Balanced repeated replication


@pytest.mark.parametrize("fay", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("strata", [1, 3, 4, 7, 12, 50])
def test_balanced_halves_of_a_total_have_its_linearised_variance(strata, fay):
    units = elements([2] * strata, np.linspace(0, 0.8, strata))
    z = figures(units)

    found = replicated(BalancedRepeated(fay=fay), units, z)

    assert found == pytest.approx(linearised(units, z), rel=1e-9)


@pytest.mark.parametrize(("strata", "replicates"), [(1, 4), (3, 4), (4, 8), (11, 12), (51, 56)])
def test_there_are_as_few_replicates_as_full_balance_needs(strata, replicates):
    assert made(BalancedRepeated(), elements([2] * strata)).replicates == replicates


def test_one_unit_of_each_pair_counts_twice_and_each_as_often():
    multipliers = everything(made(BalancedRepeated(), elements([2] * 5)))

    assert set(multipliers.ravel()) == {0, 2}
    assert (multipliers[::2] + multipliers[1::2] == 2).all()
    assert (multipliers.mean(axis=1) == 1).all()


def test_fays_factor_is_what_the_other_unit_still_counts():
    copies = made(BalancedRepeated(fay=0.25), elements([2] * 3))

    assert set(everything(copies).ravel()) == {0.25, 1.75}
    assert copies.scale == pytest.approx(1 / (4 * 0.75**2))


def test_a_factor_of_0_is_plain_balanced_repeated_replication():
    units = elements([2] * 5)
    z = figures(units)

    plain, almost = (everything(made(BalancedRepeated(fay=fay), units)) for fay in (0.0, 1e-9))

    assert almost == pytest.approx(plain, abs=1e-8)
    assert made(BalancedRepeated(), units).scale == 1 / 8
    assert replicated(BalancedRepeated(mse=False), units, z) == pytest.approx(linearised(units, z))


def test_pairs_of_very_many_strata_are_refused_with_advice():
    with pytest.raises(WeightingError, match=r"5,000 or fewer.*bootstrap"):
        made(BalancedRepeated(), elements([2] * 5000))


def test_strata_without_two_units_are_named():
    with pytest.raises(DesignError, match=r"2 strata have not two.*north, west") as caught:
        made(BalancedRepeated(), elements([3, 2, 4]), labels=("north", "south", "west"))

    assert caught.value.where == "balanced_repeated"


def test_joined_strata_of_two_are_pairs():
    units = elements([1, 2, 1], policy="collapse")

    with pytest.raises(DesignError, match="1 stratum has not two"):
        made(BalancedRepeated(), units, "collapse")

    pairs = Units.of([stage([0, 1, 2, 2], range(4))], "collapse")
    assert made(BalancedRepeated(), pairs, "collapse").replicates == 4


# Successive differences


def successive_differences(z, ends, left):
    """½ Σ (z_i - z_i+1)² in each stratum, the last followed by the first."""
    found, start = 0.0, 0
    for end, share in zip(ends, left, strict=True):
        part = z[start:end]
        apart = part - np.roll(part, -1, axis=0)
        found, start = found + share / 2 * apart.T @ apart, end
    return found


@pytest.mark.parametrize("counts", [[5], [2, 2], [3, 8, 2], [30, 20, 29]])
def test_with_replicates_enough_a_total_has_the_variance_of_successive_differences(counts):
    fractions = np.linspace(0, 0.5, len(counts))
    units = elements(counts, fractions)
    z = figures(units)

    found = replicated(SuccessiveDifference(sum(counts) + 1), units, z)

    expected = successive_differences(z, np.cumsum(counts), 1 - fractions)
    assert found == pytest.approx(expected, rel=1e-9)


def test_with_fewer_replicates_that_holds_on_average():
    units = elements([150])
    found = []
    for seed in range(300):
        z = np.random.default_rng(seed).normal(0, 1, (150, 1))
        ratio = replicated(SuccessiveDifference(20), units, z) / successive_differences(
            z, [150], [1.0]
        )
        found.append(ratio[0, 0])

    assert np.mean(found) == pytest.approx(1, abs=3 * np.std(found) / np.sqrt(300))


def test_units_follow_one_another_as_in_the_data_not_as_numbered():
    numbered = [3, 0, 2, 1, 4]
    units = Units.of([stage([0] * 10, np.repeat(numbered, 2))])
    z = figures(units)

    found = replicated(SuccessiveDifference(8), units, z)

    assert found == pytest.approx(successive_differences(z[numbered], [5], [1.0]), rel=1e-9)


@given(st.lists(st.integers(2, 40), min_size=1, max_size=6), st.sampled_from([4, 8, 12, 20, 36]))
@settings(max_examples=60)
def test_no_unit_has_one_row_twice_and_each_shares_one_with_the_next(counts, order):
    own, following = rows_of_units(np.array(counts), order)

    start = 0
    for count in counts:
        part = slice(start, start + count)
        assert (following[part] == np.roll(own[part], -1)).all()
        start += count
    assert (own != following).all()
    assert own.min() >= 1
    assert own.max() < order


# All methods


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_blocks_are_slices_of_the_whole(method):
    copies = made(method, elements([2] * 6, [0.1, 0.0, 1.0, 0.3, 0.3, 0.5]))
    whole = everything(copies)

    parts = [copies.block(start, start + 5) for start in range(0, copies.replicates, 5)]

    assert whole.shape == (12, copies.replicates)
    assert whole.flags.c_contiguous
    assert (np.hstack(parts) == whole).all()


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_factors_of_replicates_are_read_only(method):
    with pytest.raises(ValueError, match="read-only"):
        made(method, elements([2] * 6)).rscales[0] = 2


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_no_unit_counts_less_than_nothing(method):
    assert everything(made(method, elements([2] * 6, [0.1, 0.0, 1.0, 0.3, 0.3, 0.5]))).min() >= 0


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_rows_have_the_multiplier_of_their_cluster(method):
    cluster = np.array([3, 0, 1, 1, 2, 0, 3, 2])
    units = Units.of([stage(cluster // 2, cluster)])
    copies = made(method, units)

    rows = copies.rows(1, 3, units.cluster[units.of_row])

    assert (rows == copies.block(1, 3)[cluster]).all()


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_the_variance_of_a_total_goes_with_the_square_of_the_weights(method):
    units = elements([2] * 6)
    z = figures(units)

    once, thrice = replicated(method, units, z), replicated(method, units, 3 * z)

    assert thrice == pytest.approx(9 * once)


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_a_design_in_which_nothing_varies_is_refused(method):
    with pytest.raises(DesignError, match="no stratum varies"):
        made(method, elements([2, 2], [1.0, 1.0]))


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_what_was_done_is_told_as_plain_data(method):
    copies = made(method, elements([2] * 6))

    told = copies.fact.values
    assert (copies.fact.stage, copies.fact.name) == ("weighting", "replication")
    assert told["method"] == method.method == copies.method
    assert (told["units"], told["strata"]) == (12, 6)
    assert told["replicates"] == copies.replicates
    assert told["scale"] == copies.scale
    assert told["stages_left_out"] == 0


def test_later_stages_are_told_of_but_not_resampled():
    first = stage([0] * 6, [0, 0, 0, 1, 1, 1], [0.25] * 6)
    second = stage([0, 0, 0, 1, 1, 1], range(6), [0.5] * 6)
    copies = made(Jackknife(), Units.of([first, second]))

    assert everything(copies).tolist() == [[0, 2], [2, 0]]
    assert copies.fact.values["stages_left_out"] == 1


# Lonely units


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_a_lonely_unit_counts_once_under_certainty(method):
    units = elements([2, 1, 2, 2], policy="certainty")

    multipliers = everything(made(method, units, "certainty"))

    assert (multipliers[2] == 1).all()


@pytest.mark.parametrize("policy", ["certainty", "average", "collapse"])
def test_the_jackknife_follows_the_policies_of_linearisation(policy):
    units = elements([4, 1, 3, 1, 2], policy=policy)
    z = figures(units)

    found = replicated(Jackknife(), units, z, policy)

    assert found == pytest.approx(linearised(units, z), rel=1e-9)


@pytest.mark.parametrize("method", METHODS[1:], ids=repr)
def test_other_methods_cannot_take_the_average(method):
    units = elements([2, 1, 2, 2], policy="average")

    with pytest.raises(DesignError, match="only a jackknife without groups") as caught:
        made(method, units, "average", ("a", "b", "c", "d"))
    assert caught.value.found == "b"


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_no_method_can_compare_with_other_strata(method):
    units = elements([2, 1, 2, 2], policy="centered")

    with pytest.raises(DesignError, match="units of other strata"):
        made(method, units, "centered")


def test_a_lonely_unit_whose_policy_is_not_told_is_refused():
    with pytest.raises(DesignError, match="1 stratum has one sampling unit"):
        made(Jackknife(), elements([2, 1], policy="certainty"))


# Given weights


def test_given_weights_are_multipliers_of_cases():
    base = np.array([2.0, 4.0, 0.0])
    values = np.array([[0.0, 4.0], [8.0, 0.0], [0.0, 0.0]])
    given_ = GivenReplicates(values, 0.5, [1.0, 2.0], mse=True)

    copies = copies_of(given_, elements([3]), base=base)

    assert copies.by == "case"
    assert everything(copies).tolist() == [[0, 2], [2, 0], [0, 0]]
    assert copies.rows(1, 2, np.zeros(3, int)).tolist() == [[2], [0], [0]]
    assert (copies.scale, copies.rscales.tolist(), copies.mse) == (0.5, [1, 2], True)


def test_given_multipliers_are_taken_as_they_are():
    values = np.array([[0.0, 2.0], [2.0, 0.0]])

    copies = copies_of(
        GivenReplicates(values, 1, combined=False), elements([2]), base=np.array([50.0, 70])
    )

    assert (everything(copies) == values).all()


@pytest.mark.parametrize("method", METHODS[:1] + METHODS[2:], ids=repr)
def test_copies_given_back_as_weights_make_the_same_variance(method):
    units = elements([2] * 6)
    base = np.linspace(1, 3, 12)
    own = made(method, units)
    given_ = GivenReplicates(everything(own) * base[:, None], own.scale, own.rscales, mse=own.mse)

    copies = copies_of(given_, units, base=base)

    assert everything(copies) == pytest.approx(everything(own))
    z = figures(units)
    assert variance(*totals(copies, z), copies) == pytest.approx(variance(*totals(own, z), own))


def test_given_weights_for_another_number_of_cases_are_refused():
    with pytest.raises(DesignError, match=r"not one row a case; found 2 rows; allowed: 3 cases"):
        copies_of(GivenReplicates(np.ones((2, 4)), 1), elements([3]), base=np.ones(3))


def test_replicate_weights_of_cases_without_base_weight_are_refused():
    with pytest.raises(DesignError, match=r"1 case\(s\) have replicate weights but base weight 0"):
        copies_of(GivenReplicates(np.ones((3, 4)), 1), elements([3]), base=np.array([1.0, 1, 0]))


@pytest.mark.parametrize(("combined", "what"), [(True, "weights"), (False, "multipliers")])
def test_weights_taken_for_multipliers_or_the_other_way_are_refused(combined, what):
    base = np.full(3, 100.0)
    values = np.ones((3, 4)) if combined else np.full((3, 4), 100.0)

    with pytest.raises(DesignError, match=f"do not look like {what}.*combined = {not combined}"):
        copies_of(GivenReplicates(values, 1, combined=combined), elements([3]), base=base)
