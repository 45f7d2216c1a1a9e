"""The line of the Journal that says a failure: once a day, and again where a success hides it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eig_sheets import loading
from eig_sheets.run.failures import plan_failure
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import journal

pytestmark = pytest.mark.in_memory

NOON = datetime(2021, 5, 6, 12)
FAILED = journal.line(NOON, journal.FAILED, "L’onglet « Jury » est introuvable.", "Rendez-lui ce nom.")
OTHER = journal.line(NOON + timedelta(minutes=30), journal.FAILED, "Autre chose.", "")


def done(hours: float) -> journal.Line:
    return journal.line(NOON + timedelta(hours=hours), journal.DONE, "31 dossiers.")


@pytest.mark.parametrize(
    ("lines", "hours", "is_written"),
    [
        ([FAILED], 6, False),
        ([OTHER, FAILED], 6, False),
        ([FAILED], 24, True),
        ([done(0.5), FAILED], 0.9, False),
        ([done(0.5), FAILED], 1, True),
        ([OTHER, done(0.5), FAILED], 2, True),
        ([], 1, True),
    ],
)
def test_it_is_said_again_where_a_success_hides_it(demo, lines, hours, is_written):
    snapshot = demo.read()
    tabs = [replace(tab, rows=[*headers(tab), *lines]) if tab.name == "Journal" else tab for tab in snapshot.tabs]
    now, what, remedy = NOON + timedelta(hours=hours), *map(str, FAILED[2:])
    plan = plan_failure(
        replace(snapshot, tabs=tuple(tabs)), loading.load(demo.config), LastRun(), now, what, remedy, among=20
    )
    assert bool(plan.operations) == is_written


def headers(tab):
    """The rows down to that of the headers."""
    last = next(number for number, row in enumerate(tab.rows, 1) if "Résultat" in row)
    return tab.rows[:last]
