"""Under places and limits on one column, the best selection is worth what networkx finds by a network flow."""

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.selection.rules_problem import Problem, bound_on_places, bounds_on_values
from eig_sheets.call.selection.rules_solver import best
from tests.call.selection.problems import HOSTS, MINISTRIES

UNIT, REQUIRED = 10_000, 10**9
"""Utilities as whole numbers, and what a dossier that a limit requires is worth beyond them."""


@st.composite
def calls(draw):
    count = draw(st.integers(1, 40))
    drawn = np.random.default_rng(draw(st.integers(0, 10**6)))
    hosts = [MINISTRIES[place] if place < len(MINISTRIES) else "" for place in drawn.integers(0, 4, count)]
    utility = drawn.integers(0, UNIT, count)
    least, most = draw(st.integers(0, 3)), draw(st.integers(3, 8))
    return hosts, utility, draw(st.integers(1, count)), least, most


def most_worth(hosts, utility, places, least, most):
    """The greatest sum of utilities; None where nothing keeps the limits."""
    network = nx.MultiDiGraph()
    network.add_node("places", demand=-places)
    network.add_node("end", demand=places)
    network.add_edge("places", "end", capacity=places, weight=0)
    for dossier, (host, worth) in enumerate(zip(hosts, utility.tolist(), strict=True)):
        network.add_edge("places", dossier, capacity=1, weight=-worth)
        network.add_edge(dossier, host or "none", capacity=1, weight=0)
    network.add_edge("none", "end", capacity=places, weight=0)
    for host in MINISTRIES:
        network.add_edge(host, "end", capacity=least, weight=-REQUIRED)
        network.add_edge(host, "end", capacity=most - least, weight=0)
    cost, _ = nx.network_simplex(network)
    required = least * len(MINISTRIES) * REQUIRED
    return None if -cost < required else -cost - required


@given(calls())
def test_no_flow_is_worth_more(call):
    hosts, utility, places, least, most = call
    count, nobody = len(hosts), np.zeros(len(hosts), dtype=bool)
    values = [frozenset({host} if host else ()) for host in hosts]
    bounds = (bound_on_places(count, places), *bounds_on_values(HOSTS, values, MINISTRIES, least, most))
    problem = Problem(tuple(map(str, range(count))), utility / UNIT, nobody, nobody, bounds)
    outcome = best(problem)
    assert (None if outcome is None else int(utility[outcome.selected].sum())) == most_worth(*call)
