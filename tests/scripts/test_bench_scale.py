"""What `make bench` measures of large calls: a whole campaign, planned; and the slope of a line."""

import random

import pytest

from eig_sheets import config, loading
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import plan_sync, reading_for
from eig_sheets.storage.last_run import LastRun
from tests.scripts.conftest import imported


@pytest.fixture(scope="module")
def bench():
    with imported("bench_scale") as program:
        yield program


@pytest.mark.slow
def test_every_dossier_is_ranked_with_all_its_evaluations_and_its_certainty(bench):
    campaign = loading.load(config.packaged())
    snapshot = bench.snapshot_of(campaign, 150)
    known, clock = Known(last_run=LastRun(), texts=load_templates(campaign)), Clock(bench.NOON, bench.NOON.date())
    run = plan_sync(reading_for(snapshot, campaign, LastRun()), known, clock)
    ranking = run.results.of(SCORES).ranking
    assert (len(ranking), ranking["reviews"].eq(bench.REVIEWS).all()) == (150, True)
    ranked = ranking["rank"].notna()
    assert ranked.sum() > 100
    assert ranking["expected_rank"].notna().equals(ranked)
    assert len(run.results.of(SCORES).evaluations) == 150 * bench.REVIEWS
    assert len(run.emails.added) > 50


def test_votes_are_those_of_different_jurors(bench):
    votes = bench.votes_of(30, 4, random.Random(1))
    assert (len(votes), votes.duplicated(["numero", "jure"]).any()) == (120, False)
    assert votes["note"].between(5, 20).all()


def test_the_exponent_is_the_slope(bench):
    assert bench.exponent({1000: 1.0, 2000: 2.0, 4000: 4.0}) == pytest.approx(1)
    assert bench.exponent({10: 3.0, 100: 300.0}) == pytest.approx(2)
