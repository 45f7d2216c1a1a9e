"""The loads of an assignment are as equal as networkx makes them, by a network flow whose costs are convex."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.jury.assignment import Demands, assign
from tests.effort import examples


@st.composite
def juries(draw, compared, most_dossiers=10, most_readers=7):
    """Recusals, dossiers already read and maxima of one's own, where each dossier may have what it needs, or nearly."""
    dossiers, readers = draw(st.integers(2, most_dossiers)), draw(st.integers(2, most_readers))
    drawn = np.random.default_rng(draw(st.integers(0, 10**6)))
    shape = (dossiers, readers)
    allowed = drawn.random(shape) < draw(st.sampled_from([0.5, 0.8, 1.0]))
    kept = allowed & (drawn.random(shape) < draw(st.sampled_from([0.0, 0.1])))
    locked = allowed & ~kept & (drawn.random(shape) < draw(st.sampled_from([0.0, 0.05])))
    reads = np.full(dossiers, min(draw(st.integers(1, 4)), readers))
    fair = -(-int(reads.sum()) // readers)
    own = np.where(drawn.random(readers) < 0.3, drawn.integers(0, 2 * fair + 1, readers), -1)
    matched = drawn.random(shape) < 0.3
    common = draw(st.sampled_from([None, fair + 1]))
    names = tuple(f"d{place:03}" for place in range(dossiers)), tuple(f"r{place:03}" for place in range(readers))
    return Demands(*names, allowed, kept, locked, matched, reads, own, common, compared=draw(st.sampled_from(compared)))


def excess(wanted, loads):
    """The sum of the squares of readers × load − total, over the readers above the mean."""
    total = int(wanted.reads.sum())
    return sum(max(len(wanted.readers) * int(load) - total, 0) ** 2 for load in loads)


def least_excess(wanted):
    """The least that a flow from dossiers to readers has; None where none takes all reads."""
    given = wanted.kept | wanted.locked
    loads, total = given.sum(axis=0), int(wanted.reads.sum())
    network = nx.MultiDiGraph()
    network.add_node("end", demand=total - int(given.sum()))
    for row, name in enumerate(wanted.dossiers):
        network.add_node(name, demand=int(given[row].sum() - wanted.reads[row]))
        for column in np.flatnonzero(wanted.allowed[row] & ~given[row]):
            network.add_edge(name, wanted.readers[column], capacity=1, weight=0)
    for column, name in enumerate(wanted.readers):
        for load in range(int(loads[column]), int(wanted.limits[column])):
            costs = [excess(wanted, [taken]) for taken in (load, load + 1)]
            network.add_edge(name, "end", key=load, capacity=1, weight=costs[1] - costs[0])
    try:
        added, _ = nx.network_simplex(network)
    except nx.NetworkXUnfeasible:
        return None
    return excess(wanted, loads) + added


def compare(drawn):
    """Equal; where the comparison must hang on nobody, never less."""
    wanted = drawn.coherent()
    least = (
        None if (wanted.locked.sum(axis=0) + wanted.kept.sum(axis=0) > wanted.limits).any() else least_excess(wanted)
    )
    assigned = assign(drawn)
    if least is None:
        assert assigned.relaxed
    elif not wanted.compared:
        assert not assigned.relaxed
        assert excess(wanted, assigned.loads) == least
    elif not assigned.relaxed:
        assert excess(wanted, assigned.loads) >= least


@given(juries(compared=(False,)))
def test_no_flow_has_loads_that_are_more_equal(drawn):
    compare(drawn)


@pytest.mark.slow
@given(juries(compared=(True,)))
def test_a_comparison_that_hangs_on_nobody_never_has_less(drawn):
    compare(drawn)


@pytest.mark.slow
@settings(max_examples=examples(15, 40))
@given(juries((False,), most_dossiers=43, most_readers=22))
def test_nor_has_one_of_a_jury_of_a_real_size(drawn):
    compare(drawn)
