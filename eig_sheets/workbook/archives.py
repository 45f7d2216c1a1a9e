"""The tab `E-mails archivés`: copies of outbox rows of obsolete drafts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.workbook.table import Col, Table

TABLE: Final = Table[Mapping[str, WrittenValue]](
    Col("id", tab=Column("Id", width=30)),
    Col(
        "since",
        tab=Column("Obsolète depuis", Format.DATETIME, 18, "Quand une synchronisation l’a vu la première fois."),
    ),
    Col("why", tab=Column("Pourquoi", Format.WRAPPED, 40, note="Pourquoi il n’est plus à envoyer.")),
    Col("modele", tab=Column("Modèle", width=22)),
    Col("numero", tab=Column("N° de dossier", width=15)),
    Col("destinataires", tab=Column("Destinataires", width=34)),
    Col("copie", tab=Column("Copie", width=20)),
    Col("objet", tab=Column("Objet", width=44)),
    Col("message", tab=Column("Message", width=60, note="Tel qu’il était, corrections de l’équipe comprises.")),
    Col("pieces_jointes", tab=Column("Pièces jointes", width=16)),
    Col("valider", tab=Column("Valider", width=10)),
    Col("ne_pas_envoyer", tab=Column("Ne pas envoyer", width=14)),
    Col(
        "others",
        tab=Column(
            "Autres colonnes", Format.WRAPPED, 40, note="Ce que disaient les colonnes que l’équipe a ajoutées."
        ),
    ),
    Col("digest", tab=Column("Empreinte", width=12, note="Pour le robot : celle de la ligne copiée.", hidden=True)),
)  # fmt: skip
COPIED: Final = tuple(key for key in TABLE.sheet_keys if key not in ("since", "why", "others", "digest"))
"""The fields of the outbox whose cells are copied, under their ids."""
