"""The tab `Réponses`: the state of each request, by its number; it is the record by which each is done once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from eig_sheets.features.requests.rules import Recorded, Stage
from eig_sheets.features.requests.words import STATES, WAITING
from eig_sheets.spreadsheet.model.cells import CellValue, WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.records import SEAL_COL, sealed
from eig_sheets.workbook.table import Col, Table

TAB: Final = "reponses"
_MINUTE: Final = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True, slots=True)
class RequestAnswer:
    """The answer to a request: its record once claimed, only a text while it waits.

    `number` None: it has none. `label`: that of the action that was claimed.
    """

    number: str | None
    text: str
    recorded: Recorded | None = None
    label: str | None = None


def as_text(recorded: Recorded) -> str:
    """A record as one text, for a hidden cell or a ledger; equal for equal records. A claim is shown as begun."""
    shown_stage = Stage.CLAIMED if recorded.stage is Stage.RESERVED else recorded.stage
    content = {
        "number": recorded.number,
        "action": str(recorded.action),
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


def _of_claim(value: Callable[[Recorded], WrittenValue]) -> Callable[[RequestAnswer], WrittenValue]:
    """The value of a claim's record; None while the request waits."""
    return lambda answer: None if answer.recorded is None else value(answer.recorded)


TABLE: Final = Table[RequestAnswer](
    Col("number", tab=Column("N° de demande", width=14)),
    Col("action", value=lambda answer: answer.label, tab=Column("Action", width=26)),
    Col(
        "detail", value=_of_claim(lambda claim: claim.detail or None),
        tab=Column("Détail", Format.WRAPPED, 30, "Tel qu’il était quand le robot a pris la demande en charge."),
    ),
    Col("by", value=_of_claim(lambda claim: claim.by or None), tab=Column("Demandé par", width=20)),
    Col(
        "state", value=lambda answer: WAITING if answer.recorded is None else STATES[answer.recorded.stage],
        tab=Column(
            "État", width=16,
            tones=(
                (STATES[Stage.DONE], Tone.GOOD),
                (STATES[Stage.TO_CONFIRM], Tone.DOUBT),
                (WAITING, Tone.DOUBT),
                (STATES[Stage.REFUSED], Tone.BAD),
                (STATES[Stage.INTERRUPTED], Tone.BAD),
            ),
        ),
    ),
    Col(
        "moment", value=_of_claim(lambda claim: claim.moment.replace(second=0, microsecond=0)),
        tab=Column("Le", Format.DATETIME, 18),
    ),
    Col("text", tab=Column("Réponse", Format.WRAPPED, 90)),
    Col(
        "record", value=_of_claim(as_text),
        tab=Column(
            "Pour le robot", Format.GENERAL, 12, note="Pour le robot : ce qu’il sait de la demande.", hidden=True
        ),
    ),
    SEAL_COL,
)  # fmt: skip


def rows(answers: Sequence[RequestAnswer]) -> Rows:
    """One row per number: what waits, then what was claimed, the last first."""
    waiting = [answer for answer in answers if answer.recorded is None]
    claimed = [(answer.recorded.moment, answer) for answer in answers if answer.recorded is not None]
    latest = [answer for _, answer in sorted(claimed, key=lambda pair: (pair[0], str(pair[1].number)), reverse=True)]
    return sealed(TABLE, (*waiting, *latest))


def from_text(stored: CellValue) -> Recorded | None:
    """The record that a text holds; None when it holds none."""
    try:
        content: dict[str, Any] = json.loads(str(stored))
        action, stage = str(content.pop("action")), Stage(content.pop("stage"))
        moment = datetime.strptime(content.pop("moment"), _MINUTE)
        texts = {"detail": "", "by": "", **content}
        return Recorded(action=action, stage=stage, moment=moment, **texts)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
