"""The reminders of the sample's jury on five days: to whom, which are out of date, none twice, none after the jury."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from eig_sheets import sample
from eig_sheets.call.results import compute
from eig_sheets.campaign.reviews.affectations import Assignment
from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.emails.catalogue.due import message_id
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.emails.drafting.subjects import tables
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import plan_sync, reading_for
from eig_sheets.sample.jury import address
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.storage.last_run import LastRun
from tests.call.jury.test_assignments import with_pairs
from tests.nightly import Table
from tests.sample.support import EIG5, schema, snapshot
from tests.workbook.snapshots import book, evaluation, reading

BEFORE, FIRST, BETWEEN, SECOND, AFTER = DAYS = (
    date(2021, 4, 28), date(2021, 4, 29), date(2021, 5, 2), date(2021, 5, 3), date(2021, 5, 6),
)  # fmt: skip
SENT = "Octave Lormarin"
"""Whose first reminder leaves on the day when it is prepared."""
EVERYONE = {
    "Alix Ventadour", "Basile Quemeneur", "Clémence d’Orgeval", "Driss Amarante", "Élise Rocamadour",
    "Fleur Montségur", "Gaspard Noirmoutier", "Hanaé Belledonne", "Ilyès Chantemerle", "Jeanne Valsenestre",
    "Karim Saint-Véran", "Lucienne Bréhat", "Malo Kerguelen", "Naïma Fontfroide", "Octave Lormarin", "Pia Sauveterre",
    "Quentin Aubrac", "Rose-Aimée Ouessant", "Solal Montréal-du-Gers", "Tess Vaucluse", "Ulysse Grandlieu",
    "Violette Cap-d’Ail",
}  # fmt: skip
AS_LATE = {"Rose-Aimée Ouessant", "Violette Cap-d’Ail"}
"""Who scored nothing in between: their first reminder still tells what they owe."""
LESS_LATE = {
    "Basile Quemeneur", "Clémence d’Orgeval", "Gaspard Noirmoutier", "Ilyès Chantemerle", "Pia Sauveterre",
    "Quentin Aubrac", "Tess Vaucluse",
}  # fmt: skip
"""Who scored some of theirs: another text takes the place of the first, which nobody sent."""
LAST = {"Gaspard Noirmoutier", "Octave Lormarin", "Violette Cap-d’Ail"}

State = dict[str, set[str]]


def reminder(name: str, day: date, version: str = "") -> str:
    return message_id("relance_jure", address(name), day.isoformat()) + version


def reminders(names: set[str], day: date, version: str = "") -> set[str]:
    return {reminder(name, day, version) for name in names}


@pytest.fixture(scope="module")
def nights() -> dict[date, State]:
    """After the sync of each day, the ids of the reminders by their state."""
    return dict(_nights())


def _nights() -> Iterator[tuple[date, State]]:
    workbook, last_run, sent = MemoryWorkbook(Storage()), LastRun(), reminder(SENT, FIRST)
    texts = load_templates(EIG5)
    for day in DAYS:
        made = snapshot(sample.sheets(schema(), day=day)).tabs
        people = [replace(tab, mark="jury") if tab.name == "Jury" else tab for tab in made]
        today = {tab.name: tab for tab in people if tab.name in ("Candidatures", "Jury", "Évaluations")}
        there = workbook.read().tabs if workbook.exists() else people
        workbook.storage.save([today.get(tab.name, tab) for tab in there])
        gone = {sent: Delivery(sent, "relance_jure", None, "smtp", Stage.SENT, "", datetime(2021, 4, 29, 17))}
        deliveries = gone if day > FIRST else {}
        clock = Clock(datetime.combine(day, time(3)), day)
        known = Known(last_run=last_run, texts=texts, deliveries=deliveries)
        run = plan_sync(reading_for(workbook.read(), EIG5, last_run), known, clock)
        workbook.apply(run.plan)
        assert run.last_run is not None
        last_run = run.last_run
        states: State = {}
        for row in Table(workbook.read().tab("Envois")).rows:
            if row["Modèle"] == "relance_jure":
                states.setdefault(str(row["État"]), set()).add(str(row["Id"]))
        yield day, states


@pytest.mark.slow
def test_none_before_the_first_day(nights):
    assert nights[BEFORE] == {}


@pytest.mark.slow
def test_on_the_first_day_each_juror_who_owes_something(nights):
    assert nights[FIRST] == {"À valider": reminders(EVERYONE, FIRST)}


@pytest.mark.slow
def test_between_two_days_none_is_added_and_who_finished_is_left_alone(nights):
    """Whose reminder was sent gets no other one of that period, though what they owe has changed."""
    assert nights[BETWEEN] == {
        "Envoyé": {reminder(SENT, FIRST)},
        "À valider": reminders(AS_LATE, FIRST) | reminders(LESS_LATE, FIRST, ".v2"),
        "Obsolète": reminders(EVERYONE - AS_LATE - {SENT}, FIRST),
    }


def test_on_the_second_day_those_who_still_owe_something_even_who_was_sent_the_first(nights):
    assert nights[SECOND]["À valider"] == reminders(LAST, SECOND)
    assert nights[SECOND]["Envoyé"] == {reminder(SENT, FIRST)}


def test_after_the_jury_nothing_is_left_to_send(nights):
    assert {*nights[AFTER]} == {"Envoyé", "Obsolète"}
    assert reminders(LAST, SECOND) <= nights[AFTER]["Obsolète"]


def test_a_juror_without_any_row_is_reminded_of_what_was_assigned():
    pairs = (Assignment("101", "anna@jury.example"), Assignment("102", "bob@jury.example"))
    left_out = reading(with_pairs(*pairs, snapshot=book(evaluations=[evaluation("102", "bob")])))
    jurors = tables(left_out, compute(left_out)).jurors
    assert dict(zip(jurors["email"], jurors["pending"], strict=True)) == {
        "anna@jury.example": ("101",), "bob@jury.example": (), "chloe@jury.example": (),
    }  # fmt: skip
