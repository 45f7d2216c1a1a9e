"""Schemas of the tabs that instruct the robot: settings, the outbox of e-mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner
from eig_sheets.spreadsheet.model.signing import Author
from eig_sheets.workbook import envois, reglages
from eig_sheets.workbook.fields import CardSchema, Field, Kind, RobotField, TabSchema


def _text(field_id: str, header: str, width: float, note: str = "") -> Field:
    return Field(field_id, header, width=width, note=note)


def _tick(field_id: str, header: str, note: str, width: float) -> Field:
    return Field(field_id, header, Kind.YES_NO, width=width, note=note, tick=True, guarded=True)


def parameters(labels: Sequence[str]) -> TabSchema:
    """One row per setting that officers change; `labels` are the settings that they may change."""
    offered = tuple(labels)
    fields = (
        Field(
            "reglage",
            "Réglage",
            width=44,
            required=True,
            offered=offered,
            note="Ce réglage remplace celui de la configuration. « Réouverture » : la raison d’un changement de règle "
            "une fois l’évaluation commencée.",
        ),
        _text("valeur", "Valeur", 30, "Vide : la valeur de la configuration."),
        _text("commentaire", "Commentaire", 60),
    )
    kept = (("en_vigueur", "value", 30), ("origine", "origin", 44), ("ouvert", "still_open", 44))
    headers = [(field_id, reglages.TABLE.sheet_header(key), width) for field_id, key, width in kept]
    robot = tuple(
        RobotField(field_id, header, Column(header, Format.WRAPPED, width, "Écrit par le robot."), "reglages", header)
        for field_id, header, width in headers
    )
    return TabSchema("parametres", "Paramètres", Owner.PEOPLE, "reglage", fields, robot, hidden=True)


def outbox() -> TabSchema:
    """One row per e-mail: the robot appends it, people approve it or not."""
    fields = (
        Field("id", "Id", required=True, width=24, note="Ne pas modifier : c’est ce qui empêche un double envoi."),
        _text("modele", "Modèle", 22),
        Field("numero", "N° de dossier", width=15, is_number=True),
        _text("destinataires", "Destinataires", 34, "Adresses séparées par « ; ». Peut être corrigé."),
        _text("copie", "Copie", 30),
        _text("objet", "Objet", 44, "Peut être corrigé."),
        _text(
            "message",
            "Message",
            80,
            "Peut être corrigé. Part tel quel, à ceci près : **entre doubles astérisques** est mis en gras, un tiret "
            "en début de ligne fait une liste, « > » une citation.",
        ),
        _text("pieces_jointes", "Pièces jointes", 20),
        replace(
            _tick("valider", "Valider", "oui ou coché : ce message peut partir.", 10),
            author=Author("Validé par", ("id", "destinataires", "copie", "objet", "message", "pieces_jointes")),
        ),
        replace(
            _tick("ne_pas_envoyer", "Ne pas envoyer", "oui ou coché : ce message ne partira pas.", 12), in_doubt=True
        ),
    )
    state = Column(
        "État",
        width=16,
        tones=envois.TONES,
        note="Écrit par le robot.",
    )
    robot = (
        RobotField(
            "etat", "État", state, "envois", envois.TABLE.sheet_header("state"), left_out=DeliveryStatus.OBSOLETE
        ),
    )
    listed = ("valider", "etat", "objet", "numero", "destinataires", "ne_pas_envoyer", "modele", "id")
    read = ("valider", "ne_pas_envoyer", "destinataires", "copie", "objet", "message", "pieces_jointes")
    cards = CardSchema("Le message", read, listed)
    return TabSchema(
        "emails", "E-mails à envoyer", Owner.OUTBOX, "id", fields, robot, cards=cards, identity=("id",), unique=True
    )
