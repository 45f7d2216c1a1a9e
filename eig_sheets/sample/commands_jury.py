"""The jury of the demonstration at work: its dossiers assigned, the pages of some jurors, what features do then.

Each is what the command of that name does, on the story of the sample.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

from eig_sheets import sample
from eig_sheets.call.jury.assigning import assigning
from eig_sheets.call.jury.commands_ballots import remember
from eig_sheets.call.jury.commands_reading import keep_pages, read_pages
from eig_sheets.call.jury.pages.files_folder import file_names, write
from eig_sheets.call.jury.pages.issue import new_issue
from eig_sheets.call.jury.pages.making import pages_of
from eig_sheets.call.jury.pages.pages import Answers, PageKind
from eig_sheets.call.jury.plan_assignment import AssigningRun, plan_assignment
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.reviews.affectations import Assignment
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.session import Session
from eig_sheets.cli.writing import carried_out
from eig_sheets.sample.history import SampleWork
from eig_sheets.sample.jury import FOLDER, pages_are_out
from eig_sheets.spreadsheet.model.cells import as_read
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot


def put_to_work(demonstration: Session, day: date, folder: Path) -> None:
    """Do what officers and jurors did by a day, once the dossiers are screened; pages are in a folder of `folder`."""
    if not pages_are_out(day):
        return
    with demonstration.locked():
        carried_out(demonstration, lambda: _assigned(demonstration, day))
        _hand_in_pages(demonstration, day, folder / FOLDER)
        for work in demonstration.campaign.features.parts(SampleWork):
            module, _, name = work.place.partition(":")
            getattr(import_module(module), name)(demonstration)


def _assigned(demonstration: Session, day: date) -> AssigningRun:
    """The assignment in which every evaluation of the story is asked for, those of pages as if they were typed."""
    reading = read(demonstration.workbook.read(), demonstration.campaign)
    whole = next(sheet for sheet in sample.sheets(reading.schema, day=day) if sheet.id == "evaluations")
    rows = TabSnapshot(whole.name, [[as_read(value) for value in row] for row in whole.grid()])  # type: ignore[misc]
    tabs = tuple(rows if tab.name == rows.name else tab for tab in reading.snapshot.tabs)
    outcome = assigning(read(replace(reading.snapshot, tabs=tabs), demonstration.campaign), (), adjust=False)
    on_pages = sample.page_answers(reading.schema, day=day)
    assignments = (
        Assignment(pair.numero, pair.jure) if pair.jure in on_pages else pair for pair in outcome.assignments
    )
    outcome = replace(outcome, assignments=(*assignments,))
    return plan_assignment(reading, outcome, demonstration.state.load_last_run(), demonstration.clock.now)


def _hand_in_pages(demonstration: Session, day: date, folder: Path) -> None:
    """Write the pages as their jurors left them, and read them: the sync that follows has what they say."""
    reading, results = results_of(demonstration)
    filled, made = sample.page_answers(reading.schema, day=day), pages_of(reading, results, PageKind.NOTES)
    issues = []
    for page, name in zip(made, file_names(made), strict=True):
        if page.juror in filled:
            done = filled[page.juror]
            issues.append(new_issue(replace(page, answers=Answers(done.answers)) if done else page, name, None))
    remember(
        demonstration, issues, folder, write(issues, folder, demonstration.state.versions, demonstration.campaign.zone)
    )
    for issue in issues:
        if done := filled[issue.page.juror]:
            saved = done.saved.replace(tzinfo=demonstration.campaign.zone).timestamp()
            os.utime(folder / issue.name, (saved, saved))
    keep_pages(demonstration, read_pages(demonstration, [folder]))
