"""The outbox: which e-mails it holds already, which are added, and where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from eig_sheets.drafts import Draft
from eig_sheets.mail.messages import Blocked, Message
from eig_sheets.reading import Reading
from eig_sheets.workbook.cells import MAX_TEXT, WrittenValue
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


def removed(reading: Reading, here: Sequence[Sending]) -> list[Sending]:
    """The e-mails whose row was deleted from the outbox: `Envois` remembers them, so they never come back."""
    name = reading.layout.robot_tabs.get("envois")
    known = {one.id for one in here}
    return [
        Sending(
            str(row["Id"]),
            _text(row, "Modèle") or "",
            _text(row, "N° de dossier"),
            _text(row, "Destinataires"),
            _text(row, "Objet"),
            REMOVED,
        )
        for row in records(reading.snapshot.tab(name) if name else None, "Id")
        if row.get("État") != BLOCKED and row["Id"] is not None and str(row["Id"]) not in known
    ]


def _text(row: Any, header: str) -> str | None:
    value = row.get(header)
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
        if isinstance(one.outcome, Message) and len(one.outcome.body) <= MAX_TEXT
    ]


def new(drafts: Sequence[Draft]) -> list[Sending]:
    """Where each draft stands once the ready ones are appended: those first, as the next run will find them."""
    return sorted(map(_new, drafts), key=lambda one: one.state == BLOCKED)


def _new(one: Draft) -> Sending:
    if isinstance(one.outcome, Blocked):
        return Sending(one.id, one.template, one.numero, None, None, BLOCKED, " ".join(one.outcome.reasons))
    recipients = " ; ".join(one.outcome.to)
    if len(one.outcome.body) > MAX_TEXT:
        detail = "Message trop long pour une cellule : raccourcissez le texte saisi ou le modèle."
        return Sending(one.id, one.template, one.numero, recipients, one.outcome.subject, BLOCKED, detail)
    return Sending(one.id, one.template, one.numero, recipients, one.outcome.subject, TO_APPROVE)
