"""`outcomes instruction`: once the call is closed, applicants cannot modify their dossiers any more."""

from datetime import date

import pytest

from eig_sheets.domain.rules import EmailRules
from eig_sheets.features.outcomes.commands_texts import reply_warning
from tests.demarche_server.dossiers import dossier
from tests.end_to_end.sending.campaign import plain
from tests.features.outcomes.campaign import NUMBERS, SELECTED, by_dossier, mutations, received, states

pytestmark = pytest.mark.in_memory

ACT = "passer_en_instruction"


@pytest.fixture
def editable(team, service):
    """The campaign whose dossiers are still « en construction », but for one."""
    received(service, "en_construction")
    service.service.touch(SELECTED, state="en_instruction")
    return team


@pytest.mark.slow
def test_all_dossiers_are_taken_out_of_their_applicants_hands_once(editable, service):
    done = editable.outcomes("instruction", "--confirm", "6")
    assert (done.code, by_dossier(done)) == (0, dict.fromkeys(NUMBERS, (ACT, "fait", [])))
    assert states(service) == {}
    assert service.service.notified == []
    assert "6 dossiers passés en instruction sur 6 dossiers demandés." in plain(done.err)
    assert mutations(service) == [("dossierPasserEnInstruction", number) for number in NUMBERS[1:]]
    service.service.touch(NUMBERS[1], state="en_construction")
    service.service.add(dossier(4600000))
    again = editable.outcomes("instruction", "--confirm", "0")
    assert (again.code, by_dossier(again)[NUMBERS[1]]) == (0, (ACT, "retenu", ["rouvert_dans_le_service"]))
    assert len(mutations(service)) == 6
    assert "1 dossier encore en construction n’est pas dans le classeur (4600000)" in plain(again.err)


@pytest.mark.parametrize(("day", "warned"), [(date(2021, 4, 30), True), (date(2021, 5, 1), False)])
def test_applicants_who_may_still_complete_their_dossier_are_thought_of(day, warned):
    said = plain(reply_warning(EmailRules(reply_before=date(2021, 4, 30)), day))
    assert ("les porteurs ont jusqu’au vendredi 30 avril 2021 pour compléter leur dossier" in said) is warned
    assert reply_warning(EmailRules(), day) == ""


@pytest.mark.slow
def test_what_is_not_en_instruction_is_not_decided(editable, service):
    editable.tell(NUMBERS[1])
    done = editable.outcomes("push", "--dry-run")
    assert by_dossier(done)[NUMBERS[1]] == ("refuser", "retenu", ["encore_en_construction"])
    assert "lancez d’abord « eig-sheets outcomes instruction »" in plain(done.records[1]["reason"])
