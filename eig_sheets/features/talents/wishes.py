"""The rows of `Vœux reçus`: whose each answer is, what it names; read back, and those that somebody edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.reading import FilledRows, Reading
from eig_sheets.campaign.reading_parts import ReadBack
from eig_sheets.domain.parts import Part
from eig_sheets.features.talents import wishes_tab as voeux_recus
from eig_sheets.features.talents.rules_wishes import Answer, JudgedAnswer, Standing, filled, judged, last_moment
from eig_sheets.features.talents.settings import WISHES, TalentDates
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.run.other_workbook import RestoredRecords
from eig_sheets.spreadsheet.model.cells import WrittenValue, a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.records import SEAL

Row = tuple[WrittenValue, ...]


@dataclass(frozen=True, slots=True)
class ReceivedWishes:
    """The known answers, and the edited rows that nobody can restore, as they are in the tab."""

    answers: tuple[Answer, ...] = ()
    edited: tuple[Row, ...] = ()


def wishes_in(tab: TabSnapshot | None, known: Mapping[str, Answer] | None = None) -> ReceivedWishes:
    """What a tab says; `known`: answers by their seal, which a row that somebody edited may still bear."""
    answers: dict[tuple[str, datetime], Answer] = {}
    edited: list[int] = []
    for row in voeux_recus.read_rows(tab):
        answer = voeux_recus.answer_of(row.cells) if row.genuine else (known or {}).get(str(row.cells[SEAL]))
        if answer is not None:
            answers[answer.key] = answer
        elif not row.genuine:
            edited.append(row.number)
    left = () if tab is None else voeux_recus.as_they_are(tab, edited)
    return ReceivedWishes(tuple(answers.values()), left)


def wishes_tab(snapshot: Snapshot, layout: Layout) -> TabSnapshot | None:
    """The tab `Vœux reçus`; None without it."""
    name = layout.robot_tabs.get(voeux_recus.TAB)
    return snapshot.tab(name) if name else None


def counting(answers: Iterable[JudgedAnswer]) -> dict[str, JudgedAnswer]:
    """The answers that count, by the number of their candidate."""
    return {answer.candidate: answer for answer in answers if answer.standing is Standing.COUNTS}


RECEIVED: Final = ReadBack(lambda snapshot, layout: wishes_in(wishes_tab(snapshot, layout)))
"""The choices that candidates sent, as `Vœux reçus` says them."""


def judged_wishes(reading: Reading) -> list[JudgedAnswer]:
    """What becomes of every choice that candidates sent, in the order of the tab; none without candidates."""
    holder = reading.holder(TALENTS)
    answers = holder.of(RECEIVED).answers
    if not answers or TALENTS not in holder.tables:
        return []
    projects = reading.valid_rows("candidatures") if reading.has("candidatures") else None
    deadline = last_moment(reading.campaign.section(TalentDates).wishes_before)
    return judged(answers, holder.tables[TALENTS].valid_rows, projects, deadline)


FILLED: Final = FilledRows(TALENTS, lambda reading, rows: filled(rows, counting(judged_wishes(reading))))
"""The choices that count, where people typed none."""


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


def with_known_wishes(reading: Reading, last_run: LastRun) -> Reading:
    """The reading with every answer that is known: those of the tab, and those of it that this machine last wrote.

    Those that the projects' workbook still has, from before candidates had theirs, are known too. A row that
    somebody edited is restored from what this machine wrote; deleted ones too, when nobody wrote since.
    """
    stored = _stored(last_run)
    tab = wishes_tab(reading.snapshot, reading.layout)
    in_tab = wishes_in(tab, stored)
    is_ours = tab is None or since_last_run.is_of_the_last_run(reading, last_run)
    answers = {
        answer.key: answer
        for answer in (*_left_behind(reading), *(stored.values() if is_ours else ()), *in_tab.answers)
    }
    return reading.with_read_back(RECEIVED, ReceivedWishes(tuple(answers.values()), in_tab.edited))


def _left_behind(reading: Reading) -> tuple[Answer, ...]:
    """The answers that are in the projects' workbook, from when it had the candidates."""
    is_of_talents = reading.configured.part is Part.TALENTS
    return reading.linked.of(RECEIVED).answers if is_of_talents and reading.linked is not None else ()


def _stored(last_run: LastRun) -> dict[str, Answer]:
    """The answers that this machine last wrote, by their seal."""
    lines = voeux_recus.TABLE.read_stored(last_run.outputs.get(voeux_recus.TAB, ()))
    read_answers = ((str(line[SEAL]), voeux_recus.answer_of(line)) for line in lines)
    answers = ((seal, answer) for seal, answer in read_answers if answer is not None)
    return {seal: answer for seal, answer in answers if seal == voeux_recus.seal_of_answer(answer)}


RESTORED: Final = RestoredRecords(with_known_wishes)
