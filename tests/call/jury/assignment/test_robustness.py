"""What the comparison of dossiers hangs on is what networkx says: a graph that no vertex disconnects is biconnected."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.call.jury.assignment.robustness import hangs_on_one

pytestmark = pytest.mark.newest

HELD_BY_ONE_READER = [[1, 1, 0], [1, 1, 0], [0, 1, 1], [0, 1, 1]]
HELD_BY_ONE_DOSSIER = [[1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 1, 1]]
A_RING = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]


@st.composite
def read_twice(draw):
    """Who reads what: two to five dossiers, each read by two or more of two to five readers."""
    dossiers, readers = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    several = st.sets(st.integers(0, readers - 1), min_size=2)
    return [[int(place in chosen) for place in range(readers)] for chosen in (draw(several) for _ in range(dossiers))]


@example(HELD_BY_ONE_READER)
@example(HELD_BY_ONE_DOSSIER)
@example(A_RING)
@given(read_twice())
def test_it_hangs_on_one_unless_the_graph_is_biconnected(rows):
    graph = nx.Graph(
        (f"dossier {dossier}", f"reader {reader}")
        for dossier, row in enumerate(rows)
        for reader, reads in enumerate(row)
        if reads
    )
    assert hangs_on_one(np.array(rows, dtype=bool)) is not nx.is_biconnected(graph)
