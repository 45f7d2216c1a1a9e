"""The export of the form of choices as answers: new ones, other versions, and nothing twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.call.applications.importing.plan import plan_import
from eig_sheets.features.talents.import_kinds import WISHES, current_answers, new_answers
from eig_sheets.features.talents.rules_wishes import Answer
from eig_sheets.features.talents.wishes_schema import WISHES_SCHEMA
from tests.call.applications.importing.support import EIG5, HEADERS_OF_WISHES, export_of

pytestmark = pytest.mark.newest

NOW = datetime(2021, 6, 5, 8, 30, 12)
ADA = {
    "numero": "7001", "email": "ada@x.example", "date_depot": "2021-05-28 10:00:30 +0200", "candidature": 501.0,
    "voeu_1": "Phare", "voeu_2": 101.0,
}  # fmt: skip
FIRST = Answer("7001", datetime(2021, 5, 28, 10), "501", "ada@x.example", ("Phare", "101", ""))


def received(*rows, known=()):
    export = export_of(*rows, headers=HEADERS_OF_WISHES)
    settings = WISHES.settings(EIG5.imports)
    plan = plan_import(export, current_answers(known), settings, WISHES_SCHEMA, EIG5.zone, WISHES)
    return plan, new_answers(plan, known, NOW)


def test_an_answer_is_read_with_the_moment_at_which_it_was_given():
    plan, answers = received(ADA)
    assert (plan.problems, answers) == ((), (FIRST,))


def test_the_same_export_again_brings_nothing_whatever_its_notation():
    assert received(ADA, known=(FIRST,))[1] == ()
    again = {**ADA, "candidature": "501", "voeu_1": " Phare ", "email": "ADA@x.example", "modifie_le": "2021-06-03"}
    assert received({**again, "email": "ada@x.example"}, known=(FIRST,))[1] == ()


def test_what_the_form_itself_says_of_its_last_change_is_the_moment():
    _, [answer] = received({**ADA, "modifie_le": "2021-05-30 09:00:00 +0200"})
    assert answer.moment == datetime(2021, 5, 30, 9)


def test_an_answer_that_changed_is_another_version_after_the_one_that_is_known():
    _, [answer] = received({**ADA, "voeu_1": "Quai"}, known=(FIRST,))
    assert (answer.number, answer.choices[0], answer.moment) == ("7001", "Quai", NOW.replace(second=0))
    changed = {**ADA, "voeu_1": "Quai", "modifie_le": "2021-05-29 09:00:00 +0200"}
    _, [dated] = received(changed, known=(FIRST,))
    assert dated.moment == datetime(2021, 5, 29, 9)
    assert received(changed, known=(FIRST, dated))[1] == ()


def test_a_choice_that_was_taken_back_is_a_change():
    _, [answer] = received({**ADA, "voeu_2": None}, known=(FIRST,))
    assert answer.choices == ("Phare", "", "")


def test_a_version_is_never_older_than_the_one_that_it_replaces():
    after = Answer("7001", datetime(2021, 7, 1), "501", "ada@x.example", ("Autre", "", ""))
    _, [answer] = received(ADA, known=(after,))
    assert answer.moment > after.moment


def test_drafts_withdrawn_and_archived_answers_are_left_out_as_dossiers_are():
    states = ("brouillon", "Classé sans suite", "En construction")
    plan, answers = received(*({**ADA, "numero": str(place), "etat": state} for place, state in enumerate(states)))
    assert (plan.ignored, plan.withdrawn, [answer.number for answer in answers]) == (1, ("1",), ["2"])
