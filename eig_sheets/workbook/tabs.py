"""Schemas of the tabs of the call for projects: dossiers, jurors, evaluations."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.domain.decisions import (
    LAUREATE,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    WAITING,
    WITHDRAWN,
)
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner
from eig_sheets.spreadsheet.model.signing import Author
from eig_sheets.workbook.fields import (
    JUROR,
    NUMBER,
    PROJECT_NAME,
    CardSchema,
    Choices,
    Field,
    Kind,
    RobotField,
    TabSchema,
    choice,
    email,
    folded,
    internal,
    recusal,
    text,
    yes_no,
)
from eig_sheets.workbook.words import PROPOSAL_TONES, STATUS_TONES

PRESELECTIONS = (PRESELECTED, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT)

DECISIONS = (LAUREATE, WAITING, REFUSED, WITHDRAWN)

OPINIONS = ("Favorable", "Défavorable")

_IN_CARD = (
    "numero", "projet", "administration", "resume", "profils", "nombre_eig", "porteur_projet", "email_porteur",
    "fiche", "presentation", "simulation", "suivi_par", "eligibilite", "preselection", "questions", "audition", "rang",
    "note", "proposition", "cofinancement", "decision", "motif", "retour", "commentaire",
)  # fmt: skip
"""What an officer reads and decides of a dossier, where tabs have cards."""

_READ = "oui ou non, d’après le dossier. Vide : pas encore lu."


def candidatures(choices: Choices) -> TabSchema:
    """One row per dossier."""
    amount_note = "Coût total employeur de 10 mois pour un seul EIG, en euros."
    fields = (
        NUMBER,
        text("projet", "Nom du projet", 28),
        Field(
            "date_depot",
            "Date de dépôt",
            Kind.DATETIME,
            width=18,
            note="Date et heure de réception, heure de la campagne.",
        ),
        text("etat", "État du dossier", 16, "Sur la plateforme, quand le dossier a été importé."),
        text("administration", "Administration d’accueil", 30),
        *folded(
            "administratif",
            choice(
                "type_administration",
                "Type d’administration",
                choices.administration_types,
                "Décide de la voie du co-financement.",
                28,
            ),
            text("ministere", "Ministère de rattachement", 28),
            Field("region", "Région", width=22, offered=choices.regions),
            text(
                "porteur",
                "Porteur administratif",
                30,
                "L’administration qui reçoit le co-financement. Vide : l’administration d’accueil elle-même.",
            ),
            choice("type_porteur", "Type du porteur administratif", choices.administration_types, width=28),
            Field(
                "programme",
                "N° de programme budgétaire",
                Kind.PROGRAMME,
                width=16,
                note="Le programme qui recevrait les crédits de titre 2.",
            ),
            Field(
                "siret",
                "SIRET",
                width=17,
                note="De l’administration d’accueil, 14 chiffres, s’il est connu.",
                aliases=("N° SIRET", "Numéro SIRET", "Établissement SIRET"),
            ),
            yes_no("convention", "Convention signée", "Avec le porteur administratif, quand il y en a un."),
            text("partenaires", "Administrations partenaires"),
        ),
        text("resume", "Résumé", 46),
        Field("profils", "Profils demandés", Kind.LIST, width=28, note="Séparés par « ; »."),
        Field("nombre_eig", "Nombre d’EIG demandés", Kind.INTEGER, width=12, most=1_000),
        Field("cout_jusqu_a_5_ans", "Coût employeur 10 mois – jusqu’à 5 ans", Kind.AMOUNT, note=amount_note),
        Field("cout_plus_de_5_ans", "Coût employeur 10 mois – plus de 5 ans", Kind.AMOUNT, note=amount_note),
        yes_no("demande_cofinancement", "Demande de co-financement"),
        *folded(
            "contacts",
            text("porteur_projet", "Porteur de projet"),
            email("email_porteur", "E-mail du porteur"),
            text("porteur_projet_2", "Porteur de projet 2"),
            email("email_porteur_2", "E-mail du porteur 2"),
            text("mentor", "Mentor de haut niveau"),
            email("email_mentor", "E-mail du mentor"),
            email("email_rh", "E-mail RH"),
            email("email_gestion", "E-mail gestion"),
        ),
        yes_no("hors_les_murs", "Travail hors les murs", _READ),
        yes_no("mise_a_disposition", "Mise à disposition des données", _READ),
        yes_no("ouverture_donnees", "Ouverture des données et du code", _READ),
        text("fiche", "Fiche détaillée", 24, "Lien."),
        text("presentation", "Présentation", 24, "Lien."),
        text("simulation", "Simulation financière", 24, "Lien."),
        *internal(
            Field(
                "suivi_par",
                "Suivi par",
                offered=choices.followers,
                note="Le prénom de qui suit le dossier : Accueil compte ce qui attend chaque personne.",
            ),
            replace(
                choice("preselection", "Présélection", PRESELECTIONS),
                guarded=True,
                remembered=True,
                author=Author("Présélection saisie par", ("numero",)),
            ),
            text("questions", "Questions de présélection", 40, "Transmises au porteur dans la convocation au jury."),
            Field("audition", "Audition décidée", Kind.DATETIME, width=18, note="Date et heure."),
            replace(
                choice("decision", "Décision", DECISIONS, "Toujours saisie par une personne."),
                guarded=True,
                remembered=True,
                author=Author("Décision saisie par", ("numero",)),
            ),
            *folded(
                "décision",
                text("motif", "Motif de la décision", 34),
                text("decide_par", "Décidé par"),
                Field("decide_le", "Décidé le", Kind.DATE, width=13),
                text("retour", "Retour au porteur", 40, "Ce qui peut être dit au porteur, dans l’e-mail."),
            ),
            yes_no(
                "recrutement_clos",
                "Recrutement clos",
                "oui : aucun autre EIG ne sera recruté. Le co-financement compte les recrutés, même moins nombreux.",
            ),
            text("commentaire", "Commentaire", 40, "Interne : n’apparaît dans aucun e-mail."),
        ),
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
    return TabSchema(
        "candidatures",
        "Candidatures",
        Owner.PEOPLE,
        "numero",
        fields,
        robot,
        ("Dossiers",),
        needed=True,
        frozen_columns=2,
        cards=CardSchema("Le dossier", _IN_CARD),
        identity=("numero",),
        unique=True,
    )


def jury() -> TabSchema:
    """One row per juror."""
    fields = (
        replace(text("nom", "Nom", 26), remembered=True),
        Field(
            "email",
            "E-mail",
            Kind.EMAIL,
            required=True,
            width=32,
            aliases=("Adresse e-mail", "Courriel", "E-mail du juré"),
        ),
        text("organisation", "Organisation", 30),
        replace(text("groupe", "Groupe", 10), remembered=True),
        Field("maximum", "Nombre maximum de dossiers", Kind.INTEGER, width=14, most=10_000),
        Field(
            "deports",
            "Déports",
            Kind.LIST,
            width=34,
            note="Numéros de dossier ou administrations, séparés par « ; ».",
            remembered=True,
        ),
        Field("declaration", "Déclaration d’intérêts reçue le", Kind.DATE, width=16),
        text("disponibilites", "Disponibilités", 30),
        Field("expertise", "Expertise", Kind.LIST, width=28, note="Profils demandés qu’il connaît, séparés par « ; »."),
    )
    return TabSchema(
        "jury", "Jury", Owner.PEOPLE, "email", fields, aliases=("Jurés",), needed=True, identity=("email",)
    )


def evaluations(criteria: tuple[Field, ...]) -> TabSchema:
    """One row per juror (or group) and dossier."""
    fields = (
        NUMBER,
        JUROR,
        *criteria,
        recusal("oui : le juré ne note pas ce dossier."),
        yes_no("coup_de_coeur", "Coup de cœur"),
        choice("avis", "Avis", OPINIONS, width=14),
        text("commentaire", "Commentaire", 44),
        Field("evalue_le", "Évalué le", Kind.DATE, width=13),
    )
    scored = [criterion.id for criterion in criteria]
    others = ("deport", "coup_de_coeur", "avis", "commentaire", "evalue_le")
    cards = CardSchema("Vos notes", ("numero", "nom_projet", *scored, *others), ("numero", "nom_projet"), "Noter")
    return TabSchema(
        "evaluations",
        "Évaluations",
        Owner.PEOPLE,
        "numero",
        fields,
        (PROJECT_NAME,),
        needed=True,
        cards=cards,
        identity=("numero", "jure"),
        of_jurors=True,
    )
