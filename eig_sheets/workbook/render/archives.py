"""The tab `E-mails archivés`: drafts that are not due any more, as their rows in the outbox were. Pure."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.model.sheet import Column, Format

SINCE, WHY, OTHERS, DIGEST = "Obsolète depuis", "Pourquoi", "Autres colonnes", "Empreinte"

COPIED: Final = {
    "id": "Id",
    "modele": "Modèle",
    "numero": "N° de dossier",
    "destinataires": "Destinataires",
    "copie": "Copie",
    "objet": "Objet",
    "message": "Message",
    "pieces_jointes": "Pièces jointes",
    "valider": "Valider",
    "ne_pas_envoyer": "Ne pas envoyer",
}
"""The fields of the outbox → the header under which their cells are copied."""

COLUMNS: Final = (
    Column(COPIED["id"], width=30),
    Column(SINCE, Format.DATETIME, 18, note="Quand une synchronisation l’a vu la première fois."),
    Column(WHY, Format.WRAPPED, 40, note="Pourquoi il n’est plus à envoyer."),
    Column(COPIED["modele"], width=22),
    Column(COPIED["numero"], width=15),
    Column(COPIED["destinataires"], width=34),
    Column(COPIED["copie"], width=20),
    Column(COPIED["objet"], width=44),
    Column(COPIED["message"], width=60, note="Tel qu’il était, corrections de l’équipe comprises."),
    Column(COPIED["pieces_jointes"], width=16),
    Column(COPIED["valider"], width=10),
    Column(COPIED["ne_pas_envoyer"], width=14),
    Column(OTHERS, Format.WRAPPED, 40, note="Ce que disaient les colonnes que l’équipe a ajoutées."),
    Column(DIGEST, width=12, note="Pour le robot : celle de la ligne copiée.", hidden=True),
)
HEADERS: Final = tuple(column.header for column in COLUMNS)
