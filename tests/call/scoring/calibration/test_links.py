"""Weak links: found where few evaluations compare two parts of a jury, and nowhere else."""

import numpy as np
import pandas as pd
import pytest

from eig_sheets.call.scoring.calibration.links import parts_of, unexplained, weak_links
from tests.call.scoring.calibration.support import frame, run


def halves(bridges, jurors=11, dossiers=15, reads=4, shift=0.0, seed=1):
    """Two halves of a jury that each read dossiers of their own, and some that the other half read too."""
    dice, rows = np.random.default_rng(seed), []
    for half in range(2):
        severity = dice.normal(0, 1, jurors) - (shift if half else -shift)
        for place in range(dossiers):
            quality = dice.normal(0, 2)
            for juror in dice.choice(jurors, reads, replace=False):
                note = 12 + quality - severity[juror] + dice.normal(0, 2)
                rows.append((f"{half}{place:02}", f"{half}-{juror:02}", round(float(note), 1)))
    rows += [(f"1{place:02}", f"0-{place:02}", 12.0) for place in range(bridges)]
    return frame(rows)


@pytest.mark.parametrize("bridges", [1, 2])
def test_few_common_dossiers_are_a_weak_link(bridges):
    votes = halves(bridges)
    [link] = weak_links(votes)
    assert {one[0] for one in link.sides[0]} | {one[0] for one in link.sides[1]} == {"0", "1"}
    assert [len({juror[0] for juror in side}) for side in link.sides] == [1, 1]
    assert link.shared == tuple(f"1{place:02}" for place in range(bridges))
    assert link.information == pytest.approx(bridges * 4 / 5)
    assert set(link.apart) <= {f"{half}{place:02}" for half in range(2) for place in range(15)}
    assert not set(link.apart) & set(link.shared)
    assert sorted(link.readers) == list(link.sides[0])
    reads = votes["jure"].value_counts()
    assert [reads[juror] for juror in link.readers] == sorted(reads[juror] for juror in link.readers)
    assert link.missing == -(-(6 - link.information) // 0.75)


def test_enough_common_dossiers_are_not():
    assert weak_links(halves(9)) == ()


@pytest.mark.parametrize("reads", [3, 4, 8])
def test_dossiers_given_to_anybody_make_no_weak_link(reads):
    """No false alarm in 40 juries of 22 for 30 dossiers."""
    for seed in range(40):
        dice = np.random.default_rng(seed)
        rows = [(str(n), str(j), 12.0) for n in range(30) for j in dice.choice(22, reads, replace=False)]
        assert weak_links(frame(rows)) == ()


def test_three_parts_are_found_one_after_the_other():
    rows = [
        (f"{part}{place}", f"{part}-{juror}", 12.0) for part in range(3) for place in range(8) for juror in range(4)
    ]
    rows += [("00", "1-0", 12.0), ("10", "2-0", 12.0)]
    links = weak_links(frame(rows))
    assert len(links) == 2
    parts = parts_of(sorted({juror for _, juror, _ in rows}), links)
    assert len({parts[f"{part}-0"] for part in range(3)}) == 3
    assert all(parts[f"{part}-{juror}"] == parts[f"{part}-0"] for part in range(3) for juror in range(4))


@pytest.mark.slow
def test_groups_that_are_the_parts_explain_the_link():
    votes = halves(1)
    links = weak_links(votes)
    groups = {juror: juror[0] for juror in votes["jure"].unique()}
    assert unexplained(links, groups) == ()
    assert unexplained(links, {**groups, "0-00": "1"}) == links
    assert unexplained(links, {juror: group for juror, group in groups.items() if juror != "0-00"}) == links
    assert run(votes, group_of=groups).weak_links == ()
    assert run(votes).weak_links == links


def test_parts_that_are_weakly_linked_are_compared_with_the_uncertainty_of_panels():
    """Halves that differ by 4 points: without a panel's variance, the lenient half takes all places."""
    votes = halves(1, shift=2.0)
    found = run(votes, places=15)
    widths = [high - low for low, high in found.dossiers["interval_90"]]
    assert np.mean(widths) > 9
    assert found.spreads.panels > 1


def test_parts_depend_on_no_name():
    """A juror who reads a little of two like parts is of neither: the sign of an eigenvector would choose one."""
    rows = [
        (f"{part}{place:02}", f"{part}-{(4 * place + read) % 5}", 12.0)
        for part in range(2)
        for place in range(15)
        for read in range(4)
    ]
    rows += [(dossier, "bridge", 12.0) for dossier in ("000", "001", "100", "101")]
    jurors = sorted({juror for _, juror, _ in rows})
    found = set()
    for seed in range(10):
        names = dict(zip(jurors, np.random.default_rng(seed).permutation(len(jurors)).astype(str), strict=True))
        parts = parts_of(names.values(), weak_links(frame([(one, names[juror], note) for one, juror, note in rows])))
        found.add(frozenset(frozenset(one for one in jurors if parts[names[one]] == part) for part in parts.values()))
    assert [len(parts) for parts in found] == [3]


@pytest.mark.slow
def test_groups_of_one_juror_explain_nothing():
    """Such a group is no panel: the intervals of two halves that differ by 4 points would be too short."""
    votes = halves(1, shift=2.0)
    alone = {juror: juror for juror in votes["jure"].unique()}
    assert unexplained(weak_links(votes), alone) == weak_links(votes)
    pd.testing.assert_frame_equal(run(votes, group_of=alone).dossiers, run(votes).dossiers)
