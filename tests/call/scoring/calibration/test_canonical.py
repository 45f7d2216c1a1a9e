"""The canonical order: whatever the places that vertices are given, and equals known as equals."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.call.scoring.calibration.canonical import Graph, canonical_order

SIZE = 5
VOTES = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(1, 3)), min_size=1)


def graph(votes, panels):
    dossiers, jurors, notes = np.array(votes, dtype=np.intp).T
    return Graph(dossiers, jurors, notes.astype(float), np.array(panels, dtype=np.intp))


def everyone(votes):
    """With a vote of each juror and for each dossier, so that all places are used."""
    return [*votes, *((place, place, 1) for place in range(SIZE))]


def moved(order, votes, panels):
    """The graph as the canonical order has it: votes and panels by new place."""
    dossier, juror, panel = (np.argsort(places) for places in (order.dossiers, order.jurors, order.panels))
    rows = sorted((int(dossier[d]), int(juror[j]), note) for d, j, note in votes)
    return rows, [int(panel[panels[place]]) for place in order.jurors]


@given(VOTES, st.lists(st.integers(0, 1), min_size=SIZE, max_size=SIZE), st.permutations(range(SIZE)),
       st.permutations(range(SIZE)), st.booleans())  # fmt: skip
@example([(0, 0, 2), (2, 3, 2), (3, 2, 2)], [0] * SIZE, [*range(SIZE)], [0, 1, 3, 4, 2], False)
def test_the_same_votes_have_the_same_order(votes, panels, numbers, names, swapped):
    votes, panels = everyone(votes), [0, 1, *panels[2:]]
    again = [(numbers[d], names[j], note) for d, j, note in votes]
    other_panels = [0] * SIZE
    for place, panel in enumerate(panels):
        other_panels[names[place]] = 1 - panel if swapped else panel
    first, second = canonical_order(graph(votes, panels)), canonical_order(graph(again, other_panels))
    assert sums(first, votes, panels) == sums(second, again, other_panels)
    assert [first.classes[d] for d in range(SIZE)] == [second.classes[numbers[d]] for d in range(SIZE)]


def sums(order, votes, panels):
    """What the model knows of the graph, in canonical order: who read what, and the sums of notes."""
    rows, of_jurors = moved(order, votes, panels)
    pairs = sorted((d, j) for d, j, _ in rows)
    by_dossier = [sum(note for d, _, note in rows if d == place) for place in range(SIZE)]
    by_juror = [sum(note for _, j, note in rows if j == place) for place in range(SIZE)]
    return pairs, by_dossier, by_juror, of_jurors


def test_equals_are_of_one_class_and_others_are_not():
    """Dossiers 0 and 1: the same jurors and sum; 2: another sum; 3 and 4: mirror images, by one juror each."""
    votes = [(0, 0, 1), (0, 1, 3), (1, 0, 3), (1, 1, 1), (2, 0, 3), (2, 1, 3), (3, 2, 2), (4, 3, 2)]
    votes += [(2, 2, 1), (2, 3, 1)]
    classes = canonical_order(graph(votes, [0, 0, 0, 0])).classes
    assert classes[0] == classes[1]
    assert classes[3] == classes[4]
    assert len({*classes}) == 3
