"""E-mails to candidates and to the teams that they join: their recipients, the values that hold them back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from eig_sheets.call.applications.checks import NO_APPEAL_TEXT
from eig_sheets.emails.drafting.computed_values import common
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.emails.drafting.missing_values import missing_columns, missing_values
from eig_sheets.emails.drafting.subjects import People
from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context
from eig_sheets.emails.mail.templates import unused
from eig_sheets.text.french import NARROW
from tests.columns import cell_of
from tests.emails.drafting.support import DOSSIER, LAUREATE, RECRUIT, TALENT, TEXTS, case
from tests.emails.drafting.test_appointments import event_of
from tests.emails.drafting.test_legal_mentions import RULES
from tests.emails.drafting.test_people import OWN, belong
from tests.emails.mail.fictional import VALUES, as_text, cell
from tests.emails.mail.test_other_years import FOLDERS, HALF_A_YEAR, JURY, redated
from tests.messages import CATALOGUE

pytestmark = pytest.mark.newest

JUNE, JULY = date(2021, 6, 1), date(2021, 7, 1)
HOST, PROJECT = cell_of("candidatures", "administration", 2), cell_of("talents", "projet_decide", 2)
WISH, HEARING = cell_of("talents", "voeu_2", 2), cell_of("talents", "audition", 2)
TEAM = case(candidatures=[LAUREATE], talents=[RECRUIT])
DAYS = [date(2021, 7, 1), date(2021, 9, 13), date(2021, 10, 13), date(2022, 2, 1)]


@pytest.mark.parametrize(
    ("template", "whom", "addresses"),
    [
        ("bienvenue", "90001", OWN | {"alix@exemple.invalid"}),
        ("talent_retenu", "70012", {"alix@exemple.invalid"}),
        ("laureat", "70012", set()),
    ],
)
def test_who_was_recruited_belongs_to_the_team(template, whom, addresses):
    assert People(TEAM.reading).of(template, whom) == addresses


def test_everybody_who_receives_a_draft_belongs_to_its_row():
    assert belong(TEAM, DAYS) >= {"talent_retenu", "bienvenue"}


def test_candidates_choose_among_the_laureates_alone():
    others = [{**DOSSIER, "numero": "90002", "projet": "Autre"}, {**LAUREATE, "numero": "90000", "projet": "Premier"}]
    made = case(candidatures=[LAUREATE, *others], talents=[{**TALENT, "voeu_1": None}])
    body = made.message("choix_projets", date(2021, 5, 24)).body.replace("\u202f", " ")
    listed = [line for line in body.splitlines() if line.startswith("- ")]
    assert listed == [
        "- n° 90000 : Premier – Agence fictive",
        "- n° 90001 : Boussole des aides – Agence fictive",
    ]


def test_nobody_chooses_among_no_projects():
    made = case(candidatures=[DOSSIER], talents=[{**TALENT, "voeu_1": None}])
    assert made.reasons("choix_projets", date(2021, 5, 24)) == ["« Liste des projets lauréats » est vide."]


@pytest.mark.slow
def test_the_message_to_a_recruit_names_the_project_or_the_blank_cell():
    made = case(candidatures=[LAUREATE], talents=[RECRUIT])
    assert made.message("talent_retenu", JULY).subject.replace("\u202f", " ").endswith("« Boussole des aides »")
    lost = case(candidatures=[LAUREATE], talents=[{**RECRUIT, "projet_decide": None}])
    assert lost.reasons("talent_retenu", JULY) == [
        f"« Nom du projet décidé » est vide : remplissez Talents!{PROJECT}.",
        f"« Administration d’accueil du projet décidé » est vide : remplissez Talents!{PROJECT}.",
    ]
    unknown = case(candidatures=[{**LAUREATE, "administration": None}], talents=[RECRUIT])
    assert unknown.reasons("talent_retenu", JULY) == [
        f"« Administration d’accueil du projet décidé » est vide : remplissez Candidatures!{HOST}."
    ]
    unknown = case(candidatures=[{**LAUREATE, "numero": "1"}], talents=[RECRUIT])
    assert unknown.reasons("talent_retenu", JULY)[0] == (
        f"« Nom du projet décidé » est introuvable : corrigez le numéro de dossier en Talents!{PROJECT}."
    )


def test_a_wish_that_is_no_dossier_blocks_and_names_its_cell():
    made = case(candidatures=[DOSSIER], talents=[{**TALENT, "voeu_2": "123"}])
    assert made.reasons("convocation_talent", JUNE) == [
        f"« Nom du projet » est introuvable : corrigez le numéro de dossier en Talents!{WISH}."
    ]


def test_a_convocation_names_the_projects_that_count_among_those_chosen():
    others = [{**DOSSIER, "numero": "90002", "projet": "Refusé"}, {**LAUREATE, "numero": "90003", "projet": "Bouée"}]
    chosen = {"voeu_1": "90002", "voeu_2": "90003", "voeu_3": "90001"}
    made = case(candidatures=[LAUREATE, *others], talents=[{**TALENT, **chosen}])
    body = made.message("convocation_talent", JUNE).body
    listed = [line for line in body.replace("\u202f", " ").splitlines() if line.startswith("- ")]
    assert listed[:2] == ["- Bouée – Agence fictive", "- Boussole des aides – Agence fictive"]
    assert "Refusé" not in body


def test_a_convocation_of_somebody_none_of_whose_choices_counts_names_them_as_they_are():
    body = case(candidatures=[DOSSIER], talents=[TALENT]).message("convocation_talent", JUNE).body
    assert "- Boussole des aides" in body


@pytest.mark.slow
def test_a_convocation_needs_a_moment_and_a_missing_column_is_reported():
    blank = case(candidatures=[DOSSIER], talents=[{**TALENT, "audition": None}])
    assert blank.reasons("convocation_talent", JUNE) == [
        f"« Audition décidée » est vide : remplissez Talents!{HEARING}."
    ]
    old = case(candidatures=[DOSSIER], talents=[TALENT], without={"talents": ["audition"]})
    assert old.reasons("convocation_talent", JUNE) == [
        "« Audition décidée » est vide : remplissez cette colonne, à ajouter dans l’onglet Talents."
    ]


def test_values_and_columns_that_lack_are_found_before_a_message_is_due():
    made = case(talents=[TALENT], without={"talents": ["audition", "cv"]})
    assert missing_columns(made.reading, TEXTS["convocation_talent"]) == ["Audition décidée"]
    assert missing_columns(made.reading, TEXTS["accuse_talent"]) == []
    whole = case(candidatures=[DOSSIER], talents=[TALENT])
    texts = {"convocation_talent": TEXTS["convocation_talent"]}
    assert [*missing_values(whole.reading, whole.results, texts)] == []


def test_what_a_convocation_could_say_and_does_not():
    left = unused(TEXTS["convocation_talent"])
    assert "metier" in left
    assert not {"audition", "email", "prenom", "commentaire", "motif", "pieces"} & set(left)


def test_a_candidate_s_audition():
    event = event_of("convocation_talent", JUNE, candidatures=[DOSSIER], talents=[TALENT])
    assert (event.uid, event.ends - event.starts) == ("audition-talent-70012@eig5.eig-sheets", timedelta(minutes=30))
    assert event.title.startswith("Audition")


def test_a_refusal_without_ways_of_appeal_is_an_anomaly_of_their_tab_too():
    rows = [{**DOSSIER, "decision": "Non retenu"}]
    made = case(rules=RULES, candidatures=rows, talents=[{**TALENT, "statut": "Non retenu"}])
    anomalies = [anomaly for anomaly in made.results.anomalies if anomaly.code == NO_APPEAL_TEXT.name]
    assert [(anomaly.tab, anomaly.message.split(" sans")[0]) for anomaly in anomalies] == [
        ("Candidatures", "1 refus"), ("Talents", "1 refus"),
    ]  # fmt: skip
    assert anomalies[1].cell == cell_of("talents", "statut", 2)


def test_their_refusal_is_one_that_owes_ways_of_appeal():
    refusals = [email.id for email in CATALOGUE.values() if email.refusal and email.about == "talents"]
    assert refusals == ["talent_non_retenu"]


def test_a_laureate_of_a_re_dated_call_is_told_when_the_jury_on_candidates_meets(tmp_path):
    campaign = redated(FOLDERS["eig5"], tmp_path, HALF_A_YEAR)
    values = Context(VALUES | common(campaign), cell)
    text = as_text(compose(load_templates(campaign)["laureat"], values))
    assert f"; il se réunit {JURY}." in text.replace(NARROW, " ")
