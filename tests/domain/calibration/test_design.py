"""Components beside a plain search from neighbour to neighbour."""

from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.calibration.design import components
from tests.domain.calibration.support import frame

VOTES = st.lists(st.tuples(st.sampled_from("123456789"), st.sampled_from("abcdef"), st.just(12.0)), max_size=14)


def reached(rows, start):
    found, waiting = set(), {("numero", start)}
    while waiting:
        node = waiting.pop()
        found.add(node)
        for numero, jure, _ in rows:
            ends = {("numero", numero), ("jure", jure)}
            waiting |= ends - found if node in ends else set()
    return frozenset(found)


@given(VOTES)
def test_components_are_what_can_be_reached(rows):
    found = components(frame(rows))
    ours = {frozenset([("numero", n) for n in one.dossiers] + [("jure", j) for j in one.jurors]) for one in found}
    assert ours == {reached(rows, numero) for numero, _, _ in rows}
    assert len(ours) == len(found)
    assert list(found) == sorted(found, key=lambda one: (-len(one.dossiers), one.dossiers))


def test_a_long_chain_is_one():
    count = 3000
    rows = [(str(place), f"j{place + step}", 12.0) for place in range(count) for step in (0, 1)]
    [one] = components(frame(rows))
    assert (len(one.dossiers), len(one.jurors)) == (count, count + 1)
