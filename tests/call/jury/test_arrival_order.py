"""A page that arrives last and says that it is older: it is said, what was known counts, and a déport steps aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eig_sheets.call.jury.plan_collection import plan_collect_run
from eig_sheets.call.jury.read_pages import Kept, read_page_of
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.storage.last_run import LastRun
from tests.call.jury.pages.pages import read_cells
from tests.call.jury.returned import declaration, page, scores
from tests.columns import CRITERIA, EIG5
from tests.workbook.snapshots import DOSSIERS, JURORS, book

ANNA = "anna@jury.example"
NOON = datetime(2021, 5, 4, 12)


class Folder:
    """The pages that arrived, each a day after the one before, and the workbook that collects them."""

    def __init__(self):
        self.storage, self.pages = Storage(), ()
        self.storage.save(book(DOSSIERS, JURORS, []).tabs)
        self.records = ()

    def arrives(self, sent, hours, days=None):
        """A page saved so many hours after noon by its own clock; received as many days after as there are pages."""
        count = len(self.pages) + 1
        came = replace(
            read_cells(sent), digest=f"d{count}", source=f"{count}.xlsx", modified=NOON + timedelta(hours=hours)
        )
        received = NOON + timedelta(days=10 + (count if days is None else days))
        self.pages = (*self.pages, read_page_of(came, CRITERIA, received))

    def collect(self, present=None):
        """Collect twice: the second changes nothing. Gives what is said, and the reading."""
        kept = Kept(self.pages, self.pages if present is None else present, self.records)
        for again in (False, True):
            workbook = MemoryWorkbook(self.storage)
            reading = read(workbook.read(), EIG5)
            run = plan_collect_run(reading, kept, LastRun(), NOON, ())
            assert not (again and run.plan), run.plan.changes(reading.snapshot)
            workbook.apply(run.plan)
            kept = replace(kept, records=run.collection.records)
        self.records = kept.records
        said = [one for one in run.anomalies if "ordre_incertain" in one.code]
        return said, read(MemoryWorkbook(self.storage).read(), EIG5)

    def note(self, reading):
        """Anna's first score of 101."""
        rows = reading.valid_rows("evaluations")
        return rows.loc[(rows["jure"] == ANNA) & (rows["numero"] == "101"), CRITERIA[0]].item()


def notes(**said):
    return page(ANNA, {numero.removeprefix("n"): value for numero, value in said.items()})


@pytest.mark.slow
def test_a_late_clock_is_said_with_both_files_and_moments_and_what_was_known_counts():
    folder = Folder()
    folder.arrives(notes(n101=scores(2)), 0)
    folder.arrives(notes(n101=scores(4)), -3)
    (said,), reading = folder.collect()
    assert folder.note(reading) == 2
    assert (said.code, said.tab, said.cell, said.dossier) == ("ordre_incertain", "Notes reçues", "B2", "101")
    assert str(said.severity) == "avertissement"
    assert said.message.replace("\u202f", " ") == (
        f"{ANNA} : 2.xlsx, Grille!B19, reçue le 16/05/2021 12:00, est arrivée la dernière mais se dit enregistrée le "
        "04/05/2021 09:00, avant 1.xlsx (04/05/2021 12:00) : elle ne compte pas."
    )
    assert "ouvrez « 2.xlsx », enregistrez-la, puis relancez « eig-sheets jury collect » : elle comptera" in (
        said.remedy.replace("\u202f", " ").replace("\u00a0", " ")
    )


@pytest.mark.parametrize(("day", "told"), [(5, 1), (6, 0)])
def test_the_last_day_of_notes_is_one_of_them_and_the_next_is_not(day, told):
    folder = Folder()
    for late, score in ((0, 2), (-3, 4)):
        folder.arrives(notes(n101=scores(score)), (day - NOON.day) * 24 + late)
    said, _ = folder.collect()
    assert EIG5.scoring.closes.day == 5
    assert len(said) == told


@pytest.mark.slow
def test_what_the_remedies_say_ends_it():
    folder = Folder()
    folder.arrives(notes(n101=scores(2)), 0)
    folder.arrives(notes(n101=scores(4)), -3)
    folder.collect()
    assert folder.collect(present=folder.pages[:1])[0] == []  # taken out of the folder
    folder.arrives(notes(n101=scores(4)), 1)  # opened and saved again
    said, reading = folder.collect()
    assert (said, folder.note(reading)) == ([], 4)


@pytest.mark.parametrize(
    "arrivals",
    [
        [(scores(2), 0, 1), (scores(4), 1, 2)],  # in order
        [(scores(2), 0, 1), (scores(2), -3, 2)],  # the same notes
        [(scores(2), 0, 1), (scores(4), -3, 1)],  # collected together: the moments are all that is known
        [(scores(2), 0, 1), (scores(4), -3, 2), (scores(3), 1, 3)],  # a later page settles it
    ],
)
def test_an_order_that_is_sure_is_not_said(arrivals):
    folder = Folder()
    for said, hours, days in arrivals:
        folder.arrives(notes(n101=said), hours, days)
    assert folder.collect()[0] == []


@pytest.mark.slow
@pytest.mark.parametrize("word", ["oui", "Oui, je connais le porteur"])
def test_a_deport_of_a_page_with_a_late_clock_steps_aside_until_a_page_says_otherwise(word):
    folder = Folder()
    folder.arrives(notes(n101=scores(2)), 0)
    folder.collect()
    folder.arrives(notes(n101={"deport": word}), -3)
    (said,), reading = folder.collect()
    assert (said.code, str(said.severity)) == ("deport_d_ordre_incertain", "bloquant")
    tab = reading.snapshot.tab("Notes reçues")
    assert tab.rows[0][ord(said.cell[0]) - ord("A")] == "Déport"
    values = [one.version.values for one in folder.records]
    assert values == [{"deport": word}]
    folder.arrives(notes(n101=scores(3)), 2)
    said, reading = folder.collect()
    assert (said, folder.note(reading)) == ([], 3)


@pytest.mark.slow
def test_the_deports_of_two_declarations_in_doubt_both_count():
    folder = Folder()
    folder.arrives(declaration(ANNA, {"101": "", "102": "oui"}, declared="oui"), 0)
    folder.arrives(declaration(ANNA, {"101": "oui", "102": ""}), -3)
    (said,), reading = folder.collect()
    assert (said.code, said.tab) == ("deport_d_ordre_incertain", "Déclarations reçues")
    assert {("101", ANNA), ("102", ANNA)} <= recusals_of(reading).keys()
    (record,) = folder.records
    assert record.version.values["declare"] == "oui"
    folder.arrives(declaration(ANNA, {"101": "", "102": ""}, declared="oui"), 2)
    said, reading = folder.collect()
    assert said == []
    assert {("101", ANNA), ("102", ANNA)}.isdisjoint(recusals_of(reading))
