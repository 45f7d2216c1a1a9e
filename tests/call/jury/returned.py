"""Pages that jurors send back: made as the program makes them, filled, saved at a moment that is chosen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from eig_sheets.call.jury.pages.pages import Page, PageCriterion, PageDossier, PageKind
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.spreadsheet.model.cells import CellValue
from tests.call.jury.pages.pages import PARIS, file_of, filled
from tests.columns import CRITERIA, EIG5

Said = Mapping[str, Mapping[str, CellValue]]
"""What a juror says, by dossier then by field."""
MORNING = datetime(2021, 4, 29, 10)


def scores(*values: CellValue, **others: CellValue) -> dict[str, CellValue]:
    """One value for each criterion, the last one for those that are left, and other fields."""
    padded = [*values, *[values[-1]] * len(CRITERIA)][: len(CRITERIA)]
    return {**dict(zip(CRITERIA, padded, strict=True)), **others}


def page(juror: str, said: Said, *, campaign: str = "EIG5", version: str = "v1") -> Page:
    """A grille of these dossiers, filled."""
    dossiers = tuple(PageDossier(numero, f"Projet {numero}", version=version) for numero in said)
    criteria = tuple(PageCriterion(criterion.id, criterion.label) for criterion in EIG5.criteria)
    blank = Page(PageKind.NOTES, campaign, "Appel", juror, juror, dossiers, criteria)
    return filled(blank, {numero: dict(values) for numero, values in said.items()})


def declaration(juror: str, deports: Mapping[str, str], **whole: CellValue) -> Page:
    """A declaration of these dossiers, with what is said of the déport of each."""
    dossiers = tuple(PageDossier(numero, f"Projet {numero}") for numero in deports)
    blank = Page(PageKind.DECLARATION, "EIG5", "Appel", juror, juror, dossiers, declaration="Je déclare.")
    return filled(blank, {numero: {"deport": word} for numero, word in deports.items() if word}, **whole)


@dataclass(frozen=True)
class Mailbox:
    """The folder where the team puts what jurors send back."""

    folder: Path

    def put(self, name: str, sent: Page, moment: datetime = MORNING) -> Path:
        """A page, saved at that moment."""
        return self.put_bytes(name, file_of(sent), moment)

    def put_bytes(self, name: str, content: bytes, moment: datetime = MORNING) -> Path:
        """A file of these bytes."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / name
        path.write_bytes(content)
        saved = moment.replace(tzinfo=PARIS).timestamp()
        os.utime(path, (saved, saved))
        return path


def free_pairs(reading: Reading) -> list[tuple[str, str]]:
    """(juror, dossier) that nobody typed anything of, and that the juror may note."""
    typed = reading.tables["evaluations"].frame
    taken = {*zip(typed["jure"], typed["numero"], strict=True)}
    taken |= {(juror, numero) for numero, juror in recusals_of(reading)}
    dossiers = reading.valid_rows("candidatures")
    chosen: pd.Series = dossiers.loc[dossiers["preselection"] == "Présélectionné", "numero"]
    jurors = reading.valid_rows("jury")["email"]
    return [(juror, numero) for juror in jurors for numero in chosen if (juror, numero) not in taken]
