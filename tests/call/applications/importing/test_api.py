"""ImportedDossiers dossiers as an export: compared and read as a file's are."""

from eig_sheets.call.applications.demarche.table import questions_of
from eig_sheets.call.applications.importing import kinds
from tests.call.applications.importing.support import HEADERS, export_of, planned, sheet
from tests.demarche_server.dossiers import champ, descriptor, descriptor_id, dossier, text
from tests.sample.support import EIG5

FORM = [descriptor(n, label) for n, label in enumerate([*HEADERS.values()][3:], 1)]
"""The questions of the support's exports, without the platform's own columns."""
NAMED = {"mentor": descriptor_id(20), "email_porteur": descriptor_id(7)}


def answered(number, **answers):
    labels = {field: (n, label) for n, (field, label) in enumerate([*HEADERS.items()][3:], 1)}
    return dossier(number, *(text(*labels[field], value) for field, value in answers.items()), state="en_instruction")


def plan_of(*dossiers, present=None, named=None, form=FORM):
    questions = questions_of(form, dossiers)
    export = kinds.export_of(12345, dossiers, questions, named or {})
    return planned(
        export, sheet() if present is None else present, kinds.settings_of(EIG5.imports, questions, named or {})
    )


def test_what_comes_by_the_api_is_what_a_file_brings():
    values = {"projet": "Cloche", "administration": "Direction", "nombre_eig": "2", "programme": "909"}
    by_file = planned(
        export_of({"numero": "7", "etat": "En instruction", "date_depot": "2021-03-01T10:00:00+01:00", **values}),
        sheet(),
    )
    by_api = plan_of(answered(7, **values))
    assert by_api.new[0].values == by_file.new[0].values
    assert (by_api.problems, by_api.unmapped) == ((), ())


def test_a_dossier_that_is_there_is_compared():
    plan = plan_of(answered(7, projet="Cloche"), present=sheet({"numero": "7", "projet": "Autre"}))
    [changed] = plan.changed
    assert {difference.field: difference.in_export for difference in changed.differences}["projet"] == "Cloche"


def test_a_named_field_takes_its_question_alone():
    form = [*FORM, descriptor(20, "Tuteur"), descriptor(21, "Mentor de haut niveau")]
    received = dossier(7, text(20, "Ancien libellé", "Zoé"), text(21, "Mentor de haut niveau", "Yves"))
    [new] = plan_of(received, named=NAMED, form=form).new
    assert new.values["mentor"] == "Zoé"


def test_a_named_question_that_is_not_asked_leaves_its_field_blank():
    form = [*FORM, descriptor(21, "Mentor de haut niveau")]
    received = dossier(7, text(21, "Mentor de haut niveau", "Yves"))
    [new] = plan_of(received, named=NAMED, form=form).new
    assert "mentor" not in new.values


def test_the_number_is_the_platform_s_whatever_the_form_asks():
    form = [descriptor(1, "N° dossier")]
    [new] = plan_of(dossier(7, champ("IntegerNumber", 1, "N° dossier", "99", value="99")), form=form).new
    assert new.number == "7"
