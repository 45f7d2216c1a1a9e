"""The assignment of dossiers to readers: none is better, on small juries; what must hold does, on large ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from eig_sheets.call.jury.assignment import DemandKind, Demands, assign
from eig_sheets.call.jury.assignment.program import weak_links_of
from eig_sheets.call.jury.assignment.robustness import hangs_on_one
from tests.call.jury.assignment.brute_force import every_assignment, given_up, gravity, holds_together, no_worse, worth
from tests.effort import examples


def demands(dossiers, readers, reads, **others):
    """So many dossiers, readers and reads of each; everything is allowed unless said otherwise."""
    none = np.zeros((dossiers, readers), dtype=bool)
    plain = Demands(
        tuple(f"d{place}" for place in range(dossiers)),
        tuple(f"r{place}" for place in range(readers)),
        ~none, none, none, none, np.full(dossiers, reads), np.full(readers, -1),
    )  # fmt: skip
    return replace(
        plain, **{name: np.asarray(value) if isinstance(value, list) else value for name, value in others.items()}
    )


@st.composite
def small(draw):
    dossiers, readers = draw(st.integers(1, 4)), draw(st.integers(1, 4))

    def pairs(most=1.0):
        share = draw(st.sampled_from([0.0, 0.3, most]))
        seed = draw(st.integers(0, 99))
        return np.random.default_rng(seed).random((dossiers, readers)) < share

    allowed = ~pairs(0.5)
    kept = pairs(0.4) & allowed
    return demands(
        dossiers, readers, draw(st.integers(1, 3)), allowed=allowed, kept=kept, locked=pairs(0.4), matched=pairs(0.6),
        maxima=np.array(draw(st.lists(st.integers(-1, 4), min_size=readers, max_size=readers))),
        common_maximum=draw(st.none() | st.integers(1, 3)), present=draw(st.sampled_from([None, pairs(0.6)])),
        compared=draw(st.booleans()), keeps_extra=draw(st.booleans()),
    )  # fmt: skip


@example(  # each may be read by one reader alone, who is the same
    demands(2, 3, 3, allowed=[[True, True, False], [False, True, True]], maxima=[1, -1, 1], compared=True)
)
@example(  # who keeps more than the common maximum raises it for nobody else
    demands(3, 4, 1, kept=np.array([[0, 0, 1, 0], [0, 1, 0, 0], [1, 1, 0, 0]], dtype=bool), compared=False,
            locked=np.array([[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]], dtype=bool),
            maxima=[0, -1, 0, -1], common_maximum=1)
)  # fmt: skip
@example(  # nobody may read the first, the last has one reader: the comparison is given up, not a read of the second
    demands(3, 2, 2, allowed=[[False, False], [True, True], [True, False]], compared=True)
)
@example(  # whom nobody has to read any more links nothing, though somebody was about to read them
    demands(2, 2, 3, maxima=[1, 1], present=np.array([[0, 1], [1, 1]], dtype=bool), compared=True, keeps_extra=True)
)
@given(small())
def test_none_is_better_and_no_smaller_set_of_demands_can_be_relaxed(wanted):
    assigned, coherent = assign(wanted), wanted.coherent()
    every = [(pairs, given_up(coherent, pairs)) for pairs in every_assignment(coherent)]
    told = {
        (str(demand.kind), demand.reader, demand.dossier): abs(demand.instead - demand.wanted)
        for demand in assigned.relaxed
    }
    assert gravity(told) == min(gravity(missed) for _, missed in every)
    assert no_worse(given_up(coherent, assigned.pairs), told)
    best = min(worth(coherent, pairs) for pairs, missed in every if no_worse(missed, told))
    assert worth(coherent, assigned.pairs) == best
    assert (assigned.optimal, assigned.gap) == (True, 0)


@settings(max_examples=examples(6))
@given(small(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(wanted, random):
    rows, columns = list(range(len(wanted.dossiers))), list(range(len(wanted.readers)))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = replace(
        wanted,
        dossiers=tuple(wanted.dossiers[row] for row in rows),
        readers=tuple(wanted.readers[column] for column in columns),
        reads=wanted.reads[rows],
        maxima=wanted.maxima[columns],
        **{
            name: None if getattr(wanted, name) is None else getattr(wanted, name)[np.ix_(rows, columns)]
            for name in ("allowed", "kept", "locked", "matched", "present")
        },
    )
    first, second = assign(wanted), assign(shuffled)
    assert (second.pairs == first.pairs[np.ix_(rows, columns)]).all()
    assert replace(second, pairs=first.pairs) == first


def _held(wanted, assigned):
    assert assigned.relaxed == ()
    assert not (assigned.pairs & ~wanted.allowed).any()
    assert (assigned.pairs.sum(axis=1) == wanted.reads).all()
    assert (assigned.loads <= wanted.limits).all()
    assert (assigned.pairs >= (wanted.kept | (wanted.locked & wanted.allowed))).all()


@pytest.mark.slow
@given(st.integers(0, 10_000), st.integers(18, 43), st.integers(8, 22), st.integers(2, 4))
def test_at_real_sizes_every_demand_is_met_and_the_comparison_hangs_on_no_one(seed, dossiers, readers, reads):
    chance = np.random.default_rng(seed)
    allowed = chance.random((dossiers, readers)) > 0.08
    assume(allowed.sum(axis=1).min() >= reads)  # among eight jurors, five may step aside from the same dossier
    wanted = demands(dossiers, readers, reads, allowed=allowed, matched=chance.random((dossiers, readers)) < 0.2)
    assigned = assign(wanted)
    if reads < 3 and assigned.relaxed:
        return  # too few reads may well not do
    _held(wanted, assigned)
    assert holds_together(assigned.pairs)
    assert assigned.loads.max() - assigned.loads[assigned.loads > 0].min() <= 2
    assert assigned.weak == weak_links_of(wanted, assigned.pairs)
    assert reads < 3 or assigned.weak == ()


def test_a_new_recusal_changes_the_fewest_pairs_and_never_one_that_was_noted():
    wanted = demands(30, 22, 4)
    before = assign(wanted).pairs
    dossier, reader = (int(place[0]) for place in np.nonzero(before))
    kept = before.copy()
    kept[dossier] = False
    kept[:, 11:] = False
    allowed = np.ones_like(before)
    allowed[dossier, reader] = False
    after = assign(replace(wanted, allowed=allowed, kept=kept, present=before)).pairs
    assert (after != before).sum() == 2
    assert (after >= kept).all()


def test_readers_beyond_those_that_are_wanted_stay_where_they_may():
    wanted = demands(30, 22, 4)
    before = assign(wanted).pairs.copy()
    before[3, np.flatnonzero(~before[3])[:2]] = True
    kept = assign(replace(wanted, present=before, keeps_extra=True))
    assert (kept.pairs == before).all()
    assert (kept.relaxed, kept.optimal) == ((), True)
    assert assign(replace(wanted, present=before)).pairs.sum() == 120
    allowed = np.ones_like(before)
    allowed[3, np.flatnonzero(before[3])[0]] = False
    after = assign(replace(wanted, present=before, keeps_extra=True, allowed=allowed)).pairs
    assert (after != before).sum() == 1


def test_two_halves_of_a_jury_that_noted_apart_are_linked_again_where_that_can_be():
    kept = np.zeros((24, 8), dtype=bool)
    kept[:12, :4] = kept[12:, 4:] = np.arange(12)[:, None] % 4 != np.arange(4)
    wanted = demands(24, 8, 4, kept=kept)
    assigned = assign(wanted)
    _held(wanted, assigned)
    assert assigned.weak == weak_links_of(wanted, assigned.pairs) == ()


@pytest.mark.slow
def test_a_weak_link_that_nothing_avoids_is_reported():
    allowed = np.zeros((40, 12), dtype=bool)
    allowed[:21, :6] = allowed[19:, 6:] = True
    assigned = assign(demands(40, 12, 4, allowed=allowed))
    assert assigned.relaxed == ()
    [link] = assigned.weak
    assert set(link.shared) <= {"d19", "d20"}


def test_what_cannot_be_is_told_by_the_demand_that_is_in_the_way():
    allowed = np.ones((4, 3), dtype=bool)
    allowed[0, :2] = False
    [short] = assign(demands(4, 3, 2, allowed=allowed)).relaxed
    assert (short.kind, short.dossier, short.wanted, short.instead) == (DemandKind.READS, "d0", 2, 1)
    [common] = assign(demands(6, 4, 2, common_maximum=2)).relaxed
    assert (common.kind, common.wanted, common.instead) == (DemandKind.COMMON_MAXIMUM, 2, 3)
    [own] = assign(demands(6, 3, 2, maxima=[4, 4, 3])).relaxed
    assert (own.kind, own.wanted + 1, own.instead) == (DemandKind.MAXIMUM, own.instead, own.instead)


def test_nobody_to_read_and_nothing_to_read_are_no_accident():
    assert assign(demands(0, 3, 4)).pairs.shape == (0, 3)
    assert [demand.kind for demand in assign(demands(2, 0, 1)).relaxed] == [DemandKind.READS, DemandKind.READS]
    assert assign(demands(1, 4, 4)).relaxed == ()


@pytest.mark.slow
def test_a_thousand_dossiers_among_a_hundred_and_twenty_jurors_are_assigned_exactly():
    chance = np.random.default_rng(3)
    wanted = demands(
        1000, 120, 4, allowed=chance.random((1000, 120)) > 0.05, matched=chance.random((1000, 120)) < 0.03,
        maxima=chance.integers(30, 60, 120),
    )  # fmt: skip
    assigned = assign(wanted)
    _held(wanted, assigned)
    assert (assigned.optimal, assigned.gap, assigned.weak, hangs_on_one(assigned.pairs)) == (True, 0, (), False)


def test_of_a_single_read_a_comparison_is_not_asked():
    assigned = assign(demands(6, 3, 1, compared=True))
    assert not assigned.relaxed
    assert assigned.loads.tolist() == [2, 2, 2]
