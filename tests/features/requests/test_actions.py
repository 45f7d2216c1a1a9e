"""An action of a feature: offered while the call has it, known when it is off, kept by its id once it is gone."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from eig_sheets import config, loading
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.cli.refusal import Refusal
from eig_sheets.features.requests.actions import actions_of, permissions_of
from eig_sheets.features.requests.answers import as_text, from_text
from eig_sheets.features.requests.commands_actions import jobs_of
from eig_sheets.features.requests.commands_jobs import NO_LONGER_DONE
from eig_sheets.features.requests.rules import Action, Recorded, Stage
from eig_sheets.features.requests.words import answer
from eig_sheets.installed import FEATURES
from eig_sheets.registry import Feature
from tests.two_workbooks import write_settings
from tests.workbook.snapshots import EIG5

BOATS = Feature(
    id="boats",
    title="les bateaux",
    page="bateaux.fr.md",
    parts=lambda: (
        FeatureAction(id="compter", label="Compter les marins", place=f"{__name__}:moor", of_candidates=True),
        FeatureAction(id="amarrer", label="Amarrer les bateaux", place=f"{__name__}:moor"),
    ),
)
ASKED = Recorded("BCDFGHJ", "amarrer", "Ada", "Sam", Stage.CLAIMED, datetime(2021, 12, 1, 9), "à quai")


def moor(_session, detail):
    return f"amarré : {detail}"


def with_boats(more=""):
    features = replace(FEATURES, on=(*FEATURES.on, BOATS))
    return config.load(config.packaged(), EIG5.path.read_text("utf-8") + more, features)


@pytest.fixture(scope="module")
def afloat():
    return with_boats()


@pytest.fixture(scope="module")
def ashore():
    return with_boats('\n[features]\nwithout = ["boats"]\n')


def test_it_is_offered_after_those_of_the_call_and_done(afloat):
    assert afloat.features.on[-1] is BOATS
    actions = actions_of(afloat)
    assert (actions.offered[0], actions.offered[-1]) == (Action.SYNC, "amarrer")
    assert actions.named(" AMARRER les bateaux") == actions.named("amarrer") == "amarrer"
    assert actions.named("Amarrer les bateaux ?") is None
    job = jobs_of(SimpleNamespace(campaign=afloat))["amarrer"]
    assert job.act(None, ASKED, None) == "amarré : Ada"


def test_in_a_workbook_of_candidates_are_those_that_are_of_candidates():
    workbook = '\n[workbook]\ntalents = "talents.xlsx"\n'
    both = config.load(
        config.packaged(),
        EIG5.path.read_text("utf-8").replace("\n[workbook]\n", workbook),
        replace(FEATURES, on=(*FEATURES.on, BOATS)),
    )
    assert {"compter", "amarrer"} <= {*actions_of(both).offered}
    offered = actions_of(both.for_talents()).offered
    assert ("compter" in offered, "amarrer" in offered, Action.REPORT in offered) == (True, False, False)


def test_it_is_known_and_not_offered_where_the_feature_is_off(ashore):
    actions = actions_of(ashore)
    assert (actions.label("amarrer"), "amarrer" in actions.offered) == ("Amarrer les bateaux", False)
    assert "amarrer" not in permissions_of(ashore).offered


@pytest.mark.parametrize("off", [False, True])
def test_what_was_claimed_of_it_is_refused_once_it_is_off_or_gone(ashore, off):
    session = SimpleNamespace(campaign=ashore if off else EIG5)
    assert "amarrer" not in jobs_of(session)
    with pytest.raises(Refusal, match="n’est plus proposé"):
        NO_LONGER_DONE.act(session, ASKED, None)


def test_its_record_is_kept_by_its_id_when_it_is_gone():
    assert from_text(as_text(ASKED)) == ASKED
    assert actions_of(EIG5).label("amarrer") == "amarrer"


def test_it_may_be_named_in_the_configuration_even_when_it_is_off():
    campaign = with_boats('\n[requests]\nactions = ["amarrer", "envoyer"]\n[features]\nwithout = ["boats"]\n')
    assert actions_of(campaign).offered == (Action.SEND,)


def test_an_answer_that_names_a_command_says_whose_it_is():
    told = Recorded("BCD", Action.SYNC, "", "Sam", Stage.REFUSED, ASKED.moment, "Lancez « eig-sheets init ».")
    said = answer(told, "Synchroniser").replace("\u202f", " ")
    assert "« eig-sheets init » est à demander à la personne qui exploite le robot." in said


def test_a_call_without_cofinancing_does_not_offer_its_table():
    unpaid = EIG5.model_copy(update={"cofinancing": EIG5.cofinancing.model_copy(update={"rule": "none"})})
    assert {*actions_of(EIG5).offered} - {*actions_of(unpaid).offered} == {Action.FINANCE}


@pytest.mark.needs("talents")
def test_each_workbook_offers_what_is_about_its_own(tmp_path):
    """Of candidates, where they are: in their workbook, or in the only one."""
    projects = loading.load(write_settings(tmp_path))
    offered, whole = actions_of(projects).offered, {*actions_of(EIG5).offered}
    theirs = {*actions_of(projects.for_talents()).offered}
    of_candidates = {Action.ASSIGN_CANDIDATES, Action.BALLOTS_CANDIDATES, Action.COLLECT_CANDIDATES}
    assert of_candidates | {"expliquer_candidature", Action.IMPORT, Action.UNDO} <= theirs & whole
    assert of_candidates.isdisjoint(offered)
    assert {Action.ASSIGN, Action.EXPLAIN, Action.MINUTES}.isdisjoint(theirs)
