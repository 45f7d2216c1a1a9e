"""Schemas of the tabs that people fill: names, headers, types, drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eig_sheets.domain.decisions import (
    LAUREATE,
    MILESTONE_STATES,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    SLOT_STATES,
    TALENT_STATES,
    WAITING,
    WITHDRAWN,
)
from eig_sheets.text.french import number
from eig_sheets.workbook.fields import Choices, Field, Kind, RobotField, TabSchema
from eig_sheets.workbook.model.sheet import Column, Format, Owner
from eig_sheets.workbook.words import PROPOSAL_TONES, STATUS_TONES

PRESELECTIONS = (PRESELECTED, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT)

DECISIONS = (LAUREATE, WAITING, REFUSED, WITHDRAWN)

OPINIONS = ("Favorable", "Défavorable")

NUMBER = Field(
    "numero",
    "N° de dossier",
    required=True,
    width=15,
    note="Le numéro du dossier, unique.",
    aliases=("Numéro de dossier", "N° dossier", "Dossier"),
)
JUROR = Field(
    "jure",
    "E-mail du juré",
    Kind.EMAIL,
    required=True,
    width=32,
    note="L’adresse du juré, la même que dans l’onglet Jury ; pour une grille collective, celle du référent.",
    aliases=("E-mail du jure", "Email du juré", "Juré"),
)


def _text(field_id: str, header: str, width: float = 22, note: str = "") -> Field:
    return Field(field_id, header, width=width, note=note)


def _email(field_id: str, header: str) -> Field:
    return Field(field_id, header, Kind.EMAIL, width=32, aliases=(header.replace("E-mail", "Courriel"),))


def _yes_no(field_id: str, header: str, note: str = "") -> Field:
    return Field(field_id, header, Kind.YES_NO, width=13, note=note)


def _choice(field_id: str, header: str, choices: tuple[str, ...], note: str = "", width: float = 24) -> Field:
    return Field(field_id, header, Kind.CHOICE, choices=choices, note=note, width=width)


def candidatures(choices: Choices) -> TabSchema:
    """One row per dossier."""
    amount_note = "Coût total employeur de 10 mois pour un seul EIG, en euros."
    fields = (
        NUMBER,
        Field(
            "date_depot",
            "Date de dépôt",
            Kind.DATETIME,
            width=18,
            note="Date et heure de réception, heure de la campagne.",
        ),
        _text("projet", "Nom du projet", 28),
        _text("administration", "Administration d’accueil", 30),
        _choice(
            "type_administration",
            "Type d’administration",
            choices.administration_types,
            "Décide de la voie du co-financement.",
            28,
        ),
        _text("ministere", "Ministère de rattachement", 28),
        Field("region", "Région", width=22, offered=choices.regions),
        _text(
            "porteur",
            "Porteur administratif",
            30,
            "L’administration qui reçoit le co-financement. Vide : l’administration d’accueil elle-même.",
        ),
        _choice("type_porteur", "Type du porteur administratif", choices.administration_types, width=28),
        _text("programme", "N° de programme budgétaire", 16, "Le programme qui recevrait les crédits de titre 2."),
        Field(
            "siret",
            "SIRET",
            width=17,
            note="De l’administration d’accueil, 14 chiffres, s’il est connu.",
            aliases=("N° SIRET", "Numéro SIRET", "Établissement SIRET"),
        ),
        _yes_no("convention", "Convention signée", "Avec le porteur administratif, quand il y en a un."),
        _text("partenaires", "Administrations partenaires"),
        _text("resume", "Résumé", 46),
        Field("profils", "Profils demandés", Kind.LIST, width=28, note="Séparés par « ; »."),
        Field("nombre_eig", "Nombre d’EIG demandés", Kind.INTEGER, width=12),
        Field("cout_jusqu_a_5_ans", "Coût employeur 10 mois – jusqu’à 5 ans", Kind.AMOUNT, note=amount_note),
        Field("cout_plus_de_5_ans", "Coût employeur 10 mois – plus de 5 ans", Kind.AMOUNT, note=amount_note),
        _yes_no("demande_cofinancement", "Demande de co-financement"),
        _text("porteur_projet", "Porteur de projet"),
        _email("email_porteur", "E-mail du porteur"),
        _text("porteur_projet_2", "Porteur de projet 2"),
        _email("email_porteur_2", "E-mail du porteur 2"),
        _text("mentor", "Mentor de haut niveau"),
        _email("email_mentor", "E-mail du mentor"),
        _email("email_rh", "E-mail RH"),
        _email("email_gestion", "E-mail gestion"),
        _yes_no("hors_les_murs", "Travail hors les murs"),
        _yes_no("mise_a_disposition", "Mise à disposition des données"),
        _yes_no("ouverture_donnees", "Ouverture des données et du code"),
        _text("fiche", "Fiche détaillée", 24, "Lien."),
        _text("presentation", "Présentation", 24, "Lien."),
        _text("simulation", "Simulation financière", 24, "Lien."),
        replace(_choice("preselection", "Présélection", PRESELECTIONS), guarded=True),
        _text("questions", "Questions de présélection", 40, "Transmises au porteur dans la convocation au jury."),
        Field("audition", "Audition décidée", Kind.DATETIME, width=18, note="Date et heure."),
        replace(_choice("decision", "Décision", DECISIONS, "Toujours saisie par une personne."), guarded=True),
        _text("motif", "Motif de la décision", 34),
        _text("decide_par", "Décidé par"),
        Field("decide_le", "Décidé le", Kind.DATE, width=13),
        _text("retour", "Retour au porteur", 40, "Ce qui peut être dit au porteur, dans l’e-mail."),
        _text("commentaire", "Commentaire", 40, "Interne : n’apparaît dans aucun e-mail."),
    )
    robot = (
        RobotField(
            "eligibilite",
            "Éligibilité",
            Column("Éligibilité", width=13, tones=STATUS_TONES),
            "eligibilite",
            "Éligibilité",
        ),
        RobotField("rang", "Rang", Column("Rang", Format.INTEGER, 8), "classement", "Rang"),
        RobotField("note", "Note /20", Column("Note /20", Format.NOTE, 10), "classement", "Note /20"),
        RobotField(
            "proposition",
            "Proposition",
            Column("Proposition", width=20, tones=PROPOSAL_TONES),
            "classement",
            "Proposition",
        ),
        RobotField(
            "cofinancement",
            "Co-financement",
            Column("Co-financement", width=18, tones=STATUS_TONES),
            "classement",
            "Co-financement",
        ),
    )
    return TabSchema("candidatures", "Candidatures", Owner.PEOPLE, "numero", fields, robot, ("Dossiers",), needed=True)


def jury() -> TabSchema:
    """One row per juror."""
    fields = (
        _text("nom", "Nom", 26),
        Field(
            "email",
            "E-mail",
            Kind.EMAIL,
            required=True,
            width=32,
            aliases=("Adresse e-mail", "Courriel", "E-mail du juré"),
        ),
        _text("organisation", "Organisation", 30),
        _text("groupe", "Groupe", 10),
        Field("maximum", "Nombre maximum de dossiers", Kind.INTEGER, width=14),
        Field(
            "deports", "Déports", Kind.LIST, width=34, note="Numéros de dossier ou administrations, séparés par « ; »."
        ),
        Field("declaration", "Déclaration d’intérêts reçue le", Kind.DATE, width=16),
        _text("disponibilites", "Disponibilités", 30),
    )
    return TabSchema("jury", "Jury", Owner.PEOPLE, "email", fields, aliases=("Jurés",), needed=True)


def scored(labels: Sequence[tuple[str, str]], low: float, high: float) -> tuple[Field, ...]:
    """One column for each (id, label), scored from `low` to `high`."""
    scale = f"De {number(low)} à {number(high)}, décimales admises."
    note = f"{scale} NSP : ne se prononce pas. Vide : pas encore noté."
    return tuple(Field(name, label, Kind.SCORE, required=True, width=15, note=note) for name, label in labels)


def evaluations(criteria: tuple[Field, ...]) -> TabSchema:
    """One row per juror (or group) and dossier."""
    fields = (
        NUMBER,
        JUROR,
        *criteria,
        _yes_no("deport", "Déport", "oui : le juré ne note pas ce dossier."),
        _yes_no("coup_de_coeur", "Coup de cœur"),
        _choice("avis", "Avis", OPINIONS, width=14),
        _text("commentaire", "Commentaire", 44),
        Field("evalue_le", "Évalué le", Kind.DATE, width=13),
    )
    return TabSchema("evaluations", "Évaluations", Owner.PEOPLE, "numero", fields, needed=True)


def talents(choices: Choices) -> TabSchema:
    """One row per candidate."""
    fields = (
        Field("candidature", "N° de candidature", required=True, width=15),
        _text("prenom", "Prénom"),
        _text("nom", "Nom"),
        _email("email", "E-mail"),
        Field("metier", "Métier", width=24, offered=choices.profiles),
        Field("experience", "Années d’expérience", Kind.INTEGER, width=12),
        _text("statut_actuel", "Statut actuel"),
        Field("date_depot", "Date de dépôt", Kind.DATETIME),
        _text("cv", "CV"),
        *(_text(f"voeu_{n}", f"Vœu {n}", 12, "Numéro de dossier.") for n in (1, 2, 3)),
        _choice("statut", "Statut", TALENT_STATES),
        Field(
            "audition", "Audition décidée", Kind.DATETIME, width=18, note="Date et heure : celles de la convocation."
        ),
        _text("projet_decide", "Projet décidé", 14, "Numéro de dossier."),
        Field("debut_contrat", "Début du contrat", Kind.DATE),
        Field("cout_reel", "Coût réel", Kind.AMOUNT, note="Coût total employeur de 10 mois."),
        _text("commentaire", "Commentaire", 40),
    )
    return TabSchema("talents", "Talents", Owner.PEOPLE, "candidature", fields)


def talent_reviews() -> TabSchema:
    """One row per juror and candidate."""
    labels = (
        ("dynamisme", "Dynamisme, vision, initiative"),
        ("comprehension", "Compréhension du projet"),
        ("interet_general", "Sens de l’intérêt général"),
        ("integration", "Capacité à s’intégrer"),
        ("adequation", "Adéquation au profil"),
    )
    fields = (
        Field("candidature", "N° de candidature", required=True, width=15),
        JUROR,
        _text("numero", "N° de dossier", 14, "Le projet pour lequel la personne est entendue."),
        *scored(labels, 1, 4),
        _yes_no("deport", "Déport"),
        _text("commentaire", "Commentaire", 44),
    )
    return TabSchema("evaluations_talents", "Évaluations talents", Owner.PEOPLE, "candidature", fields)


def slots() -> TabSchema:
    """One row per advice slot."""
    fields = (
        Field("debut", "Début", Kind.DATETIME, required=True),
        Field("duree", "Durée (min)", Kind.INTEGER, width=10),
        _text("reserve_par", "Réservé par"),
        _email("email", "E-mail"),
        _text("administration", "Administration", 30),
        _text("projet", "Projet", 28),
        _choice("statut", "Statut", SLOT_STATES, width=12),
    )
    return TabSchema("creneaux", "Créneaux", Owner.PEOPLE, "debut", fields)


def follow_up() -> TabSchema:
    """One row per project and milestone."""
    fields = (
        NUMBER,
        Field("jalon", "Jalon", required=True, width=30),
        Field("echeance", "Échéance", Kind.DATE),
        _choice("statut", "Statut", MILESTONE_STATES, width=14),
        Field("fait_le", "Fait le", Kind.DATE),
        _text("commentaire", "Commentaire", 40),
    )
    return TabSchema("suivi", "Suivi", Owner.PEOPLE, "numero", fields)
