"""What people type that the demonstration leaves blank: a value in each column that has none, so that it can suffer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.spreadsheet.model.cells import CellValue
from tests.features.modules import modules_of_features

Place = tuple[int, int]
_ALWAYS, _TEAMS, _TEN_MONTHS = "2021-01-01", "2021-06-01", "2021-11-01"

_VALUES: Final[Mapping[tuple[str, str], tuple[str, CellValue]]] = {
    ("candidatures", "siret"): (_ALWAYS, "13002526500013"),
    ("candidatures", "partenaires"): (_ALWAYS, "Agence fictive des essais"),
    ("candidatures", "porteur_projet_2"): (_ALWAYS, "Alba Fictive"),
    ("candidatures", "email_porteur_2"): (_ALWAYS, "alba.fictive@exemple.invalid"),
    ("candidatures", "commentaire"): (_ALWAYS, "À relire ensemble."),
    ("candidatures", "recrutement_clos"): (_TEAMS, "oui"),
    ("jury", "expertise"): (_ALWAYS, "Designer"),
    ("talents", "etat"): (_ALWAYS, "En instruction"),
    ("talents", "fin_contrat"): (_TEN_MONTHS, datetime(2022, 7, 12)),
    ("emails", "valider"): (_ALWAYS, "oui"),
    ("emails", "ne_pas_envoyer"): (_ALWAYS, "oui"),
    **{
        cell: (getattr(module, "TYPED_SINCE", _ALWAYS), value)
        for module in modules_of_features("damaged_cells")
        for cell, value in getattr(module, "TYPED", {}).items()
    },
}
"""The day from which people type it, and what; None: the number of a laureate."""


def typed(reading: Reading, day: str) -> Iterator[tuple[str, Place, CellValue]]:
    """The tab, the place and the value of each, in the workbook that has the tab; one row to another."""
    for number, ((tab_id, field_id), (since, value)) in enumerate(_VALUES.items()):
        table = reading.tables.get(tab_id)
        if table is None or day < since or field_id not in table.layout.columns:
            continue
        column = table.layout.columns[field_id]
        rows = table.valid_rows["row"].tolist() or [table.layout.header_row + 1]
        if any(table.layout.tab.value(row, column) is not None for row in rows):
            continue
        row = rows[number % 2 % len(rows) if tab_id == "emails" else 0]
        yield table.layout.name, (row, column), value if value is not None else _laureate(reading)


def _laureate(reading: Reading) -> str:
    dossiers = reading.valid_rows("candidatures")
    return str(dossiers.loc[dossiers["decision"].eq("Lauréat"), "numero"].iloc[0])
