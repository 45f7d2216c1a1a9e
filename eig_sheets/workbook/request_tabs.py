"""The schema of `Demandes`: what officers ask of the robot, one numbered row each, and its answer beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eig_sheets.domain.requests import has_word
from eig_sheets.workbook.fields import CardSchema, Field, Kind, RobotField, TabSchema
from eig_sheets.workbook.model.sheet import Column, Format, Owner
from eig_sheets.workbook.model.signing import Author
from eig_sheets.workbook.render import reponses

TAB: Final = "demandes"


def requests(labels: Sequence[str]) -> TabSchema:
    """One row per request; `labels` are the actions that may be asked for."""
    fields = (
        Field(
            "demande",
            reponses.TABLE.sheet_header("number"),
            required=True,
            width=14,
            note="Donné par le robot, ne pas modifier : c’est ce qui empêche de faire deux fois la même demande. "
            "Dix lignes libres attendent toujours, en bas.",
        ),
        Field(
            "action",
            "Action",
            width=26,
            offered=tuple(labels),
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
    answer = reponses.TABLE.sheet_header("text")
    look = Column(answer, Format.WRAPPED, 70, "Écrit par le robot : ce qui a été fait, quand, où.")
    robot = (RobotField("reponse", answer, look, reponses.TAB, answer),)
    listed = ("action", "demande_par", "confirmer", "reponse", "precision", "demande")
    cards = CardSchema("La demande", ("action", "precision", "demande_par", "confirmer", "reponse", "demande"), listed)
    return TabSchema(
        TAB, "Demandes", Owner.PEOPLE, "demande", fields, robot, without_key=("action", _asks_nothing), cards=cards
    )


def _asks_nothing(action: object) -> bool:
    return not (isinstance(action, str) and has_word(action))
