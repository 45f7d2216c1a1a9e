"""As many dossiers are heard as networkx matches with an hour and a group that may hear them."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.features.auditions.rules_candidates import Mode
from eig_sheets.features.auditions.rules_problem import Group, Hearing, Placement, Timetabling
from eig_sheets.features.auditions.rules_program import best_timetable
from tests.effort import examples
from tests.features.auditions.verifier import TUESDAY, WEDNESDAY, faults, rules, span

pytestmark = pytest.mark.newest

TIMES = (
    span("09:00", "09:40"),
    span("09:40", "11:00"),
    span("10:20", "11:00", WEDNESDAY),
    span("09:00", "11:00", WEDNESDAY),
)


@st.composite
def calls(draw, most_hearings, last):
    """Dossiers of porteurs of their own, of which groups hear some each; jurors who come at times, and recusals."""
    sizes = draw(st.sampled_from([(4,), (1,), (3, 2)]))
    groups = tuple(Group(f"G{n}", tuple(f"{n}-{place}" for place in range(size))) for n, size in enumerate(sizes))
    jurors = st.sampled_from([juror for group in groups for juror in group.jurors])
    numbers = [f"{number:02}" for number in range(draw(st.integers(1, most_hearings)))]
    own = st.sampled_from([(), *((group.name,) for group in groups)]).map(frozenset)
    return Timetabling(
        rules((TUESDAY, "09:00", last), (WEDNESDAY, "09:00", last), quorum=draw(st.sampled_from([0.5, 0.75, 1.0]))),
        tuple(Hearing(number, frozenset({f"{number}@x.fr"}), groups=draw(own)) for number in numbers),
        groups,
        draw(st.dictionaries(jurors, st.lists(st.sampled_from(TIMES), max_size=3).map(tuple), max_size=4)),
        frozenset(draw(st.sets(st.tuples(st.sampled_from(numbers), jurors), max_size=8))),
    )


def most_heard(problem):
    """How many dossiers can be heard, by a maximum matching: each hour of a group hears one."""
    network = nx.Graph()
    dossiers = [("dossier", hearing.numero) for hearing in problem.hearings]
    network.add_nodes_from(dossiers)
    for hearing in problem.hearings:
        for group in problem.groups:
            for slot in problem.rules.slots:
                may = not hearing.groups or group.name in hearing.groups
                if may and not faults(problem, [Placement(hearing.numero, slot, group.name)]):
                    network.add_edge(("dossier", hearing.numero), (slot, group.name))
    return len(nx.bipartite.hopcroft_karp_matching(network, dossiers)) // 2


@given(calls(5, "10:20"))
def test_no_matching_hears_more(problem):
    assert len(best_timetable(problem, Mode.PROPOSE).placements) == most_heard(problem)


@pytest.mark.slow
@settings(max_examples=examples(4, 20))
@given(calls(16, "15:00"))
def test_nor_does_one_of_a_call_of_a_real_size(problem):
    assert len(best_timetable(problem, Mode.PROPOSE).placements) == most_heard(problem)
