"""A selection under limits of a Grist document: the one of the same campaign on a file."""

import json

import pytest

from tests.end_to_end.grist.support import Team, without_places

LIMITS = """
[selection]
envelope = 400_000
source = "Cahier, 4.2"
[[selection.limits]]
column = "Type d’administration"
max = 5
source = "Cahier, 5.2"
"""


@pytest.mark.slow
def test_the_selection_is_that_of_the_same_campaign_on_a_file(team: Team, demo):
    for campaign in (team, demo):
        with campaign.config.open("a", encoding="utf-8") as file:
            file.write(LIMITS)
    here, there = (campaign.run("select", "--format", "json") for campaign in (team, demo))
    ours, theirs = (json.loads(without_places(one.out)) for one in (here, there))
    doubts = [[doubt["tab"] for doubt in one.pop("doubts")] for one in (ours, theirs)]
    assert (here.code, ours, doubts[0]) == (there.code, theirs, doubts[1])
    version = team.now.version
    assert team.run("sync").code == 0
    assert team.now.version != version
