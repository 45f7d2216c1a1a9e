"""The plan that writes what is recorded of requests in `Réponses`, and keeps free rows in `Demandes`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import RobotRows, blank_sheet
from eig_sheets.campaign.since_last_run import columns_of_tab, is_of_the_last_run
from eig_sheets.features.requests import answers
from eig_sheets.features.requests.answers import RequestAnswer
from eig_sheets.features.requests.desk import Desk, answers_of, answers_on, desk_of
from eig_sheets.features.requests.rules import Recorded
from eig_sheets.features.requests.rules_steps import FREE_ROWS, Step
from eig_sheets.features.requests.tabs import REQUESTS
from eig_sheets.run.sheets import HomeRefresh
from eig_sheets.spreadsheet.model.plan import Operation, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import typographic
from eig_sheets.workbook import diff, journal
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import for_officers

ROWS: Final = RobotRows(answers.TAB, lambda reading, results: answers.rows(answers_on(reading, results)))
HOME: Final = HomeRefresh("chaque demande")


@dataclass(frozen=True, slots=True)
class AnswerRun:
    """A plan that writes what is known of requests, and what to remember once it is applied."""

    desk: Desk
    plan: Plan
    last_run: LastRun


def unusable(reading: Reading) -> tuple[str, str]:
    """Why requests can neither be read nor answered, and what to do, in French; ('', '') when they can."""
    if REQUESTS not in {tab.id for tab in reading.schema.tabs}:
        where = f"ajoutez « demandes » à workbook.people_tabs dans {reading.campaign.to_edit}"
        return (
            "Cet appel n’a pas d’onglet « Demandes ».",
            f"Pour en avoir un, {where}, puis lancez « eig-sheets init ».",
        )
    name = reading.schema.tab(REQUESTS).name
    if REQUESTS not in reading.layout.tabs:
        remedy = "S’il a été renommé, rendez-lui ce nom ; sinon, « eig-sheets init » le crée."
        return f"Le classeur n’a pas d’onglet « {name} » avec ses en-têtes.", remedy
    ours = reading.layout.robot_tabs.get(answers.TAB)
    if ours in reading.snapshot.refused:
        return f"L’onglet « {ours} » est protégé : le robot ne peut pas l’écrire.", "Retirez cette protection."
    return "", ""


def why_unusable(reading: Reading) -> tuple[str, str]:
    """What keeps requests from being done, and what to do, in French; ('', '') where the call has none."""
    if reading.problems:
        remedies = dict.fromkeys(problem.remedy for problem in reading.problems)
        return " ".join(problem.message for problem in reading.problems), " ".join(remedies)
    has_answers = answers.TAB in reading.layout.robot_tabs  # there were requests, in a tab that is not found any more
    what, remedy = unusable(reading)
    return (typographic(what), typographic(remedy)) if has_answers else ("", "")


def plan_held_answers(reading: Reading, kept: Iterable[Recorded], last_run: LastRun) -> AnswerRun:
    """The plan that answers each request to be done with what prevents it; the other answers stay."""
    desk = desk_of(reading, kept)
    if REQUESTS not in reading.layout.tabs or any(unusable(reading)):
        return AnswerRun(desk, checked_plan(reading, []), last_run)
    why = for_officers(" ".join(why_unusable(reading)).strip())
    held = [RequestAnswer(task.number, why) for task in desk.situation.tasks if task.step is Step.CLAIM]
    sheet = replace(blank_sheet(answers.TAB, reading), rows=answers.rows((*held, *answers_of(desk))))
    tab = reading.layout.tabs[REQUESTS]
    operations = [*written(reading, sheet), *_answer_columns(tab, sheet, reading)]
    return AnswerRun(desk, checked_plan(reading, operations), _remembered(reading, last_run, [sheet], tab))


def plan_answers(desk: Desk, last_run: LastRun, numbers: Sequence[str], line: journal.Line | None = None) -> AnswerRun:
    """The plan that says all that is recorded, adds free rows with some of the `numbers`, and a line of the Journal.

    `numbers`: as many as there may have to be free rows, none of them taken.
    """
    reading = desk.reading
    sheet = replace(blank_sheet(answers.TAB, reading), rows=answers.rows(answers_of(desk)))
    sheets = [sheet, *([journal_with(reading, last_run, line)] if line else [])]
    operations = [operation for written_sheet in sheets for operation in written(reading, written_sheet)]
    tab = reading.layout.tabs[REQUESTS]
    operations += [*_answer_columns(tab, sheet, reading), *_free_rows(tab, desk, numbers)]
    return AnswerRun(desk, checked_plan(reading, operations), _remembered(reading, last_run, sheets, tab))


def _answer_columns(tab: TabLayout, sheet: Sheet, reading: Reading) -> Iterator[Operation]:
    """The column of answers in `Demandes`."""
    if not reading.snapshot.capabilities.header_formulas:
        yield from diff.robot_columns(tab, {sheet.id: sheet})
    elif tab.name not in reading.snapshot.refused:
        yield from diff.robot_formulas(tab, {sheet.id: sheet})


def _free_rows(tab: TabLayout, desk: Desk, numbers: Sequence[str]) -> Iterator[Operation]:
    missing = FREE_ROWS - desk.situation.free
    if missing > 0 and tab.name not in desk.reading.snapshot.refused:
        yield diff.append(tab, [{"demande": number} for number in numbers[:missing]])


def _remembered(reading: Reading, last_run: LastRun, sheets: Sequence[Sheet], tab: TabLayout) -> LastRun:
    remembered = remembering(reading, last_run, sheets)
    if not is_of_the_last_run(reading, last_run):
        return remembered
    shown = columns_of_tab(tab, {sheets[0].id: sheets[0]})
    return replace(remembered, columns={**remembered.columns, **shown})
