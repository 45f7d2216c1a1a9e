"""A ranking is computed again, to the last digit, from a record that names nobody; what was altered is seen."""

import json

import pytest

from eig_sheets import config
from eig_sheets.campaign.ranking_inputs import differences, recomputed, record_of
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.results import compute
from tests.report.support import CASES
from tests.said_of_people import names_in

pytestmark = pytest.mark.in_memory


def record_from(campaign, **changes):
    text = json.dumps(record_of(*_read(campaign)))
    return {**json.loads(text), **changes}


def _read(campaign):
    reading = read(campaign.read(), config.load(campaign.config))
    return reading, compute(reading)


@pytest.mark.slow
def test_the_same_ranking_follows_to_the_last_digit(demo):
    record = record_from(demo)
    printed = demo.run("rank", "--format", "json").records
    again = {one["numero"]: one for one in recomputed(record)}
    assert differences(record) == []
    for one in (one for one in printed if one["left_aside"] is None):
        own = again[one["dossier"]]
        assert [own["rank"], own["expected_rank"], own["zone"]] == [one["rank"], one["expected_rank"], one["zone"]]
        assert own["note"] == one["note"]


@pytest.mark.parametrize("name", ["empty", "unscored"])
def test_a_campaign_that_nobody_scored_verifies_too(name):
    found = CASES[name]()
    assert differences(json.loads(json.dumps(record_of(found.reading, found.results)))) == []


def test_rules_that_this_version_does_not_know_are_differences_and_no_crash():
    found = CASES["unscored"]()
    record = json.loads(json.dumps(record_of(found.reading, found.results)))
    record["ranking_rules"]["of_another_version"] = 1
    assert differences(record) == [*found.results.dossiers["numero"]]


@pytest.mark.slow
def test_it_names_nobody(demo):
    text = json.dumps(record_from(demo), ensure_ascii=False)
    assert "@" not in text
    assert names_in(text) == []
    assert "jure-01" in text


@pytest.mark.slow
def test_by_expected_rank(demo):
    demo.set_config('method = "mean"', 'method = "expected_rank"')
    record = record_from(demo)
    assert record["ranking_rules"]["method"] == "expected_rank"
    assert differences(record) == []


@pytest.mark.slow
def test_a_score_and_a_rank_that_were_altered_are_seen(demo):
    record = record_from(demo)
    one = next(one for one in record["evaluations"] if one["avis"] and not one["deport"])
    one["pertinence"] = 1.0 if one["pertinence"] != 1 else 4.0
    record["ranking"][-1]["rank"] = 1
    assert {one["numero"], record["ranking"][-1]["numero"]} <= {*differences(record)}
