"""E-mails drafted from cells: their recipients, their words, and the cell that keeps each of them from leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eig_sheets.call.jury.grilles import PAGE_LINKS, PageLink
from eig_sheets.emails.drafting.drafts import drafts
from eig_sheets.emails.mail.messages import AttachedFile
from eig_sheets.text.french import plain, typographic
from tests.columns import cell_of
from tests.emails.drafting.support import (
    DOSSIER,
    EIG5,
    JUROR,
    LAUREATE,
    REVIEW,
    TEXTS,
    campaign,
    case,
)

APRIL, MAY = date(2021, 4, 20), date(2021, 5, 6)
JULY, ARRIVAL, WINTER = date(2021, 7, 1), date(2021, 9, 13), date(2022, 1, 25)


def test_a_laureate_who_waited_is_promoted_once_the_waiting_list_was_notified():
    made = case(candidatures=[LAUREATE])
    assert made.one("promotion_liste_attente", MAY, received={"liste_attente-90001": None}).numero == "90001"
    assert made.one("laureat", MAY).numero == "90001"


def test_a_group_that_filled_one_grid_is_thanked_whole():
    others = [{**JUROR, "email": "b@exemple.invalid"}, {**JUROR, "email": "c@exemple.invalid", "groupe": "B"}]
    made = case(candidatures=[DOSSIER], jury=[JUROR, *others], evaluations=[REVIEW])
    thanked = [draft.person for draft in made.drafts(MAY) if draft.template == "remerciement_jure"]
    assert thanked == ["b@exemple.invalid", "dominique@exemple.invalid"]


def test_the_days_of_a_decision_s_e_mail_are_those_of_the_configuration():
    dated, undated = "le lundi 13 septembre 2021, pour dix mois.\n", "ensuite.\n"
    for rules, words in ((EIG5, dated), (campaign(experimentation=None), undated)):
        body = case(rules=rules, candidatures=[LAUREATE]).message("laureat", MAY).body.replace("\u202f", " ")
        assert f"- Votre équipe arrive {words}" in body


def test_a_message_that_tells_an_amount_waits_for_a_cost_that_cannot_be_read():
    """Whichever it is: a team may tell it in any message about a dossier."""
    own = TEXTS["laureat"]
    telling = {**TEXTS, "laureat": replace(own, placeholders=own.placeholders | {"montant_max"})}
    made = case(candidatures=[{**LAUREATE, "cout_jusqu_a_5_ans": "à voir"}])
    [waiting] = [draft for draft in drafts(made.reading, made.results, telling, MAY) if draft.template == "laureat"]
    assert (waiting.held, made.one("laureat", MAY).held) == (True, False)
    assert cell_of("candidatures", "cout_jusqu_a_5_ans", 2) in waiting.outcome.reasons[0]


def test_a_juror_with_nothing_but_a_deport_did_not_take_part():
    deport = {"numero": "90001", "jure": "dominique@exemple.invalid", "deport": "oui"}
    made = case(candidatures=[DOSSIER], jury=[JUROR], evaluations=[deport])
    assert made.drafts(MAY) == []


def test_an_invitation_names_the_dossiers_the_scale_and_the_criteria():
    body = case(
        candidatures=[DOSSIER], jury=[JUROR], evaluations=[{"numero": "90001", "jure": JUROR["email"]}]
    ).message("invitation_jury", APRIL).body.replace("\u202f", " ")  # fmt: skip
    assert "- n° 90001 : Boussole des aides – Agence fictive\n" in body
    criteria = "– Pertinence du besoin, Définition, Engagement, Transformation et Ouverture –"
    assert (
        f"Chaque critère {criteria} se note de 1 (la moins bonne note) à 4 (la meilleure), décimales admises." in body
    )
    assert "déclaration d’intérêts" in body


def test_an_invitation_says_where_and_when_the_jury_meets_once_that_is_known():
    emails = EIG5.emails.model_copy(update={"jury_place": "9 h 30, 20 avenue de Ségur, Paris."})
    known = case(rules=EIG5.model_copy(update={"emails": emails}), candidatures=[DOSSIER], jury=[JUROR])
    body = known.message("invitation_jury", APRIL).body
    assert plain("se réunit les 4 et 5 mai 2021. Heure et lieu : 9 h 30, 20 avenue de Ségur, Paris.") in plain(body)
    assert "Heure et lieu" not in case(candidatures=[DOSSIER], jury=[JUROR]).message("invitation_jury", APRIL).body


def test_a_declaration_that_came_is_not_asked_for():
    made = case(candidatures=[DOSSIER], jury=[{**JUROR, "declaration": date(2021, 4, 1)}])
    assert "déclaration" not in made.message("invitation_jury", APRIL).body


def test_a_column_that_a_message_needs_and_the_workbook_lacks_is_reported():
    old = case(candidatures=[{**DOSSIER, "decision": "Non retenu"}], without={"candidatures": ["retour"]})
    assert old.reasons("non_retenu", MAY) == [
        "« Retour au porteur » est vide : remplissez cette colonne, à ajouter dans l’onglet Candidatures."
    ]


@pytest.mark.slow
def test_an_address_that_lacks_or_is_none_blocks_and_names_its_cell():
    cell = cell_of("candidatures", "email_porteur", 2)
    made = case(candidatures=[{**LAUREATE, "email_porteur": None}])
    assert made.reasons("laureat", MAY) == [f"« E-mail du porteur » est vide : remplissez Candidatures!{cell}."]
    wrong = case(candidatures=[{**LAUREATE, "email_porteur": "camille"}])
    assert wrong.reasons("laureat", MAY) == [
        f"« E-mail du porteur » n’est pas une adresse valable : corrigez Candidatures!{cell}."
    ]


@pytest.mark.parametrize("never", ["Camille@exemple.invalid", "camille@exemple.invalid"])
def test_someone_who_wants_no_e_mail_gets_none(never):
    rules = campaign(never=(never,))
    assert case(rules=rules, candidatures=[DOSSIER]).reasons("convocation_jury", APRIL) == [
        "camille@exemple.invalid ne veut plus d’e-mails (emails.never) : prévenez autrement."
    ]
    copied = {**DOSSIER, "email_porteur": "sacha@exemple.invalid", "email_porteur_2": "camille@exemple.invalid"}
    message = case(rules=rules, candidatures=[copied]).message("convocation_jury", APRIL)
    assert (message.to, message.cc) == (("sacha@exemple.invalid",), ("lou@exemple.invalid",))


@pytest.mark.slow
def test_a_withdrawn_dossier_gets_nothing_on_any_day():
    made = case(candidatures=[{**DOSSIER, "decision": "Désisté"}], jury=[JUROR], evaluations=[REVIEW])
    days = (APRIL, MAY, JULY, ARRIVAL, WINTER)
    assert [draft for day in days for draft in made.drafts(day) if draft.numero] == []


def test_a_workbook_without_the_tabs_of_later_months_is_served():
    rules = EIG5.model_copy(update={"workbook": EIG5.workbook.model_copy(update={"people_tabs": ()})})
    made = case(rules=rules, candidatures=[LAUREATE])
    assert made.one("laureat", ARRIVAL).numero == made.one("bienvenue", ARRIVAL).numero == LAUREATE["numero"]


def test_a_juror_is_told_where_their_page_is_and_no_one_else_s():
    made = case(candidatures=[DOSSIER], jury=[JUROR])
    links = (PageLink(JUROR["email"], "Grille", "https://example.org/la-mienne"),
             PageLink(JUROR["email"], "Déclaration", "https://example.org/declaration"),
             PageLink("autre@exemple.invalid", "Grille", "https://example.org/la-leur"))  # fmt: skip
    online = replace(made, results=made.results.having(PAGE_LINKS, links))
    assert "Votre grille est un fichier" in made.message("invitation_jury", APRIL).body
    body = online.message("invitation_jury", APRIL).body
    assert [line for line in body.splitlines() if "https://" in line] == [
        typographic("Votre grille est en ligne : https://example.org/la-mienne")
    ]


def test_a_juror_without_a_page_online_gets_the_file_of_their_own_grille():
    made = case(candidatures=[DOSSIER], jury=[JUROR])
    file = PageLink(JUROR["email"], "Grille", file="grille-dominique.xlsx", file_digest="d" * 64)
    others = (PageLink(JUROR["email"], "Déclaration", file="declaration-dominique.xlsx", file_digest="e" * 64),
              PageLink("autre@exemple.invalid", "Grille", file="grille-autre.xlsx", file_digest="f" * 64))  # fmt: skip

    def invitation(*pages):
        return replace(made, results=made.results.having(PAGE_LINKS, pages)).one("invitation_jury", APRIL)

    joined = invitation(file, *others)
    assert joined.file == AttachedFile(JUROR["email"], "grille-dominique.xlsx", "d" * 64)
    assert joined.attachments == ("grille",)
    assert "le fichier joint à ce message" in joined.outcome.body
    online = invitation(replace(file, link="https://example.org/la-mienne"))
    assert (online.file, online.attachments) == (None, ())
    assert "le fichier joint" not in online.outcome.body
    apart = invitation(*others)
    assert (apart.file, apart.attachments) == (None, ())
    assert "que vous recevez à part" in apart.outcome.body


@pytest.mark.slow
def test_who_does_not_fill_the_page_of_their_group_is_told_who_does():
    rules = EIG5.model_copy(update={"jury": EIG5.jury.model_copy(update={"reads_as_group": True})})
    members = [
        {**JUROR, "groupe": "A"},
        {**JUROR, "nom": "Sacha Petit", "email": "sacha@exemple.invalid", "groupe": "A"},
    ]
    made = case(rules=rules, candidatures=[DOSSIER], jury=members)
    links = (PageLink(JUROR["email"], "Grille", "https://example.org/la-mienne"),)
    online = replace(made, results=made.results.having(PAGE_LINKS, links))
    invited = {draft.person: draft.outcome for draft in online.drafts(APRIL) if draft.template == "invitation_jury"}
    first, other = invited[JUROR["email"]].body, invited["sacha@exemple.invalid"].body
    pages = tuple(PageLink(member["email"], "Grille", file="grille.xlsx", file_digest="d" * 64) for member in members)
    in_files = replace(made, results=made.results.having(PAGE_LINKS, pages)).drafts(APRIL)
    assert [bool(draft.file) for draft in in_files if draft.template == "invitation_jury"] == [True, False]
    assert "https://example.org/la-mienne" in first
    assert typographic(f"sur une seule grille, confiée à {JUROR['nom']}.") in other
    assert not any(word in other for word in ("https://", "fichier", "« Déport »"))
    alone = case(candidatures=[DOSSIER], jury=[members[1]], rules=rules)
    assert "Votre grille est un fichier" in alone.message("invitation_jury", APRIL).body
