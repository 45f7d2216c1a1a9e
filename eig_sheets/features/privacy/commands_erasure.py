"""Erases what the robot may erase, item by item, so that the next run ends what a killed one began."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eig_sheets.call.report.ranking_inputs import record_of
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.recording import snapshots_of, store_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.privacy.disposal import Item, going
from eig_sheets.features.privacy.files_inventory import path_of, to_candidates, verdicts
from eig_sheets.features.privacy.files_records import RankingRecords, kinds_of
from eig_sheets.features.privacy.files_stored import erase as erase_file
from eig_sheets.personal_data import Fate, Start
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.state import StateError
from eig_sheets.text.french import plural
from eig_sheets.workbook.table import Col, Table

_PAGES, _RUNS, _COPIES = ("pages_jures", "pages_jures_talents"), "historique", "copies_executions"
"""What a database holds item by item."""
_LAST = "registre_grilles"
"""What tells which pages are as we made them: a run that stops before its end leaves it to the next one."""

_ITEMS: Final = Table[Item](
    Col("id", value=lambda item: item.holding.id),
    Col("what", "Quoi", lambda item: item.holding.where),
    Col("item", "Élément", lambda item: item.key),
    Col("made", "Daté du", lambda item: item.made.isoformat()),
    Col("bytes", "Octets", lambda item: item.size),
)


def show_items(items: Sequence[Item], form: str) -> None:
    """Print each item that a purge or an elimination is about to erase."""
    show(_ITEMS, items, form, "Rien n’est à effacer.")


def erase(session: Session, items: Sequence[Item]) -> list[Item]:
    """Erase these items under the workbook's lock; returns those that stay, since they are not as they were listed."""
    if pages := [item.digest for item in items if item.holding.id in _PAGES]:
        session.page_store.erase(pages)
    if runs := [int(item.key) for item in items if item.holding.id == _RUNS]:
        store_of(session).erase(runs)
    if copies := [int(item.key) for item in items if item.holding.id == _COPIES]:
        snapshots_of(session).erase(copies)
    others = [item for item in items if item.holding.id not in (*_PAGES, _RUNS, _COPIES)]
    return [item for item in sorted(others, key=lambda item: item.holding.id == _LAST) if not _erased(session, item)]


def _erased(session: Session, item: Item) -> bool:
    """Erase a file, or all that a database has of one kind; whether it is gone."""
    if item.holding.id == "etat":
        session.state.forget()
    elif item.holding.id == "envois":
        session.ledger.reduce()
    elif item.holding.id == "envois_talents":
        session.ledger.reduce(to_candidates(session, session.ledger.deliveries().values()))
    elif (kind := kinds_of(session.campaign.features).get(item.holding.id)) is not None:
        kind(session.state.folder, session.known.key).purge()
    else:
        return erase_file(path_of(session, item), item.digest)
    return True


def keep_ranking(session: Session) -> None:
    """Keep what the ranking is computed from, without a name, before anything goes (guarantee G12).

    Where the workbook cannot be read any more, one that was kept is enough. Raises Refusal, WorkbookError without any.
    The workbook of candidates alone has no ranking.
    """
    if not session.campaign.part.has_projects:
        return
    kept = RankingRecords(session.state.folder, session.known.key)
    try:
        record = record_of(*results_of(session))
    except (Refusal, WorkbookError) as error:
        if not kept.contents():
            raise
        session.say(f"Le classement n’est pas gardé de nouveau, celui qui l’est déjà suffit : {error}")
    else:
        kept.add(record)


def nightly_purge(session: Session) -> None:
    """Erase the copies whose own period has ended: earlier versions, drafts, logs. A failure prevents nothing.

    What the robot remembers of a campaign that it still synchronises is in use.
    """
    if session.today:  # an option must not erase what only another day would
        return
    try:
        items = [item for item in going(verdicts(session), Fate.PURGED) if item.holding.start is Start.MADE]
        gone = len(items) - len(erase(session, items)) if items else 0
    except (LedgerError, OSError, StateError) as error:
        session.say(f"Les copies dont la durée est échue n’ont pas été effacées ({type(error).__name__}).")
        return
    if gone:
        session.say(f"{plural(gone, 'copie du robot effacée', 'copies du robot effacées')} : leur durée est échue.")
