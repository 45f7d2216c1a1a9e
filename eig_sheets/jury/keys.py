"""The columns of a page that are not shown: each line's dossier, field and label, and what the page is."""

from __future__ import annotations

from typing import Final

from eig_sheets.jury.form import FormCell, Look
from eig_sheets.workbook.model.cells import CellValue, Formula

MARKERS: Final = ("_libellé", "_réponse", "_dossier", "_champ", "_déport", "_texte")
"""The headers, in a row that is not shown, by which the columns are found wherever somebody moved them."""
OF_THE_PAGE: Final = "#"
"""What the key of a line begins with that holds no answer."""
PAGE, KIND, JUROR, CAMPAIGN, VERSION = "#page", "#type", "#jure", "#campagne", "#version"
"""The lines that say what the page is; a criterion cannot have such an id."""
HOW: Final = "#consigne"
"""What the hidden tab calls the text that says how to fill the page."""
DOSSIER, NUMBER = "#dossier", "#numero"
"""The first line of a dossier, with its version; the second, where its number is shown."""
DOSSIER_WORD: Final = "Dossier"
"""What a dossier's number follows, above its answers."""
CANDIDATE_WORD: Final = "Candidature"
"""What a candidate's number follows."""
NUMBER_DASH: Final = "–"
"""What follows it in the list of dossiers."""
DECLARATION: Final = "#declaration"
"""The first line of the end of a declaration."""


def key_cells(
    field: str, text: Formula | CellValue, numero: str = "", recused: Formula | None = None
) -> list[FormCell | None]:
    """The cells that are not shown of a line: dossier, field, recusal, text."""
    return [
        FormCell(numero, Look.KEY) if numero else None,
        FormCell(field, Look.KEY),
        FormCell(recused, Look.KEY) if recused else None,
        FormCell(text, Look.KEY),
    ]
