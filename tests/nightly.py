"""The nightly job on a campaign's workbook, at any moment that a test chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eig_sheets import loading
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import Run, plan_sync, reading_for
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.ledger import Ledger
from tests.in_memory import opened
from tests.program import Campaign

DAY = date(2021, 4, 30)
"""The day of the demo."""


@dataclass
class Robot:
    """One campaign's nightly job. `now` is what its clock says: at first, the moment of the last success."""

    campaign: Campaign
    now: datetime = datetime(2021, 4, 30, 3, 0)
    today: date = DAY

    def __post_init__(self) -> None:
        self.settings = loading.load(self.campaign.config)
        self.texts = load_templates(self.settings)
        self.state = self.campaign.state
        self.book = opened(self.campaign.workbook, self.state)
        self.now = self.heartbeat or self.now

    def sync(self, *, force: bool = False, later: timedelta = timedelta(0)) -> Run:
        """One run, `later` than the last one."""
        self.now += later
        clock = Clock(self.now, self.today)
        last_run = self.state.load_last_run()
        reading = reading_for(self.book.read(), self.settings, last_run, force=force)
        known = Known(last_run=last_run, texts=self.texts, deliveries=self.deliveries)
        run = plan_sync(reading, known, clock, force=force)
        self.book.apply(run.plan)
        if run.last_run is not None:
            self.state.save_last_run(run.last_run)
        return run

    @property
    def deliveries(self) -> dict[str, Delivery]:
        """What the ledger of this machine says."""
        return self.ledger.deliveries()

    @property
    def ledger(self) -> Ledger:
        """The ledger of this machine."""
        return Ledger(self.state.folder, str(self.campaign.workbook))

    @property
    def heartbeat(self) -> datetime | None:
        """The last success that the dashboard shows."""
        board = self.read().tab("Accueil")
        lines = Table(board).rows if board else []
        return next((one["Date"] for one in lines if one["Quoi"] == "Dernière synchronisation réussie"), None)

    def read(self) -> Snapshot:
        """The workbook as it is."""
        return self.book.read()

    def tab(self, name: str) -> Table:
        """A tab of the workbook, by its headers."""
        found = self.read().tab(name)
        assert found is not None, name
        return Table(found)


class Table:
    """A tab by its headers; `rows` as dictionaries, with the 1-based number of each in `row`."""

    def __init__(self, tab: TabSnapshot) -> None:
        self.snapshot = tab
        tops = range(1, min(10, len(tab.rows)) + 1)
        self.top = max(tops, key=lambda row: (sum(value is not None for value in tab.rows[row - 1]), -row))
        self.headers = {str(value): place for place, value in enumerate(tab.rows[self.top - 1]) if value is not None}

    @property
    def rows(self) -> list[dict[str, object]]:
        """Each filled row."""
        numbers = range(self.top + 1, len(self.snapshot.rows) + 1)
        return [self.row(number) for number in numbers if any(v is not None for v in self.snapshot.rows[number - 1])]

    def row(self, number: int) -> dict[str, object]:
        """One row."""
        values = {header: self.snapshot.value(number, place) for header, place in self.headers.items()}
        return {**values, "row": number}

    def cell(self, header: str, key: object, by: str = "") -> str:
        """Address of a header's cell in the row whose first column (or `by`) is the key."""
        found = next(one for one in self.rows if one[by or next(iter(self.headers))] == key)
        return a1(int(str(found["row"])), self.headers[header])
