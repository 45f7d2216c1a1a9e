"""What `make bench` tries of the ranking: situations that are what their names say, and tables of what was found."""

import numpy as np
import pytest

from eig_sheets.call.scoring.calibration.design import components
from tests.scripts.conftest import imported


@pytest.fixture(scope="module")
def cases():
    with imported("bench_ranking_cases") as module:
        yield module


@pytest.fixture(scope="module")
def bench():
    with imported("bench_ranking") as module:
        yield module


def named(cases, start):
    [found] = [case for case in cases.CASES if case.name == start]
    return found


def by_side(trial):
    """Of each dossier, how many of its readers are of the first half of the jury."""
    first = trial.votes["jure"].str[-2:].astype(int) < 11
    return first.groupby(trial.votes["numero"]).sum()


def trials(case, count=30):
    return [case.trial(seed) for seed in range(count)]


def test_each_situation_has_every_dossier_and_nobody_reads_one_twice(cases):
    assert len({case.name for case in cases.CASES}) == len(cases.CASES) >= 10
    for case in cases.CASES:
        trial = case.trial(3)
        assert set(trial.votes["numero"]) == set(trial.numbers)
        assert len(trial.quality) == len(trial.numbers) == 30
        assert not trial.votes.duplicated(["numero", "jure"]).any()
        assert case.trial(3).votes.equals(trial.votes)
        assert not case.trial(4).votes.equals(trial.votes)


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("halves ±2, one shared dossier", 1),
        ("halves ±2, two shared dossiers", 2),
        ("halves ±0, one shared dossier", 1),
        ("halves ±2, one shared dossier, Groupe filled", 1),
        ("halves ±2, no shared dossier, Groupe filled", 0),
    ],
)
def test_halves_share_so_many_dossiers(cases, name, shared):
    trial = named(cases, name).trial(5)
    assert by_side(trial).between(1, 3).sum() == shared
    assert len(components(trial.votes)) == (1 if shared else 2)
    said = {panel for _, panel in sorted(trial.group_of.items())}
    assert said == ({"Nord", "Sud"} if "Groupe" in name else set())


@pytest.mark.parametrize(
    ("name", "apart"), [("halves ±2, one shared dossier", 4), ("halves ±0, one shared dossier", 0)]
)
def test_halves_are_so_far_apart(cases, name, apart):
    """Qualities taken off, so that only jurors and disagreements are left."""
    gaps, severities = [], []
    for trial in trials(named(cases, name)):
        votes, quality = trial.votes, dict(zip(trial.numbers, trial.quality, strict=True))
        left = votes["note"] - votes["numero"].map(quality)
        north = votes["jure"].str[-2:].astype(int) < 11
        gaps.append(left[~north].mean() - left[north].mean())
        severities.append(np.subtract(*np.array_split([*trial.severity.values()], 2)).mean())
    assert np.mean(gaps) == pytest.approx(apart, abs=0.2)
    assert np.mean(severities) == pytest.approx(apart, abs=0.2)


def test_two_jurors_read_on_both_sides_and_nobody_else(cases):
    votes = named(cases, "halves ±2, two jurors on both sides").trial(5).votes
    sides = votes.groupby("jure")["numero"].agg(lambda read: {int(number[1:]) < 15 for number in read})
    assert sorted(sides[sides.map(len) == 2].index) == ["jure10", "jure11"]


def test_three_parts_hang_on_two_bridges(cases):
    votes = named(cases, "three parts −2, 0, +2, two bridges").trial(5).votes
    part = votes["jure"].str[-2:].astype(int).map(lambda place: 0 if place < 8 else 1 if place < 15 else 2)
    parts = part.groupby(votes["numero"]).agg(frozenset)
    assert sorted(map(sorted, parts[parts.map(len) > 1])) == [[0, 1], [1, 2]]


def test_notes_are_what_the_situation_says(cases):
    ceiling = np.concatenate(
        [trial.votes["note"] for trial in trials(named(cases, "a quarter of the notes at the top"))]
    )
    assert (ceiling == 20).mean() == pytest.approx(0.25, abs=0.05)
    assert ceiling.min() >= 5
    tails = cases.noise(np.random.PCG64(1), 200_000, 3)
    assert (np.abs(tails) > 4).mean() > 20 * 6e-5  # a normal is beyond four deviations 6 times in 100,000
    assert np.quantile(tails, 0.95) == pytest.approx(2.353 / np.sqrt(3), abs=0.03)  # Student's table


def test_a_juror_at_random_is_one_whose_notes_follow_nothing(cases):
    case = named(cases, "one juror of 22 at random")
    pairs = []
    for seed in range(60):
        trial = case.trial(seed)
        votes = trial.votes[trial.votes["jure"] == f"jure{seed % 22:02}"]
        quality = dict(zip(trial.numbers, trial.quality, strict=True))
        pairs += list(zip(votes["note"], votes["numero"].map(quality), strict=True))
    assert abs(np.corrcoef(np.array(pairs).T)[0, 1]) < 0.15
    assert np.quantile([note for note, _ in pairs], [0.25, 0.5, 0.75]) == pytest.approx([8.75, 12.5, 16.25], abs=1)


def test_better_dossiers_are_read_by_severer_jurors(cases):
    """The mean notes of jurors say less of who is severe than in an honest campaign."""
    case, found = named(cases, "better dossiers to severer jurors"), []
    for trial in trials(case):
        quality = trial.votes["numero"].map(dict(zip(trial.numbers, trial.quality, strict=True)))
        left = trial.votes["note"] - quality
        found.append(np.corrcoef(quality, left)[0, 1])
    assert np.mean(found) < -0.2


def test_campaigns_without_a_corrected_ranking_are_counted_apart(bench, cases):
    apart = cases.Case("apart", cases.by_sides(cases.HALVES, {}))
    found = bench.tried(apart, range(2))
    assert (found.performance, found.uncorrected) == (None, {"groupes_disjoints": 2})
    name, *others = bench.summary(apart, found)
    assert name == "apart; 2 without a corrected ranking (groupes_disjoints)"
    assert set(others) == set(bench.calibration(apart, found)[1:]) == {""}


def test_what_misses_an_aim_is_marked(bench):
    assert bench.marked("65.0%", met=False) == "**65.0%**, missed"
    assert bench.marked("95.0%", met=True) == "95.0%"


def test_the_table_is_markdown(bench, capsys):
    bench.print_table(("a", "b"), [("1", "2")])
    assert capsys.readouterr().out == "| a | b |\n|---|---|\n| 1 | 2 |\n"
