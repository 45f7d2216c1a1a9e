"""What passes between those who make the pages of jurors, those who read them back and those who collect them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eig_sheets.spreadsheet.model.cells import CellValue


class PageKind(StrEnum):
    """What a page asks of a juror: notes on dossiers or on candidates, or their déports before they note anything."""

    NOTES = "notes"
    DECLARATION = "declaration"
    CANDIDATES = "candidats"


Values = Mapping[str, CellValue]
"""Cells as they are typed, by field id: those of Évaluations, and `communicable`."""


@dataclass(frozen=True, slots=True)
class PageCriterion:
    """A criterion to score: its id, its label and what it means."""

    id: str
    label: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class PageDossier:
    """What a page shows of one dossier, or of one candidate.

    `links` are (label, address): of the fiche, the présentation, the simulation; of the CV. `version` is a digest of
    all that describes it. A `recused` one shows « déport » and nothing else: its cells keep what is in them. Of a
    candidate, `projet` is the name, `administration` the métier and the experience, `resume` the wishes, and `chosen`
    the numbers of the projects among them.
    """

    numero: str
    projet: str = ""
    administration: str = ""
    resume: str = ""
    links: tuple[tuple[str, str], ...] = ()
    questions: str = ""
    version: str = ""
    recused: bool = False
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a juror filled already, for a page that is made again: by dossier, then of the whole page.

    The fields of the whole page are those of a declaration: `declared`, `declared_on`, `availability`, or one for each
    of the page's half-days (`half_day:` and its text).
    """

    dossiers: Mapping[str, Values] = field(default_factory=dict)
    whole: Values = field(default_factory=dict)


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class CollectedNotes:
    """What a juror's pages said of a dossier when they were collected, and when (naive) the juror said it."""

    values: Values
    moment: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """What one page asks. `juror` is an address; with a `group`, the page is the group's, under its référent.

    `half_days` are texts in the syntax of « Disponibilités » (« 04/05/2021 09:00–12:00 »), each with a cell to answer;
    without any, availability is one cell of free text. `answers` fill the cells of a page that is made again. What is
    filled `online` is read where it is, and never sent back.
    """

    kind: PageKind
    campaign_id: str
    campaign_name: str
    juror: str
    name: str
    dossiers: tuple[PageDossier, ...]
    criteria: tuple[PageCriterion, ...] = ()
    scale: tuple[float, float] = (1, 4)
    group: str = ""
    deadline: datetime | None = None
    declaration: str = ""
    half_days: tuple[str, ...] = ()
    contact: str = ""
    answers: Answers = NO_ANSWERS
    online: bool = False


@dataclass(frozen=True, slots=True)
class PageProblem:
    """Why something of a page was not understood: the file, the cell (« Grille!B12 », '' for all of it), in French.

    `refused`: nothing of the page counts; otherwise only what is about that cell, or that dossier, does not.
    """

    source: str
    cell: str
    message: str
    remedy: str
    numero: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """What a juror filled of one dossier, cell by cell as it was typed, blanks left out.

    `cells` names the cell of each field of the page, filled or not (« Grille!B12 »); `version` is the dossier's, as the
    page showed it.
    """

    numero: str
    values: Values
    cells: Mapping[str, str]
    version: str


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """A page that came back. `digest` is that of the file; `modified` when it was last saved, if that is known.

    `rows` has every dossier of the page that could be read, filled or not, in its order; `whole` what was answered
    once, by field id; `asked` the digest of what the page asks. Of a declaration: `declared` and `declared_on` as they
    were typed, `availability` in the syntax of « Disponibilités » (None: not said), `deports` the numbers of the
    dossiers with a « oui ».
    """

    kind: PageKind
    source: str
    digest: str
    campaign_id: str
    juror: str
    modified: datetime | None = None
    rows: tuple[ReturnedRow, ...] = ()
    declared: CellValue = None
    declared_on: CellValue = None
    availability: str | None = None
    deports: tuple[str, ...] = ()
    problems: tuple[PageProblem, ...] = ()
    whole: Values = field(default_factory=dict)
    asked: str = ""

    @property
    def answers(self) -> Answers:
        """All that was filled, for a page that is made again."""
        return Answers({row.numero: row.values for row in self.rows if row.values}, self.whole)

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it may be used."""
        return any(problem.refused for problem in self.problems)
