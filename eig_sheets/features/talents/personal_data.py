"""Who is named in the tabs of talents and what becomes of each column, and what is kept of the candidates."""

from __future__ import annotations

from typing import Final

from eig_sheets.personal_data import Fate, Holding, PersonalTab, PersonColumns, Place, Start

PERSONS: Final = (
    PersonColumns("talents", "email", ("prenom", "nom"), whole_row=True),
    PersonColumns("evaluations_talents", "jure", whole_row=True),
    PersonalTab(
        "talents",
        "Talents",
        "talents",
        ("prenom", "nom", "email", "statut_actuel", "cv", "commentaire"),
        (),
        (
            "candidature", "metier", "experience", "date_depot", "etat", "voeu_1", "voeu_2", "voeu_3", "voeux_le",
            "statut", "audition", "projet_decide", "debut_contrat", "fin_contrat", "cout_reel",
        ),
        person="candidature",
    ),
    PersonalTab(
        "evaluations_talents",
        "Évaluations talents",
        "talents",
        ("commentaire",),
        (("jure", "address"),),
        ("candidature", "numero", "deport"),
        person="candidature",
    ),
)  # fmt: skip

HOLDINGS: Final = (
    Holding(
        "classeur_talents",
        Place.WORKBOOK,
        "le ou les classeurs partagés : Talents, Évaluations talents",
        (),
        "noms, adresses, statut, CV, commentaires des jurés",
        "candidats non retenus",
        "choisir qui est recruté",
        Fate.BY_PEOPLE,
        "talents",
        Start.CONTACT,
        why_kept="Le robot ne touche à aucune cellule saisie : « eig-sheets archives cells » en donne la liste exacte.",
        writers=("eig_sheets.spreadsheet.xlsx", "eig_sheets.spreadsheet.google", "eig_sheets.spreadsheet.grist"),
    ),
    Holding(
        "onglets_robot_talents",
        Place.WORKBOOK,
        "les onglets du robot : Classement des talents, Affectations talents, Notes reçues talents, Vœux reçus, "
        "Équipes proposées",
        (),
        "noms et adresses de candidats, notes, vœux",
        "candidats, jurés",
        "montrer les résultats, recueillir les vœux et les notes",
        Fate.BY_PEOPLE,
        "talents",
        Start.CONTACT,
        why_kept="Refaits à chaque synchronisation d’après vos onglets, ou registres que vous versez ou supprimez.",
        writers=("eig_sheets.run",),
    ),
    Holding(
        "envois_talents",
        Place.STATE,
        "dans envois.sqlite3, les messages aux candidats",
        (),
        "identifiant, modèle, candidature, date et issue de chaque e-mail",
        "candidats",
        "ne jamais envoyer deux fois le même e-mail",
        Fate.REDUCED,
        "talents",
        Start.CONTACT,
        writers=("eig_sheets.storage.ledger",),
    ),
    Holding(
        "pages_jures_talents",
        Place.STATE,
        "dans grilles.sqlite3, les grilles sur des candidats",
        (),
        "les grilles sur des candidats telles que les jurés les ont renvoyées",
        "candidats, jurés",
        "prouver ce que chacun a noté, refaire le relevé",
        Fate.ON_VISA,
        "talents",
        Start.CONTACT,
        writers=("eig_sheets.call.jury.files_received",),
    ),
    Holding(
        "grilles_vierges_talents",
        Place.PRODUCED,
        "les grilles .xlsx sur des candidats, restées telles que le robot les a faites",
        (),
        "adresse du juré, ses candidats (nom, métier, expérience, vœux, lien vers le CV)",
        "jurés, candidats",
        "recueillir les notes",
        Fate.PURGED,
        "talents",
        Start.CONTACT,
        writers=("eig_sheets.call.jury.pages.files_folder",),
    ),
    Holding(
        "grilles_talents",
        Place.PRODUCED,
        "une grille .xlsx sur des candidats par juré, une fois remplie (« jury ballots --talents --to »)",
        (),
        "adresse du juré, ses candidats (nom, métier, expérience, vœux, lien vers le CV), ses notes",
        "jurés, candidats",
        "recueillir les notes",
        Fate.BY_PEOPLE,
        "talents",
        Start.CONTACT,
        why_kept="Une grille remplie est le travail du juré ; le robot en garde une copie, éliminée sur visa.",
        writers=("eig_sheets.call.jury.pages.files_folder",),
    ),
)
