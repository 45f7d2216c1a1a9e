"""The tab `Vœux reçus`: every answer of the form of choices, whose it is, its projects, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from eig_sheets.domain.wishes import MOST_WISHES, Answer, JudgedAnswer, Standing
from eig_sheets.text.french import listed, typographic
from eig_sheets.workbook.model.cells import CellValue, WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.model.snapshot import TabSnapshot
from eig_sheets.workbook.read_back import find_headers, values
from eig_sheets.workbook.sealed_rows import SEAL, SEAL_COLUMN, SealedRow, seal_of, sealed_rows

TAB: Final = "voeux_recus"
NAME: Final = "Vœux reçus"
NUMBER: Final = "N° de la réponse"
CANDIDATURE: Final = "N° indiqué"
EMAIL: Final = "E-mail indiqué"
CHOICES: Final = tuple(f"Choix {place}" for place in range(1, MOST_WISHES + 1))
MOMENT: Final = "Donnée le"
_RECEIVED: Final = (
    Column(NUMBER, width=15, note="Le numéro de la réponse sur la plateforme."),
    Column(CANDIDATURE, width=15, note="Le numéro de candidature que la personne a écrit."),
    Column(EMAIL, width=32),
    *(Column(choice, width=30, note="Ce que la personne a répondu, tel quel.") for choice in CHOICES),
    Column(MOMENT, Format.DATETIME, 18, "Quand la personne l’a déposée, ou changée pour la dernière fois."),
)
_WISHES: Final = tuple(
    Column(f"Vœu {place}", width=14, note="Numéro du dossier.") for place in range(1, MOST_WISHES + 1)
)
COLUMNS: Final = (
    *_RECEIVED,
    Column("N° de candidature", width=15, note="La candidature à laquelle va cette réponse."),
    Column("Candidat", width=28),
    *_WISHES,
    Column("Suite", Format.WRAPPED, 44),
    SEAL_COLUMN,
)
HEADERS: Final = tuple(column.header for column in COLUMNS)
_SEALED: Final = (*(column.header for column in _RECEIVED), SEAL)
_OUTCOMES: Final[Mapping[Standing, str]] = {
    Standing.COUNTS: "Compte.",
    Standing.REPLACED: "Remplacée par une réponse plus récente.",
    Standing.LATE: "Donnée après la clôture : ne compte pas.",
    Standing.UNKNOWN: "Ne va à aucune candidature : ne compte pas.",
    Standing.AMBIGUOUS: "Pourrait aller à plusieurs candidatures : ne compte pas.",
}


def row(one: JudgedAnswer, name: str, *, is_replaced: bool = False) -> tuple[WrittenValue, ...]:
    """The row of an answer. `name`: the candidate's; `is_replaced`: by what people typed in `Talents`."""
    wishes = tuple(wish or None for wish in one.wishes)
    said = outcome(one, is_replaced=is_replaced)
    return (*_received(one.answer), one.candidate or None, name or None, *wishes, said, seal_of_answer(one.answer))


def seal_of_answer(answer: Answer) -> str:
    """The digest that the row of an answer bears."""
    return seal_of(_received(answer))


def outcome(one: JudgedAnswer, *, is_replaced: bool = False) -> str:
    """What became of an answer, in French."""
    if is_replaced:
        return typographic("Les vœux saisis dans Talents, différents, comptent à sa place.")
    said = _OUTCOMES[one.standing]
    if one.standing is Standing.COUNTS and one.unknown:
        which = "le choix" if len(one.unknown) == 1 else "les choix"
        said = f"Compte, sauf {which} {listed(map(str, one.unknown))} : aucun projet lauréat de ce nom, ou plusieurs."
    return typographic(said)


def _received(answer: Answer) -> tuple[WrittenValue, ...]:
    texts = (answer.number, answer.candidature, answer.email, *answer.choices)
    return (*(text or None for text in texts), answer.moment)


def as_they_are(tab: TabSnapshot, numbers: Sequence[int]) -> tuple[tuple[WrittenValue, ...], ...]:
    """Rows, by their 1-based number, as they are in the tab: a record that this machine cannot restore."""
    places = find_headers(tab, HEADERS) if numbers else None
    return () if places is None else tuple(tuple(map(_writable, values(tab, number, places))) for number in numbers)


def _writable(value: CellValue) -> WrittenValue:
    return value if isinstance(value, (str, float, int, datetime, type(None))) else str(value)


def read_rows(tab: TabSnapshot | None) -> Iterator[SealedRow]:
    """The rows of the tab as they are: what was received, and whether nobody changed it."""
    return sealed_rows(tab, _SEALED)


def answer_of(cells: Mapping[str, object]) -> Answer | None:
    """The answer of the cells of a row by header, as read or as stored; None when it has no moment."""
    moment = _moment(cells[MOMENT])
    if moment is None:
        return None
    number, candidature, email, *choices = (_text(cells[header]) for header in _SEALED[: 3 + MOST_WISHES])
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
