"""The jurors of the sample campaign who note on pages of their own: which evaluations are theirs, what they filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from eig_sheets.sample.jury import address
from eig_sheets.sample.sources import Row, settings
from eig_sheets.workbook.model.cells import CellValue

FOLDER: Final = "grilles"
"""Where these pages are, in the folder of the demonstration."""
_EVENING: Final = time(18, 30)
_NOT_ON_A_PAGE: Final = ("numero", "jure", "evalue_le")


@dataclass(frozen=True, slots=True)
class FilledPage:
    """What a juror filled of a page, by dossier then by field; naive, `saved` when they last did."""

    answers: Mapping[str, Mapping[str, CellValue]]
    saved: datetime


def pages_are_out(day: date) -> bool:
    """Whether dossiers are assigned, and pages made, on a day: from the screening on."""
    return bool(day >= settings("story.toml")["screened_on"])


def typed(evaluations: Sequence[Row]) -> list[Row]:
    """The evaluations of jurors who type in `Évaluations`."""
    return [row for row in evaluations if row["jure"] not in _jurors()]


def filled_pages(evaluations: Sequence[Row]) -> dict[str, FilledPage | None]:
    """What each juror who has a page filled, by address; None: nothing. `evaluations`: those of a day."""
    return {juror: _filled([row for row in evaluations if row["jure"] == juror]) for juror in _jurors()}


def _filled(evaluations: Sequence[Row]) -> FilledPage | None:
    moments = [moment for row in evaluations if isinstance(moment := row.get("evalue_le"), datetime)]
    if not moments:
        return None
    done = {str(row["numero"]): _answers(row) for row in evaluations if row.get("evalue_le")}
    return FilledPage(done, datetime.combine(max(moments), _EVENING))


def _answers(row: Row) -> dict[str, str | float]:
    """What is filled of a dossier: scores, words, « oui »."""
    on_page = ((field, value) for field, value in row.items() if field not in _NOT_ON_A_PAGE)
    return {field: value for field, value in on_page if isinstance(value, (str, float))}


def _jurors() -> list[str]:
    return [address(name) for name in settings("story.toml")["on_pages"]]
