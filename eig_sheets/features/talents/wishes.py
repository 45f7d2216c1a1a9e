"""The rows of the tab `Vœux reçus`: whose each answer is, which projects it names, where its cells are."""

from __future__ import annotations

from typing import Any

from eig_sheets.campaign.reading import Reading
from eig_sheets.features.talents import wishes_tab as voeux_recus
from eig_sheets.features.talents.received_wishes import RECEIVED, Row, judged_wishes, wishes_tab
from eig_sheets.features.talents.rules_wishes import JudgedAnswer, Standing
from eig_sheets.features.talents.settings import WISHES
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.workbook.model.cells import a1


def people_of(reading: Reading) -> dict[str, Any]:
    """The candidates as people typed them, by number."""
    talents = reading.tables.get(TALENTS)
    return (
        {}
        if talents is None
        else {str(person.candidature): person for person in talents.valid_rows.itertuples(index=False)}
    )


def wish_rows(reading: Reading) -> tuple[Row, ...]:
    """The rows of the tab: every answer by moment, then those that nobody can restore."""
    if not reading.owns(TALENTS):
        return _rows_left_behind(reading)
    people = people_of(reading)
    rows = (_row(judged, people.get(judged.candidate)) for judged in judged_wishes(reading))
    return (*voeux_recus.TABLE.cells(rows), *reading.of(RECEIVED).edited)


def _rows_left_behind(reading: Reading) -> tuple[Row, ...]:
    """The rows of a workbook that had the candidates: each stays until theirs has it, since no other cell holds it."""
    tab = wishes_tab(reading.snapshot, reading.layout)
    if tab is None:
        return ()
    moved = {answer.key for answer in reading.linked.of(RECEIVED).answers} if reading.linked else set()
    answers = ((row.number, voeux_recus.answer_of(row.cells)) for row in voeux_recus.read_rows(tab))
    return voeux_recus.as_they_are(
        tab, [number for number, answer in answers if answer is None or answer.key not in moved]
    )


def _row(judged: JudgedAnswer, person: Any) -> voeux_recus.AnswerRow:
    name = "" if person is None else " ".join(filter(None, (person.prenom, person.nom)))
    return voeux_recus.AnswerRow(judged, name, differs(judged, person))


def typed_wishes(person: Any) -> tuple[str, ...]:
    """The choices that people typed in `Talents`, '' for a blank."""
    return tuple(getattr(person, wish) or "" for wish in WISHES)


def differs(judged: JudgedAnswer, person: Any) -> bool:
    """Whether people typed other choices than those of the answer that counts: theirs count."""
    if judged.standing is not Standing.COUNTS or person is None:
        return False
    return any(typed_wishes(person)) and typed_wishes(person) != judged.wishes


def cell_of(reading: Reading, place: int, key: str) -> str:
    """The address of a cell of the tab once it is written: its row by its place, from 0, as the robot writes them."""
    is_titled = bool(reading.campaign.campaign.banner) and reading.snapshot.capabilities.title_rows
    return a1((3 if is_titled else 2) + place, voeux_recus.TABLE.sheet_keys.index(key))
