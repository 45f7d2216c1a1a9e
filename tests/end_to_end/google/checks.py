"""What holds after any run, whatever people did meanwhile."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from typing import Any

from eig_sheets.call.jury.files_received import PageStore
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.emails.outbox.archive import SENDINGS
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import Run, plan_sync, reading_for
from eig_sheets.run.sheets import result_sheets
from eig_sheets.spreadsheet.google.book import GoogleWorkbook
from eig_sheets.spreadsheet.google.cells import serial
from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.model.cells import Formula, Link, a1, as_read
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.ledger import Ledger
from eig_sheets.storage.state import State
from tests.end_to_end.google.belongings import lost, robots
from tests.end_to_end.google.support import DAY, Desk
from tests.program import Outcome
from tests.sheets_server.model import Book


def ended_well(outcome: Outcome) -> None:
    """Done; or a refusal in French, and nothing else."""
    assert outcome.code in (0, 1), outcome
    assert "Traceback" not in outcome.err, outcome.err
    assert (outcome.err + outcome.out).strip(), "nothing was said"


def nothing_lost(desk: Desk) -> None:
    """No call of the last run changed anything of people's."""
    for before, after in desk.writes:
        assert lost(before, after) == []


def ids(book: Book) -> Counter[str]:
    """Every cell of people's tabs that holds the id of an e-mail."""
    ours = robots(book)
    cells = (cell for sheet in book.sheets if sheet.id not in ours for _, _, cell in sheet.filled(sheet.extent))
    texts = (cell.value for cell in cells if isinstance(cell.value, str))
    return Counter(text for text in texts if _ID.fullmatch(text))


_ID = re.compile(r"(accuse|pieces|ineligible|convocation|laureat|liste|non_retenu|cofinancement|relance)\w*-[\w-]+")


def appended(desk: Desk) -> Counter[str]:
    """The ids that the last run added to the outbox."""
    return sum(((ids(after) - ids(before)) for before, after in desk.writes), Counter())


def planned(desk: Desk) -> Run:
    """What another run would do, computed in full on another reading."""
    campaign, state = desk.campaign, State(desk.state, desk.key)
    snapshot = GoogleWorkbook(desk.key, connect(desk.env), state).read()
    clock = Clock(datetime.now(campaign.zone).replace(tzinfo=None), date.fromisoformat(DAY))
    deliveries = Ledger(state.folder, desk.key).deliveries()
    last_run, pages = state.load_last_run(), PageStore(state.folder, desk.key).kept()
    known = Known(last_run=last_run, texts=load_templates(campaign), deliveries=deliveries, pages=pages)
    return plan_sync(reading_for(snapshot, campaign, last_run, force=True), known, clock, force=True)


def is_right(desk: Desk) -> None:
    """Another run has nothing to write, and the spreadsheet shows what is so."""
    outcome = desk.sync()
    assert (outcome.code, desk.written) == (0, 0), (outcome, desk.calls)
    shows_what_is_so(desk)


def shows_what_is_so(desk: Desk) -> None:
    """Every robot's tab and column says what another reading and its results say."""
    run = planned(desk)
    _shows_its_results(desk, run)
    _columns_show_their_tabs(desk, run)


def _shows_its_results(desk: Desk, run: Run) -> None:
    """Every robot's tab says what the results of another reading are, cell by cell."""
    assert run.results is not None, run.problems
    assert run.emails is not None
    for sheet in result_sheets(run.reading, run.results.having(SENDINGS, run.emails.lines)).values():
        assert _shown(desk, sheet) == _wanted(sheet), sheet.name


def _wanted(sheet: Sheet) -> list[list[Any]]:
    rows = [
        [_plain(as_read(value) if isinstance(value, (Formula, Link)) else value) for value in row]
        for row in sheet.grid()
    ]
    return [_trimmed(row) for row in rows]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return round(serial(value), 9)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return round(float(value), 9)
    return "" if value is None else value


def _trimmed(row: list[Any]) -> list[Any]:
    while row and row[-1] == "":
        row.pop()
    return row


def _shown(desk: Desk, sheet: Sheet) -> list[list[Any]]:
    rows = [_trimmed([_plain(value) for value in row]) for row in desk.values(sheet.name)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


SHOWN_BY = (
    ("candidatures", "eligibilite", "eligibilite", "Éligibilité"),
    ("candidatures", "rang", "classement", "Rang"),
    ("candidatures", "note", "classement", "Note /20"),
    ("candidatures", "proposition", "classement", "Proposition"),
    ("candidatures", "cofinancement", "classement", "Co-financement"),
    ("emails", "etat", "envois", "État"),
)
"""A tab of people, a column of the robot there, the robot's tab that it shows, and the header of what it shows."""


def _columns_show_their_tabs(desk: Desk, run: Run) -> None:
    """Every robot's column shows beside each number what the robot's tab says of it; or an anomaly names the cell."""
    layout = run.reading.layout
    for tab_id, robot_id, robot_tab, header in SHOWN_BY:
        tab = layout.tabs[tab_id]
        key = tab.columns[tab.schema.key]
        known = {
            _key(row[tab.schema.field(tab.schema.key).header]): row[header]
            for row in desk.rows(layout.robot_tabs[robot_tab])
        }
        column, values = tab.robot_columns.get(robot_id), desk.values(tab.name)
        if column is None and robot_id not in tab.tab.column_marks.values():
            continue  # people deleted it; init adds another
        if column is None:
            assert robot_id in tab.lost, f"{robot_id} of {tab.name} is not there, and nobody is told"
            continue
        if tab.tab.in_table(tab.header_row, column) and (tab.header_row, column) not in tab.tab.formulas:
            told = {(row["Onglet"], row["Cellule"]) for row in desk.rows(layout.robot_tabs["anomalies"])}
            assert (tab.name, a1(tab.header_row, column)) in told
            continue
        line = dict(enumerate(values[tab.header_row - 1]))
        if str(line.get(column)).startswith("#"):
            below = [
                a1(row, column) for row in range(tab.header_row + 1, len(values) + 1) if _at(values, row, column) != ""
            ]
            named = {(row["Onglet"], row["Cellule"]) for row in desk.rows(layout.robot_tabs["anomalies"])}
            assert below, f"{tab.name}: {robot_id} shows {line.get(column)}"
            assert {(tab.name, cell) for cell in below} <= named
            continue
        for row in range(tab.header_row + 1, len(values) + 1):
            number = _key(_at(values, row, key))
            if number.startswith("#"):  # what looks an error up shows it
                continue
            assert _at(values, row, column) == (known.get(number, "") if number else ""), (tab.name, robot_id, row)


def _at(values: list[list[Any]], row: int, column: int) -> Any:
    line = values[row - 1]
    return line[column] if column < len(line) else ""


def _key(value: object) -> str:
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def only_the_journal_changed(desk: Desk) -> None:
    """A run that failed wrote nothing but the line that says so."""
    for before, after in desk.writes:
        was = {sheet.id: sheet.cells for sheet in before.sheets}
        changed = [sheet.title for sheet in after.sheets if was.get(sheet.id) != sheet.cells]
        marked = {item["location"]["sheetId"] for item in after.metadata if _is_journal(item)}
        assert {sheet.id for sheet in after.sheets if sheet.title in changed} <= marked, changed


def _is_journal(item: dict[str, Any]) -> bool:
    return bool(item["metadataKey"] == "eig-sheets.tab" and item["metadataValue"].startswith("journal@"))
