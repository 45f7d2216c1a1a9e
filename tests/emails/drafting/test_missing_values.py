"""The missing values that keep messages from being written, about any row that may receive one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.emails.drafting.missing_values import missing_columns, missing_values
from eig_sheets.emails.mail.templates import unused
from tests.columns import cell_of
from tests.emails.drafting.support import (
    DOSSIER,
    JUROR,
    TEXTS,
    campaign,
    case,
)

pytestmark = pytest.mark.newest


def test_missing_values_are_found_in_every_row_that_may_receive_the_message():
    holed = {**DOSSIER, "retour": None, "email_porteur": None}
    rows = [DOSSIER, {**holed, "numero": "90002"}, {**holed, "numero": "90003", "decision": "Lauréat"}]
    made = case(candidatures=rows, jury=[JUROR])
    texts = {name: TEXTS[name] for name in ("non_retenu", "relance_jure")}
    missing = missing_values(made.reading, made.results, texts)
    assert [(value.template, value.tab, value.row, value.whom) for value in missing] == [
        ("non_retenu", "Candidatures", 3, "90002")
    ]
    assert [reason.replace("\u202f", " ") for reason in missing[0].reasons] == [
        f"« E-mail du porteur » est vide : remplissez Candidatures!{cell_of('candidatures', 'email_porteur', 3)}.",
        f"« Retour au porteur » est vide : remplissez Candidatures!{cell_of('candidatures', 'retour', 3)}.",
    ]


def test_missing_values_of_messages_that_can_never_be_due_are_left_alone():
    blank = {**DOSSIER, "date_depot": None, "retour": None, "preselection": None}
    made = case(candidatures=[blank], jury=[JUROR])
    named = {"ineligible", "non_preselectionne", "non_retenu"}
    assert {value.template for value in missing_values(made.reading, made.results, TEXTS)} == named
    rules = campaign(disabled=("ineligible",), webinars=(), experimentation=None)
    templates = {value.template for value in missing_values(made.reading.with_campaign(rules), made.results, TEXTS)}
    assert templates == named - {"ineligible"} | {"accuse_reception"}


def test_a_template_of_the_staff_s_own_is_checked_against_dossiers():
    made = case(candidatures=[{**DOSSIER, "retour": None}])
    missing = missing_values(made.reading, made.results, {"essai": replace(TEXTS["non_retenu"], id="essai")})
    assert [(value.template, value.whom) for value in missing] == [("essai", "90001")]


def test_columns_that_the_workbook_lacks_are_named():
    made = case(without={"candidatures": ["retour", "mentor"]})
    missing = {name: missing_columns(made.reading, text) for name, text in TEXTS.items()}
    assert missing["non_retenu"] == ["Retour au porteur"]
    assert missing["relance_jure"] == []


def test_what_a_template_could_say_and_does_not():
    left = unused(TEXTS["non_retenu"])
    assert "administration" in left
    assert not {"retour", "email_porteur", "projet", "commentaire", "motif"} & set(left)
