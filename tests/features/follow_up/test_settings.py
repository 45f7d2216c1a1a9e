"""`[follow_up]`: what is refused, in French and key by key, and the keys of older configurations."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets import config, loading
from eig_sheets.config import ConfigError
from eig_sheets.features.follow_up.settings import FollowUpRules
from tests.emails.mail.fictional import ROOT
from tests.workbook.snapshots import EIG5

pytestmark = pytest.mark.newest

TEXT = loading.packaged_text()


def loaded(*lines: str) -> config.Campaign:
    return loading.load(
        EIG5.path, "\n".join([TEXT, "[[follow_up.milestones]]", 'id = "essai"', 'label = "Essai"', *lines])
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["[[follow_up.milestones]]", 'id = "essai"', 'label = "Autre"'], "donne deux fois l’id « essai »"),
        (["[[follow_up.milestones]]", 'id = "autre"', 'label = "ESSAI !"'], "donne deux fois le label « ESSAI ! »"),
        (["[[follow_up.milestones]]", 'id = "autre"', 'label = "…"'], "n’a ni lettre ni chiffre"),
        (["date = 2022-01-05", "months = 2"], "donne à la fois date et months"),
        (["date = 2022-01-05", "every_months = 2"], "donne à la fois date et every_months"),
        (["date = 2022-01-05", 'of = "end"'], "donne à la fois date et of"),
        (["every_months = 2", "weeks = 1"], ".every_months part du premier jour de l’équipe : retirez weeks"),
        (["remind = false", "remind_days = 3"], "donne remind_days et remind = false"),
        (['owner = "porteurs"'], "owner"),
        (["jours = 3"], "jours"),
        (["weeks = 0.5"], "weeks"),
        (["remind_days = 1000000"], "remind_days = 1000000 n’est pas accepté : il faut au plus 366"),
    ],
)
def test_what_cannot_be_is_refused(lines, said):
    with pytest.raises(ConfigError) as refused:
        loaded(*lines)
    assert said in str(refused.value).replace("\u202f", " ")


def test_a_milestone_may_be_due_on_the_first_day_and_every_key_has_a_default():
    assert loaded().section(FollowUpRules).milestones[-1].model_dump(exclude_defaults=True) == {
        "id": "essai",
        "label": "Essai",
    }


@pytest.mark.parametrize(("day", "question"), [(date(2021, 3, 1), "lauréats"), (date(2022, 7, 13), "fin du projet")])
def test_a_date_outside_the_months_of_the_projects_is_questioned(day, question):
    [sentence] = loaded(f"date = {day.isoformat()}").questions
    assert "follow_up.milestones[" in sentence
    assert question in sentence.replace("\u202f", " ")


def test_the_sixth_call_has_four_phases():
    campaign = loading.load(ROOT / "examples" / "eig6" / "config" / "campaign.toml")
    assert [milestone.id for milestone in campaign.section(FollowUpRules).milestones] == [
        "comite_1", "comite_2", "comite_3", "comite_4",
    ]  # fmt: skip


def test_keys_of_older_configurations_are_read_and_said(tmp_path):
    path = tmp_path / "config" / "campaign.toml"
    text = """extends = "eig5"
        [workbook]
        location = "../campagne.xlsx"
        [emails.experimentation]
        remind_days = 3
        [[milestones]]
        id = "essai"
        label = "Essai"
    """
    campaign = loading.load(path, text)
    rules = campaign.section(FollowUpRules)
    assert ([milestone.id for milestone in rules.milestones], rules.remind_days) == (["essai"], 3)
    [question] = campaign.questions
    assert question.startswith(
        "milestones → follow_up.milestones et emails.experimentation.remind_days → follow_up.remind_days"
    )
