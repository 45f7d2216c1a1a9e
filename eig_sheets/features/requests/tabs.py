"""The tabs of requests: `Demandes`, where officers ask, `Réponses`, what was done, and the columns of exports."""

from __future__ import annotations

from typing import Final

from eig_sheets.call.applications.importing.chosen_columns import NONE
from eig_sheets.campaign.dependencies import FeatureAct
from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.config import Campaign
from eig_sheets.features.requests import answers
from eig_sheets.features.requests.actions import actions_of
from eig_sheets.features.requests.rules import has_word
from eig_sheets.personal_data import PersonalTab
from eig_sheets.run.init import FirstRows
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner
from eig_sheets.spreadsheet.model.signing import Author
from eig_sheets.workbook.fields import CardSchema, Field, Kind, RobotField, TabSchema
from eig_sheets.workbook.robot_tab import RobotTab

REQUESTS: Final = "demandes"
COLUMNS: Final = "colonnes_exports"
"""Where officers say in which column of the workbook each column of an export goes."""


def _requests(campaign: Campaign) -> TabSchema:
    """One row per request."""
    actions = actions_of(campaign)
    fields = (
        Field(
            "demande",
            answers.TABLE.sheet_header("number"),
            required=True,
            width=14,
            note="Donné par le robot, ne pas modifier : c’est ce qui empêche de faire deux fois la même demande. "
            "Dix lignes libres attendent toujours, en bas.",
        ),
        Field(
            "action",
            "Action",
            width=26,
            offered=tuple(map(actions.label, actions.offered)),
            guarded=True,
            author=Author("Demande saisie par", ("demande", "precision"), renewed=("precision",)),
            note="Ce que le robot doit faire. Toutes les cinq minutes, il lit cet onglet ; d’un fichier, dans "
            "les cinq minutes qui suivent sa fermeture.",
        ),
        Field("precision", "Détail", width=30, note="Selon l’action ; souvent rien. À remplir avant l’action."),
        Field("demande_par", "Demandé par", width=20, note="Votre nom."),
        Field(
            "confirmer",
            "Confirmer",
            Kind.YES_NO,
            width=12,
            tick=True,
            guarded=True,
            author=Author("Confirmé par", ("demande", "action", "precision")),
            note="À cocher quand la réponse le demande, une fois sa liste lue : oui ou coché.",
        ),
    )
    answer = answers.TABLE.sheet_header("text")
    look = Column(answer, Format.WRAPPED, 70, "Écrit par le robot : ce qui a été fait, quand, où.")
    robot = (RobotField("reponse", answer, look, answers.TAB, answer),)
    listed = ("action", "demande_par", "confirmer", "reponse", "precision", "demande")
    cards = CardSchema("La demande", ("action", "precision", "demande_par", "confirmer", "reponse", "demande"), listed)
    return TabSchema(
        REQUESTS, "Demandes", Owner.PEOPLE, "demande", fields, robot, without_key=("action", _asks_nothing),
        cards=cards, in_both=True, cleared=True,
    )  # fmt: skip


def _columns(_: Campaign) -> TabSchema:
    """One row per column of an export."""
    fields = (
        Field("entete", "Colonne de l’export", required=True, width=50, note="Son en-tête, tel que dans le fichier."),
        Field(
            "va_dans",
            "Va dans",
            width=40,
            note=f"L’en-tête de la colonne à remplir, ou « {NONE} » pour ne pas l’importer. Vide : au choix du robot. "
            f"Si rien de l’export ne va dans une colonne, écrivez « {NONE} » à gauche et l’en-tête de celle-ci ici.",
        ),
    )
    return TabSchema(COLUMNS, "Colonnes des exports", Owner.PEOPLE, "entete", fields, in_both=True, cleared=True)


def _asks_nothing(action: object) -> bool:
    return not (isinstance(action, str) and has_word(action))


ACT: Final = FeatureAct(lambda _: ((REQUESTS, ("demande", "action", "precision", "demande_par", "confirmer")),))
"""To do what is asked for."""
PARTS: Final = (
    PeopleTab(id=REQUESTS, schema=_requests),
    # « Importer » makes it, when an export leaves a doubt
    PeopleTab(
        id=COLUMNS,
        schema=_columns,
        opens=lambda _: None,
        comes_with=REQUESTS,
    ),
    RobotTab(
        answers.TAB,
        "Réponses",
        lambda *_: answers.TABLE.sheet_columns,
        needs_tab=REQUESTS,
        hidden=True,
        in_both=True,
        contents="Ce qu’il est advenu de chaque demande",
    ),
    ACT,
)
FIRST_ROWS: Final = FirstRows(tab=REQUESTS, place="eig_sheets.features.requests.commands_jobs:free_rows")

PERSONS: Final = PersonalTab(REQUESTS, "Demandes", "sendings", ("demande_par", "precision"))
