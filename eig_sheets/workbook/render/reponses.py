"""The tab `Réponses`: what became of each request, by its number. It is the memory by which each is done once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from eig_sheets.domain.requests import Action, Recorded, Stage
from eig_sheets.workbook.model.cells import CellValue, WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.request_words import LABELS, STATES, WAITING
from eig_sheets.workbook.sealed_rows import SEAL_COLUMN, sealed

TAB: Final = "reponses"
NUMBER: Final = "N° de demande"
ANSWER: Final = "Réponse"
RECORD: Final = "Pour le robot"
_MINUTE: Final = "%Y-%m-%dT%H:%M:%S"

COLUMNS: Final = (
    Column(NUMBER, width=14),
    Column("Action", width=26),
    Column("Détail", Format.WRAPPED, 30, "Tel qu’il était quand le robot a pris la demande en charge."),
    Column("Demandé par", width=20),
    Column(
        "État",
        width=16,
        tones=(
            (STATES[Stage.DONE], Tone.GOOD),
            (STATES[Stage.TO_CONFIRM], Tone.DOUBT),
            (WAITING, Tone.DOUBT),
            (STATES[Stage.REFUSED], Tone.BAD),
            (STATES[Stage.INTERRUPTED], Tone.BAD),
        ),
    ),
    Column("Le", Format.DATETIME, 18),
    Column(ANSWER, Format.WRAPPED, 90),
    Column(RECORD, Format.GENERAL, 12, note="Pour le robot : ce qu’il sait de la demande.", hidden=True),
    SEAL_COLUMN,
)
HEADERS: Final = tuple(column.header for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one number: of a claim, its record; of what waits, only its text. `number` None: of none."""

    number: str | None
    text: str
    recorded: Recorded | None = None


def rows(answers: Sequence[Answer]) -> Rows:
    """One row per number: what waits, then what was claimed, the last first."""
    waiting = [one for one in answers if one.recorded is None]
    claimed = [(one.recorded.moment, one) for one in answers if one.recorded is not None]
    latest = [one for _, one in sorted(claimed, key=lambda pair: (pair[0], str(pair[1].number)), reverse=True)]
    return tuple(sealed(_cells(one)) for one in (*waiting, *latest))


def _cells(one: Answer) -> tuple[WrittenValue, ...]:
    recorded = one.recorded
    if recorded is None:
        return (one.number, None, None, None, WAITING, None, one.text, None)
    return (
        one.number,
        LABELS[recorded.action],
        recorded.detail or None,
        recorded.by or None,
        STATES[recorded.stage],
        recorded.moment.replace(second=0, microsecond=0),
        one.text,
        as_text(recorded),
    )


def as_text(recorded: Recorded) -> str:
    """A record as one text, for a hidden cell or a ledger; equal for equal records. A claim is shown as begun."""
    shown_stage = Stage.CLAIMED if recorded.stage is Stage.RESERVED else recorded.stage
    content = {
        "number": recorded.number,
        "action": recorded.action.value,
        "detail": recorded.detail,
        "by": recorded.by,
        "stage": shown_stage.value,
        "moment": recorded.moment.strftime(_MINUTE),
        "words": recorded.words,
        "token": recorded.token,
        "shown": recorded.shown,
        "armed": recorded.armed,
        "attempts": recorded.attempts,
    }
    return json.dumps({key: value for key, value in content.items() if value}, ensure_ascii=False)


def from_text(stored: CellValue) -> Recorded | None:
    """The record of such a text; None when it is none."""
    try:
        content: dict[str, Any] = json.loads(str(stored))
        action, stage = Action(content.pop("action")), Stage(content.pop("stage"))
        moment = datetime.strptime(content.pop("moment"), _MINUTE)
        texts = {"detail": "", "by": "", **content}
        return Recorded(action=action, stage=stage, moment=moment, **texts)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
