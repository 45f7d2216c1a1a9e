"""Writes an import, recorded first so that it can be undone; and says what differs in dossiers already there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from eig_sheets.cli.pipeline import applied, intending
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.storage.import_log import ImportLog
from eig_sheets.storage.import_record import ImportRecord
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.importing import ImportRun
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.model.capabilities import Capabilities
from eig_sheets.workbook.model.plan import Plan


class WrittenImport(Protocol):
    """What writes an import, what it remembers, and what to keep of it before it is written."""

    @property
    def plan(self) -> Plan:
        """What it writes."""

    @property
    def last_run(self) -> LastRun:
        """What it remembers."""

    @property
    def record(self) -> ImportRecord | None:
        """What to keep; None when it adds nothing."""


ImportT = TypeVar("ImportT", bound=WrittenImport)


def write_import(session: Session, planned: Callable[[], ImportT]) -> ImportT:
    """Apply the plan of an import, under the lock.

    What it is about to write is recorded first, so that it can be undone whatever stops us; what it remembers of the
    values comes last: until then, the workbook itself says it.
    """
    log = ImportLog(session.state.folder, session.known.key)

    def recorded() -> ImportT:
        run = planned()
        if run.record is not None:
            log.add(run.record)
        return run

    with session.locked():
        run = applied(session, recorded, intending(session, lambda run: run.plan, lambda run: run.last_run))
        if run.record is not None:
            log.mark(run.record)
        session.state.save_last_run(run.last_run)
    return run


def refuse_to_fill(capabilities: Capabilities) -> None:
    """Raise Refusal where people type meanwhile: no cell of theirs is written by its place."""
    if capabilities.concurrent_editors:
        raise Refusal(
            typographic(
                "« --fill » ne complète que les cellules d’un classeur .xlsx : ici, des personnes saisissent en même "
                "temps que le robot, qui n’écrit donc dans aucune de leurs cellules. Relancez sans « --fill » : ce qui "
                "manque sera listé dans « Modifications reçues », avec la cellule où le recopier."
            )
        )


def filled_part(run: ImportRun, *, dry_run: bool) -> list[str]:
    """How many cells are filled, in words; nothing without any."""
    word, words = ("à compléter",) * 2 if dry_run else ("complétée", "complétées")
    return [plural(len(run.filled), f"cellule {word}", f"cellules {words}")] if run.filled else []


def changes_sentences(run: ImportRun) -> list[str]:
    """The sentence on where received changes are listed; nothing without any."""
    if not run.changes.lines:
        return []
    name = run.reading.layout.robot_tabs.get("modifications", run.reading.schema.robot_tabs["modifications"])
    count = plural(
        len(run.changes.lines), "modification reçue n’est pas reprise", "modifications reçues ne sont pas reprises"
    )
    return [f"{count} dans le classeur : onglet « {name} »."]
