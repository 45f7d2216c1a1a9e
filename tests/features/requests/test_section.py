"""`[requests]`: actions that do not exist, twice the same, or for nobody are refused, in French."""

import pytest

from eig_sheets import loading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import ConfigError
from eig_sheets.config.sections import WrittenFolder
from eig_sheets.features.requests.actions import actions_of, permissions_of
from eig_sheets.features.requests.rules import Action, Asked
from eig_sheets.features.requests.rules_steps import WaitingReason

PACKAGED = loading.packaged_text()
ACTIONS = next(line for line in PACKAGED.splitlines() if line.startswith("# actions = "))


def loaded(tmp_path, actions=ACTIONS, more=""):
    path = tmp_path / "config" / "campaign.toml"
    path.parent.mkdir()
    path.write_text(PACKAGED.replace(ACTIONS, f"{actions}\n{more}"), encoding="utf-8")
    return loading.load(path)


@pytest.mark.needs("talents")
def test_everything_is_offered(tmp_path):
    assert actions_of(loaded(tmp_path)).offered[: len(Action)] == tuple(Action)


def test_to_everybody_and_files_go_beside_the_workbook(tmp_path):
    campaign = loaded(tmp_path)
    assert permissions_of(campaign).by == {}
    assert [campaign.at_home(part.of(campaign)) for part in campaign.features.parts(WrittenFolder)] == [
        tmp_path / "demandes"
    ]


def test_some_alone_may_ask_whatever_the_case_and_spaces_of_their_name(tmp_path):
    permissions = permissions_of(loaded(tmp_path, more='by = { envoyer = ["Hélène  DURAND"] }'))
    send = Asked(2, "B", "envoyer", Action.SEND)
    assert permissions.refusal(send, "helene durand") is None
    assert permissions.refusal(send, "sam") is WaitingReason.NOT_ALLOWED
    assert permissions.refusal(Asked(2, "B", "selection", Action.SELECT), "sam") is None


@pytest.mark.parametrize(
    ("actions", "more", "said"),
    [
        ('actions = ["envoier"]', "", "requests.actions : « envoier » est inconnu ; vouliez-vous dire « envoyer » ?"),
        ('actions = ["planning", "planning"]', "", "requests.actions donne deux fois « planning »"),
        (ACTIONS, 'by = { envoi = ["Sam"] }', "requests.by : « envoi » est inconnu"),
        (ACTIONS, "by = { envoyer = [] }", "requests.by.envoyer ne nomme personne"),
        (ACTIONS, 'ballots = "papier"', "requests.ballots"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, actions, more, said):
    with pytest.raises(ConfigError) as refused:
        schema_of(loaded(tmp_path, actions, more))
    assert said in str(refused.value).replace("\u202f", " ")
