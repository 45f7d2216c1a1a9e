"""E-mails drafted from cells: their recipients, their words, and the cell that keeps each of them from leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eig_sheets.emails.drafting.drafts import drafts
from eig_sheets.emails.mail.outgoing import AttachedFile
from eig_sheets.text.french import typographic
from eig_sheets.workbook.render.grilles import PageLink
from tests.columns import cell_of
from tests.emails.drafting.support import (
    DOSSIER,
    EIG5,
    JUROR,
    LAUREATE,
    MILESTONE,
    RECRUIT,
    REVIEW,
    SLOT,
    TALENT,
    TEXTS,
    campaign,
    case,
)

APRIL, MAY, JUNE = date(2021, 4, 20), date(2021, 5, 6), date(2021, 6, 1)
SLOTS, JULY, ARRIVAL, WINTER = date(2021, 2, 10), date(2021, 7, 1), date(2021, 9, 13), date(2022, 1, 25)
HOST, PROJECT = cell_of("candidatures", "administration", 2), cell_of("talents", "projet_decide", 2)
WISH, HEARING = cell_of("talents", "voeu_2", 2), cell_of("talents", "audition", 2)


def test_a_laureate_who_waited_is_promoted_once_the_waiting_list_was_notified():
    made = case(candidatures=[LAUREATE])
    assert made.one("promotion_liste_attente", MAY, received=["liste_attente-90001"]).numero == "90001"
    assert made.one("laureat", MAY).numero == "90001"


def test_a_group_that_filled_one_grid_is_thanked_whole():
    others = [{**JUROR, "email": "b@exemple.invalid"}, {**JUROR, "email": "c@exemple.invalid", "groupe": "B"}]
    made = case(candidatures=[DOSSIER], jury=[JUROR, *others], evaluations=[REVIEW])
    thanked = [draft.person for draft in made.drafts(MAY) if draft.template == "remerciement_jure"]
    assert thanked == ["b@exemple.invalid", "dominique@exemple.invalid"]


@pytest.mark.parametrize(
    ("template", "decision", "dated", "undated"),
    [
        (
            "laureat",
            "Lauréat",
            "- Votre équipe arrive le lundi 13 septembre 2021, pour dix mois.\n",
            "- Votre équipe arrive ensuite.\n",
        ),
        (
            "liste_attente",
            "Liste d’attente",
            "aussitôt. Les projets lauréats seront présentés aux candidates et aux candidats le lundi 24 mai 2021.\n",
            "nous vous écrirons aussitôt.\n",
        ),
    ],
)
def test_the_days_of_a_decision_s_e_mail_are_those_of_the_configuration(template, decision, dated, undated):
    rows = [{**LAUREATE, "decision": decision}]
    without = campaign(talents=EIG5.emails.talents.model_copy(update={"revealed": None}), experimentation=None)
    for rules, words in ((EIG5, dated), (without, undated)):
        body = case(rules=rules, candidatures=rows).message(template, MAY).body.replace("\u202f", " ")
        assert words in body


def test_a_message_that_tells_an_amount_waits_for_a_cost_that_cannot_be_read():
    """Whichever it is: a team may tell it in any message about a dossier."""
    own = TEXTS["laureat"]
    telling = {**TEXTS, "laureat": replace(own, placeholders=own.placeholders | {"montant_max"})}
    made = case(candidatures=[{**LAUREATE, "cout_jusqu_a_5_ans": "à voir"}])
    [waiting] = [one for one in drafts(made.reading, made.results, telling, MAY) if one.template == "laureat"]
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


def test_a_declaration_that_came_is_not_asked_for():
    made = case(candidatures=[DOSSIER], jury=[{**JUROR, "declaration": date(2021, 4, 1)}])
    assert "déclaration" not in made.message("invitation_jury", APRIL).body


def test_candidates_choose_among_the_laureates_alone():
    others = [{**DOSSIER, "numero": "90002", "projet": "Autre"}, {**LAUREATE, "numero": "90000", "projet": "Premier"}]
    made = case(candidatures=[LAUREATE, *others], talents=[{**TALENT, "voeu_1": None}])
    body = made.message("choix_projets", JUNE.replace(month=5, day=24)).body.replace("\u202f", " ")
    listed = [line for line in body.splitlines() if line.startswith("- ")]
    assert listed == [
        "- n° 90000 : Premier – Agence fictive",
        "- n° 90001 : Boussole des aides – Agence fictive",
    ]


def test_nobody_chooses_among_no_projects():
    made = case(candidatures=[DOSSIER], talents=[{**TALENT, "voeu_1": None}])
    assert made.reasons("choix_projets", date(2021, 5, 24)) == ["« Liste des projets lauréats » est vide."]


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


def test_a_convocation_needs_a_moment_and_a_missing_column_is_reported():
    blank = case(candidatures=[DOSSIER], talents=[{**TALENT, "audition": None}])
    assert blank.reasons("convocation_talent", JUNE) == [
        f"« Audition décidée » est vide : remplissez Talents!{HEARING}."
    ]
    old = case(candidatures=[DOSSIER], talents=[TALENT], without={"talents": ["audition"]})
    assert old.reasons("convocation_talent", JUNE) == [
        "« Audition décidée » est vide : remplissez cette colonne, à ajouter dans l’onglet Talents."
    ]


def test_a_slot_without_an_address_blocks_and_names_its_cell():
    made = case(creneaux=[{**SLOT, "email": None}])
    assert made.reasons("confirmation_creneau", SLOTS) == [
        f"« E-mail » est vide : remplissez Créneaux!{cell_of('creneaux', 'email', 2)}."
    ]
    wrong = case(creneaux=[{**SLOT, "email": "claude"}])
    assert wrong.reasons("confirmation_creneau", SLOTS) == [
        f"« E-mail » n’est pas une adresse valable : corrigez Créneaux!{cell_of('creneaux', 'email', 2)}."
    ]


def test_the_whole_team_is_welcomed_and_sees_what_is_left_in_order():
    steps = [
        MILESTONE, {**MILESTONE, "jalon": "Code publié", "echeance": None},
        {**MILESTONE, "jalon": "Entretiens", "echeance": date(2021, 10, 14)},
        {**MILESTONE, "jalon": "En retard", "echeance": date(2021, 9, 1)},
        {**MILESTONE, "jalon": "Fini", "statut": "Fait"}, {**MILESTONE, "numero": "90002", "jalon": "Ailleurs"},
    ]  # fmt: skip
    made = case(candidatures=[LAUREATE], talents=[RECRUIT], suivi=steps)
    welcome = made.message("bienvenue", ARRIVAL)
    assert welcome.cc == ("sacha@exemple.invalid", "lou@exemple.invalid", "alix@exemple.invalid")
    body = welcome.body.replace("\u202f", " ")
    assert body.partition("jalons du projet :\n\n")[2].split("\n\n")[0].splitlines() == [
        "- En retard, le mercredi 1er septembre 2021",
        "- Entretiens, le jeudi 14 octobre 2021",
        "- Code publié",
    ]


def test_a_milestone_is_recalled_with_the_names_of_its_project():
    made = case(candidatures=[LAUREATE], talents=[RECRUIT], suivi=[MILESTONE])
    draft = made.one("rappel_jalon", WINTER)
    assert (draft.numero, draft.outcome.to) == ("90001", ("camille@exemple.invalid",))
    assert "« Bilan » du projet « Boussole des aides »" in draft.outcome.body.replace("\u202f", " ")


@pytest.mark.parametrize("never", ["Camille@exemple.invalid", "camille@exemple.invalid"])
def test_someone_who_wants_no_e_mail_gets_none(never):
    rules = campaign(never=(never,))
    assert case(rules=rules, candidatures=[DOSSIER]).reasons("convocation_jury", APRIL) == [
        "camille@exemple.invalid ne veut plus d’e-mails (emails.never) : prévenez autrement."
    ]
    copied = {**DOSSIER, "email_porteur": "sacha@exemple.invalid", "email_porteur_2": "camille@exemple.invalid"}
    message = case(rules=rules, candidatures=[copied]).message("convocation_jury", APRIL)
    assert (message.to, message.cc) == (("sacha@exemple.invalid",), ("lou@exemple.invalid",))


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
    online = replace(made, results=replace(made.results, page_links=links))
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
        return replace(made, results=replace(made.results, page_links=pages)).one("invitation_jury", APRIL)

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


def test_who_does_not_fill_the_page_of_their_group_is_told_who_does():
    rules = EIG5.model_copy(update={"jury": EIG5.jury.model_copy(update={"reads_as_group": True})})
    members = [
        {**JUROR, "groupe": "A"},
        {**JUROR, "nom": "Sacha Petit", "email": "sacha@exemple.invalid", "groupe": "A"},
    ]
    made = case(rules=rules, candidatures=[DOSSIER], jury=members)
    links = (PageLink(JUROR["email"], "Grille", "https://example.org/la-mienne"),)
    online = replace(made, results=replace(made.results, page_links=links))
    invited = {one.person: one.outcome for one in online.drafts(APRIL) if one.template == "invitation_jury"}
    first, other = invited[JUROR["email"]].body, invited["sacha@exemple.invalid"].body
    pages = tuple(PageLink(one["email"], "Grille", file="grille.xlsx", file_digest="d" * 64) for one in members)
    in_files = replace(made, results=replace(made.results, page_links=pages)).drafts(APRIL)
    assert [bool(one.file) for one in in_files if one.template == "invitation_jury"] == [True, False]
    assert "https://example.org/la-mienne" in first
    assert typographic(f"sur une seule grille, confiée à {JUROR['nom']}.") in other
    assert not any(word in other for word in ("https://", "fichier", "« Déport »"))
    alone = case(candidatures=[DOSSIER], jury=[members[1]], rules=rules)
    assert "Votre grille est un fichier" in alone.message("invitation_jury", APRIL).body
