"""The tab `Vœux reçus` read back: the answers as the robot wrote them, and the rows that somebody edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.campaign.read_back import ReadBack
from eig_sheets.campaign.reading import FilledRows, Reading
from eig_sheets.features.talents import wishes_tab as voeux_recus
from eig_sheets.features.talents.rules_wishes import Answer, JudgedAnswer, Standing, filled, judged, last_moment
from eig_sheets.features.talents.settings import TalentDates
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.model.cells import WrittenValue
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.sealed_rows import SEAL

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
