"""The lines of an explanation: a value, its formula, its cells, and the source of its rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from eig_sheets.campaign.overrides import of_key
from eig_sheets.campaign.reading import Reading
from eig_sheets.config import sources
from eig_sheets.text.french import number, typographic
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.table import Col, Table

Line = dict[str, Any]
EXPLANATION: Final = Table[Line](
    Col("what", "Quoi"),
    Col("value", "Valeur"),
    Col("formula", "Calcul"),
    Col("cells", "Cellules"),
    Col("source", "Source"),
)
"""The table of an explanation."""


def rule_sources(reading: Reading) -> dict[str, str]:
    """The sources of values: the comments of the configuration, or the cells of settings that officers typed."""
    origins = reading.overrides.origins
    keys = {*origins, *(["criteria.weight"] if of_key(origins, "criteria.weight") else [])}
    replaced = {key: " ; ".join(map(str, of_key(origins, key))) for key in keys}
    return {**sources(reading.campaign.path, reading.campaign.provenance), **replaced}


def rule_source(source_of: Mapping[str, str], *keys: str) -> str:
    """The text of a line's source: keys of the configuration, and the sources of their values."""
    return " ; ".join(f"{key} ({source_of[key]})" if key in source_of else key for key in keys)


def explanation_line(what: str, value: object, formula: str = "", cells: str = "", source: str = "") -> Line:
    """One line of an explanation, with the no-break spaces of French."""
    what, formula, source = map(typographic, (what, formula, source))
    return {"what": what, "value": value, "formula": formula, "cells": cells, "source": source}


def explanation_text(lines: Iterable[Line]) -> str:
    """The lines for a cell: what each value is, its formula and its cells; the sources of the rules are too long."""
    return "\n".join(map(_in_words, lines))


def _in_words(line: Line) -> str:
    value = line["value"]
    shown = "" if value is None else number(value, 2) if isinstance(value, float) else str(value)
    cells = f" ({line['cells']})" if line["cells"] else ""
    said = " — ".join(filter(None, (shown, line["formula"])))
    return typographic(f"• {line['what']} : {said}{cells}")


def eligibility_line(value: str, why: str | None, cells: str, source: str) -> Line:
    """The line on the eligibility of a dossier or of a candidate; `why`: its reasons, if any."""
    return explanation_line("Éligibilité", value, why or "Rien ne manque, aucune règle n’est enfreinte.", cells, source)


def row_of(frame: Any, number: str, key: str = "numero") -> dict[str, Any]:
    """The row of a dossier, or of a candidate, in a frame that has one for each."""
    row: dict[str, Any] = frame[frame[key] == number].to_dict("records")[0]
    return row


class RowCells:
    """The cells of one dossier."""

    def __init__(self, tab: TabLayout, row: int) -> None:
        self._tab, self._row = tab, row

    def of(self, *fields: str) -> str:
        """Addresses of the fields that have a column."""
        return ", ".join(filter(None, (self._tab.reference(field, self._row) for field in fields)))


def cells_in(reading: Reading, tab_id: str, row: int, *fields: str) -> str:
    """Addresses of the fields of a row of a people's tab, with its workbook when it is the linked one."""
    return RowCells(reading.layout_of(tab_id), row).of(*fields)


def number_or_none(value: Any) -> float | None:
    """A scalar of a frame as a number, None when it is missing."""
    return None if value is None or value != value else float(value)  # noqa: PLR0124 — NaN is not itself
