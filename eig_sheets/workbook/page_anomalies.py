"""Anomalies of cells that come from a juror's page: which page, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.codes import Severity
from eig_sheets.workbook.conflicts import CONFLICT_BY_ORGANISATION, CONFLICT_BY_RECUSAL, POSSIBLE_CONFLICT
from eig_sheets.workbook.model.cells import parse_a1
from eig_sheets.workbook.notes_tabs import NotesTab
from eig_sheets.workbook.unknown_references import UNKNOWN_DOSSIER, UNKNOWN_JUROR

_REMEDY_OF_A_PAGE: Final = (
    "Demandez au juré de corriger sa page, puis relancez « eig-sheets {command} » ; ou saisissez cette évaluation dans "
    "{where}, qui compte alors seule."
)
"""The remedy for a cell of `Notes reçues`, which is not corrected there; `where`: the tab that people type in."""
_A_RECUSAL: Final = (
    "Ces notes ne comptent pas : il n’y a rien à faire, et elles ne se saisissent pas dans {where}. Si ce n’est "
    "pas un déport, corrigez les Déports ou l’Organisation de ce juré dans l’onglet Jury, ou sa déclaration."
)
_RECUSALS_OF_A_PAGE: Final = frozenset({CONFLICT_BY_RECUSAL, CONFLICT_BY_ORGANISATION, POSSIBLE_CONFLICT})
"""Codes of notes by a juror who stood aside afterwards: the page needs no correction."""
_NAMES_ON_MANY_PAGES: Final = frozenset({UNKNOWN_JUROR, UNKNOWN_DOSSIER})
"""Codes of a name that many pages may have: no page is at fault, and one anomaly stands for all."""
_REMEDIES_OF_A_PAGE: Final = {
    **dict.fromkeys(_RECUSALS_OF_A_PAGE, _A_RECUSAL),
    UNKNOWN_JUROR: "Si l’adresse de ce juré a changé, remettez dans l’onglet Jury celle de sa page : ses notes "
    "comptent de nouveau. S’il n’est plus du jury, il n’y a rien à faire.",
    UNKNOWN_DOSSIER: "Si le numéro de ce dossier a été corrigé, remettez celui que les pages connaissent. Si le "
    "dossier a été retiré, il n’y a rien à faire.",
}
"""Remedies by code, where correcting the page would not help."""


def on_a_page(anomaly: Anomaly, notes: NotesTab, sources: Mapping[int, str]) -> Anomaly:
    """The anomaly of a cell of `Notes reçues`, with what to do about it, and the page's file where `sources` has it.

    A juror who stands aside after noting is no mistake, so that this anomaly does not block.
    """
    severity = Severity.WARNING if anomaly.kind in _RECUSALS_OF_A_PAGE else anomaly.severity
    remedy = _REMEDIES_OF_A_PAGE.get(anomaly.kind, _REMEDY_OF_A_PAGE).format(where=notes.where, command=notes.command)
    is_of_one_page = anomaly.kind not in (*_NAMES_ON_MANY_PAGES, notes.unknown)
    source = sources.get(parse_a1(anomaly.cell)[0]) if anomaly.cell and is_of_one_page else None
    about = f"{source}, {notes.noun} {anomaly.dossier}"
    message = typographic(f"{about} : {anomaly.message}") if source else anomaly.message
    return replace(anomaly, severity=severity, message=message, remedy=typographic(remedy))
