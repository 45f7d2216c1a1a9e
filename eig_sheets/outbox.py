"""The outbox: which e-mails it holds already, which are added, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from eig_sheets.drafts import Draft
from eig_sheets.mail.messages import Blocked, Message
from eig_sheets.reading import Reading
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.cells import WrittenValue, a1
from eig_sheets.workbook.render import envois
from eig_sheets.workbook.render.envois import (
    APPROVED,
    BLOCKED,
    REMOVED,
    SET_ASIDE,
    TO_APPROVE,
    Sending,
)
from eig_sheets.workbook.robot import records


def held(reading: Reading) -> list[Sending]:
    """The e-mails that the outbox holds now, as people left them."""
    table = reading.tables.get("emails")
    frame = table.frame.dropna(subset="id") if table else pd.DataFrame()
    return [_held(row) for row in frame.to_dict("records")]


def _held(row: dict[Any, Any]) -> Sending:
    state = SET_ASIDE if row["ne_pas_envoyer"] is True else APPROVED if row["valider"] is True else TO_APPROVE
    return Sending(row["id"], row["modele"] or "", row["numero"], row["destinataires"], row["objet"], state)


def removed(reading: Reading, here: Sequence[Sending], remembered: Sequence[Sequence[Any]] = ()) -> list[Sending]:
    """The e-mails whose row was deleted from the outbox: `Envois` remembers them, so they never come back.

    `remembered`: headers then rows of `Envois` as the last run left it, should people have spoiled that tab too.
    """
    name = reading.layout.robot_tabs.get("envois")
    headers = [column.header for column in envois.COLUMNS]
    rows = [*records(reading.snapshot.tab(name) if name else None, headers)]
    rows += [{**dict.fromkeys(headers), **dict(zip(headers, row, strict=False))} for row in remembered[1:]]
    known = {one.id for one in here}
    gone: dict[str, Sending] = {}
    for row in rows:
        sending_id = _text(row, "Id")
        if sending_id is not None and sending_id not in known and row["État"] in _WERE_THERE:
            gone.setdefault(sending_id, _gone(sending_id, row))
    return list(gone.values())


def astray(reading: Reading, gone: Sequence[Sending]) -> Iterator[Anomaly]:
    """Of the e-mails that have no row any more, those whose id is elsewhere in the outbox: people moved something.

    On Google, rows that somebody puts above the headers while the robot adds e-mails can do that too.
    """
    emails, ids = reading.layout.tabs.get("emails"), {one.id for one in gone}
    for number, row in enumerate(emails.tab.rows if emails and ids else (), 1):
        for column, value in enumerate(row):
            if isinstance(value, str) and value in ids and emails is not None:
                yield anomaly("email_deplace", emails.name, a1(number, column), value=value)


_WERE_THERE = (TO_APPROVE, APPROVED, SET_ASIDE, REMOVED)


def _gone(sending_id: str, row: Mapping[str, Any]) -> Sending:
    recipients, subject = _text(row, "Destinataires"), _text(row, "Objet")
    return Sending(sending_id, _text(row, "Modèle") or "", _text(row, "N° de dossier"), recipients, subject, REMOVED)


def _text(row: Mapping[str, Any], header: str) -> str | None:
    value = row[header]
    return None if value is None else str(value)


def added(drafts: Sequence[Draft]) -> list[dict[str, WrittenValue]]:
    """The rows to append, by field id: one for each message that nothing holds back."""
    return [
        {
            "id": one.id,
            "modele": one.template,
            "numero": one.numero,
            "destinataires": " ; ".join(one.outcome.to),
            "copie": " ; ".join(one.outcome.cc) or None,
            "objet": one.outcome.subject,
            "message": one.outcome.body,
        }
        for one in drafts
        if isinstance(one.outcome, Message)
    ]


def new(drafts: Sequence[Draft]) -> list[Sending]:
    """Where each draft stands once the ready ones are appended: those first, as the next run will find them."""
    return sorted(map(_new, drafts), key=lambda one: one.state == BLOCKED)


def _new(one: Draft) -> Sending:
    if isinstance(one.outcome, Blocked):
        return Sending(one.id, one.template, one.numero, None, None, BLOCKED, " ".join(one.outcome.reasons))
    recipients = " ; ".join(one.outcome.to)
    return Sending(one.id, one.template, one.numero, recipients, one.outcome.subject, TO_APPROVE)
