"""Writes a workbook for a command: plan, then show, or lock, apply and remember; and prints the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.doubts import doubts_key
from eig_sheets.cli.output import change_records, show, show_changes, show_object
from eig_sheets.cli.pipeline import applied_and_kept
from eig_sheets.cli.session import Session
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.table import Table


class Change(Protocol):
    """What a command does to a workbook: the plan, and what to remember once that is applied."""

    @property
    def plan(self) -> Plan:
        """What is to be written, its line of the Journal included."""

    @property
    def last_run(self) -> LastRun:
        """What the next run needs."""


class ReadChange(Change, Protocol):
    """The same, with what was read of it."""

    @property
    def reading(self) -> Reading:
        """The workbook as it was read."""


C = TypeVar("C", bound=Change)
Row = TypeVar("Row")


def carried_out(session: Session, planned: Callable[[], C], *, dry_run: bool = False) -> C:
    """The change that `planned` gives, once it is written under the lock and remembered; only planned in a dry run.

    It is planned again when people change the workbook meanwhile.
    """
    if dry_run:
        return planned()
    with session.locked():
        return applied_and_kept(session, planned, lambda change: change.plan, lambda change: change.last_run)


def answer(
    change: ReadChange,
    record: Mapping[str, Any],
    table: Table[Row],
    rows: Sequence[Row],
    empty: str,
    form: str,
    *,
    dry_run: bool,
    impossible: bool = False,
) -> None:
    """Print what was done: `record` as JSON, or the table; in a dry run, the cells that would change.

    Of what is `impossible`, nothing would change: its table is shown, as what is the least to relax.
    """
    changes = change.plan.changes(change.reading.snapshot) if dry_run else []
    if form == "json":
        show_object({**record, **doubts_key(), **({"changes": change_records(changes)} if dry_run else {})})
    elif dry_run and not impossible:
        show_changes(changes, form)
    else:
        show(table, rows, form, empty)
