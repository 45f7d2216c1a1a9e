"""Milestones are asked for in `Demandes` of a call that follows its projects, and of no other one."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from eig_sheets.campaign.offered_actions import offered_actions, permissions_of

from eig_sheets import config, loading
from eig_sheets.cli.refusal import Refusal
from eig_sheets.features.requests.commands_actions import jobs_of
from eig_sheets.features.requests.rules import Action, Recorded, Stage
from tests.workbook.snapshots import EIG5

ASKED = Recorded("BCDFGHJ", Action.FOLLOW_UP, "", "Sam", Stage.CLAIMED, datetime(2021, 12, 1, 9))


@pytest.fixture(scope="module")
def without():
    return loading.load(config.packaged(), EIG5.path.read_text("utf-8") + '\n[features]\nwithout = ["follow_up"]\n')


def test_they_are_offered_while_projects_are_followed(without):
    assert Action.FOLLOW_UP in offered_actions(EIG5)
    assert [action for action in offered_actions(EIG5) if action not in offered_actions(without)] == [Action.FOLLOW_UP]
    assert Action.FOLLOW_UP not in permissions_of(without).offered


def test_what_was_claimed_before_they_are_not_is_refused(without):
    job = jobs_of(SimpleNamespace(campaign=without))[Action.FOLLOW_UP]
    with pytest.raises(Refusal, match="n’est plus proposé"):
        job.act(None, ASKED, None)
