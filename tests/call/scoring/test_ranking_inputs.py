"""A ranking is computed again, to the last digit, from a record that names nobody; what was altered is seen."""

import json

import pytest

from eig_sheets import loading
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.report.ranking_inputs import differences, recomputed, record_of
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from tests.call.report.support import CASES
from tests.said_of_people import names_in

pytestmark = pytest.mark.in_memory


def record_from(campaign, **changes):
    text = json.dumps(record_of(*_read(campaign)))
    return {**json.loads(text), **changes}


def _read(campaign):
    reading = read(campaign.read(), loading.load(campaign.config))
    return reading, compute(reading)


@pytest.mark.slow
def test_the_same_ranking_follows_to_the_last_digit(demo):
    record = record_from(demo)
    printed = demo.run("rank", "--format", "json").records
    again = {row["numero"]: row for row in recomputed(record)}
    assert differences(record) == []
    for row in (row for row in printed if row["left_aside"] is None):
        own = again[row["dossier"]]
        assert [own["rank"], own["expected_rank"], own["zone"]] == [row["rank"], row["expected_rank"], row["zone"]]
        assert own["note"] == row["note"]


@pytest.mark.parametrize("name", ["empty", "unscored"])
def test_a_campaign_that_nobody_scored_verifies_too(name):
    case = CASES[name]()
    assert differences(json.loads(json.dumps(record_of(case.reading, case.results)))) == []


def test_rules_that_this_version_does_not_know_are_differences_and_no_crash():
    case = CASES["unscored"]()
    record = json.loads(json.dumps(record_of(case.reading, case.results)))
    record["ranking_rules"]["of_another_version"] = 1
    assert differences(record) == [*case.results.of(APPLICATIONS).dossiers["numero"]]


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
    evaluation = next(
        evaluation for evaluation in record["evaluations"] if evaluation["avis"] and not evaluation["deport"]
    )
    evaluation["pertinence"] = 1.0 if evaluation["pertinence"] != 1 else 4.0
    record["ranking"][-1]["rank"] = 1
    assert {evaluation["numero"], record["ranking"][-1]["numero"]} <= {*differences(record)}
