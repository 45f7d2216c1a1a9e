"""The tab `Vœux reçus`: every answer to the choices form, its candidate, its projects and its outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.features.talents.rules_wishes import MOST_WISHES, Answer, JudgedAnswer, Standing
from eig_sheets.spreadsheet.model.cells import CellValue, WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.text.french import listed, typographic
from eig_sheets.workbook.read_back import find_headers, values
from eig_sheets.workbook.records import SEAL, SEAL_COL, SEAL_LOOK, SealedRow, seal_of, sealed_rows
from eig_sheets.workbook.table import Col, Table

TAB: Final = "voeux_recus"
NAME: Final = "Vœux reçus"
CHOICES: Final = tuple(f"choice_{place}" for place in range(1, MOST_WISHES + 1))
"""The keys of the choices, as they were given."""


def _choice(place: int, key: str) -> Col[Answer]:
    look = Column(f"Choix {place + 1}", width=30, note="Ce que la personne a répondu, tel quel.")
    return Col(key, value=lambda answer: answer.choices[place] or None, tab=look)


_RECEIVED: Final = Table[Answer](
    Col(
        "number", value=lambda answer: answer.number or None,
        tab=Column("N° de la réponse", width=15, note="Le numéro de la réponse sur la plateforme."),
    ),
    Col(
        "candidature", value=lambda answer: answer.candidature or None,
        tab=Column("N° indiqué", width=15, note="Le numéro de candidature que la personne a écrit."),
    ),
    Col("email", value=lambda answer: answer.email or None, tab=Column("E-mail indiqué", width=32)),
    *(_choice(place, key) for place, key in enumerate(CHOICES)),
    Col(
        "moment",
        tab=Column(
            "Donnée le", Format.DATETIME, 18, "Quand la personne l’a déposée, ou changée pour la dernière fois."
        ),
    ),
)  # fmt: skip
_SEALED: Final = Table[Answer](*_RECEIVED, SEAL_COL)
"""The columns that the seal of a row covers, and the seal."""
_OUTCOMES: Final[Mapping[Standing, str]] = {
    Standing.COUNTS: "Compte.",
    Standing.REPLACED: "Remplacée par une réponse plus récente.",
    Standing.LATE: "Donnée après la clôture : ne compte pas.",
    Standing.UNKNOWN: "Ne va à aucune candidature : ne compte pas.",
    Standing.AMBIGUOUS: "Pourrait aller à plusieurs candidatures : ne compte pas.",
}


def seal_of_answer(answer: Answer) -> str:
    """The digest that the row of an answer bears."""
    [cells] = _RECEIVED.cells([answer])
    return seal_of(cells)


def outcome(answer: JudgedAnswer, *, is_replaced: bool = False) -> str:
    """The outcome of an answer, in French."""
    if is_replaced:
        return typographic("Les vœux saisis dans Talents, différents, comptent à sa place.")
    said = _OUTCOMES[answer.standing]
    if answer.standing is Standing.COUNTS and answer.unknown:
        which = "le choix" if len(answer.unknown) == 1 else "les choix"
        said = (
            f"Compte, sauf {which} {listed(map(str, answer.unknown))} : aucun projet lauréat de ce nom, ou plusieurs."
        )
    return typographic(said)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The row of an answer. `name`: the candidate's; `is_replaced`: by what people typed in `Talents`."""

    judged: JudgedAnswer
    name: str
    is_replaced: bool = False


def _wish(place: int) -> Col[AnswerRow]:
    look = Column(f"Vœu {place + 1}", width=14, note="Numéro du dossier.")
    return Col(f"wish_{place + 1}", value=lambda row: row.judged.wishes[place] or None, tab=look)


TABLE: Final = Table[AnswerRow](
    *_RECEIVED.over(lambda row: row.judged.answer),
    Col(
        "candidate", value=lambda row: row.judged.candidate or None,
        tab=Column("N° de candidature", width=15, note="La candidature à laquelle va cette réponse."),
    ),
    Col("name", value=lambda row: row.name or None, tab=Column("Candidat", width=28)),
    *(_wish(place) for place in range(MOST_WISHES)),
    Col(
        "outcome", value=lambda row: outcome(row.judged, is_replaced=row.is_replaced),
        tab=Column("Suite", Format.WRAPPED, 44),
    ),
    Col(SEAL, value=lambda row: seal_of_answer(row.judged.answer), tab=SEAL_LOOK),
)  # fmt: skip


def as_they_are(tab: TabSnapshot, numbers: Sequence[int]) -> tuple[tuple[WrittenValue, ...], ...]:
    """Rows, by their 1-based number, as they are in the tab: a record that this machine cannot restore."""
    places = find_headers(tab, TABLE.sheet_headers) if numbers else None
    return () if places is None else tuple(tuple(map(_writable, values(tab, number, places))) for number in numbers)


def _writable(value: CellValue) -> WrittenValue:
    return value if isinstance(value, (str, float, int, datetime, type(None))) else str(value)


def read_rows(tab: TabSnapshot | None) -> Iterator[SealedRow]:
    """The rows of the tab as they are: what was received, and whether nobody changed it."""
    return sealed_rows(tab, _SEALED)


def answer_of(cells: Mapping[str, object]) -> Answer | None:
    """The answer of the cells of a row by key, as read or as stored; None when it has no moment."""
    moment = _moment(cells["moment"])
    if moment is None:
        return None
    number, candidature, email, *choices = (_text(cells[key]) for key in ("number", "candidature", "email", *CHOICES))
    return Answer(number, moment, candidature, email, tuple(choices))


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0)
    try:
        return datetime.strptime(str(value), "%Y-%m-%d %H:%M")
    except ValueError:
        return None


def _text(value: object) -> str:
    return "" if value is None else str(value)
