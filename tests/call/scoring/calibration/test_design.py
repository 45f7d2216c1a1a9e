"""Components beside a plain search from neighbour to neighbour."""

from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.scoring.calibration.design import components
from tests.call.scoring.calibration.support import frame

VOTES = st.lists(st.tuples(st.sampled_from("123456789"), st.sampled_from("abcdef"), st.just(12.0)), max_size=14)


def reached(rows, start):
    seen, waiting = set(), {("numero", start)}
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for numero, jure, _ in rows:
            ends = {("numero", numero), ("jure", jure)}
            waiting |= ends - seen if node in ends else set()
    return frozenset(seen)


@given(VOTES)
def test_components_are_what_can_be_reached(rows):
    parts = components(frame(rows))
    ours = {frozenset([("numero", n) for n in part.dossiers] + [("jure", j) for j in part.jurors]) for part in parts}
    assert ours == {reached(rows, numero) for numero, _, _ in rows}
    assert len(ours) == len(parts)
    assert list(parts) == sorted(parts, key=lambda part: (-len(part.dossiers), part.dossiers))


def test_a_long_chain_is_one():
    count = 3000
    rows = [(str(place), f"j{place + step}", 12.0) for place in range(count) for step in (0, 1)]
    [part] = components(frame(rows))
    assert (len(part.dossiers), len(part.jurors)) == (count, count + 1)
