"""The workbooks of the demonstration: that of projects and that of a feature, filled as they are on a day."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from eig_sheets import sample
from eig_sheets.campaign.campaign_schema import schema_of
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.session import Session
from eig_sheets.cli.two_workbooks_sync import synchronise_both
from eig_sheets.cli.workbook_creation import planned_init
from eig_sheets.installed import FEATURES
from eig_sheets.sample.history import SampleWorkbook
from eig_sheets.sync.nightly import Run
from eig_sheets.workbook.grist.client import key_of
from eig_sheets.workbook.grist.creation import create_document
from eig_sheets.workbook.model.plan import CreateTab, Plan
from eig_sheets.workbook.model.sheet import Sheet

_OTHERS: Final = FEATURES.parts(SampleWorkbook)
FILES: Final = ("../campagne.xlsx", *(other.file for other in _OTHERS))
"""Where they are, from the folder of the configuration."""


def new_document(team: str, name: str = "Campagne de démonstration") -> str:
    """The address of a new Grist document."""
    return create_document(team, key_of(os.environ), name).url


def new_documents(team: str) -> tuple[str, ...]:
    """The addresses of a new Grist document for each."""
    return (new_document(team), *(new_document(team, other.document) for other in _OTHERS))


def create(demonstration: Session, day: date | None = None) -> None:
    """Create the workbooks of the demonstration as they are on a day; without one, with the call for projects alone."""
    for session in demonstration.targets:
        fill(session, sample.sheets(schema_of(session.campaign), day=day, on_pages=day is not None))
        if day is not None:
            _record_sent(session, day)


def fill(session: Session, sheets: Sequence[Sheet]) -> None:
    """Create a workbook, with what people typed in these of its tabs."""
    plan, _ = planned_init(session)
    rows = {sheet.id: sheet.rows for sheet in sheets}

    def filled(sheet: Sheet) -> Sheet:
        blank = (None,) * len(sheet.robot_columns)
        return replace(sheet, rows=tuple((*row, *blank) for row in rows[sheet.id])) if sheet.id in rows else sheet

    operations = (
        replace(operation, sheet=filled(operation.sheet)) if isinstance(operation, CreateTab) else operation
        for operation in plan.operations
    )
    session.workbook.apply(Plan(plan.version, tuple(operations)))


def _record_sent(session: Session, day: date) -> None:
    gone = sample.sent(day, session.campaign.emails.experimentation)
    session.ledger.record_outcomes(
        *(
            delivery
            for delivery in gone
            if session.campaign.catalogue.email_of(delivery.template).is_of(session.campaign.part)
        )
    )


def synchronised(demonstration: Session) -> Run:
    """The run of the projects' workbook, once both are synchronised. Raises WorkbookError."""
    sessions = demonstration.targets
    if len(sessions) == 1:
        return synchronise(demonstration)
    nights = synchronise_both(sessions)
    for night in nights:
        if night.error is not None:
            raise night.error
    return next(night.run for night in nights if night.run is not None)
