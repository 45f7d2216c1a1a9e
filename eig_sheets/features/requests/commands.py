"""`requests`: does what officers ask for in `Demandes`, once each, and lists it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import click

from eig_sheets.cli.command import ReadingCommand, WritingCommand
from eig_sheets.cli.output import show, show_changes
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.actions import Actions, actions_of
from eig_sheets.features.requests.commands_actions import jobs_of
from eig_sheets.features.requests.commands_book import RequestBook
from eig_sheets.features.requests.commands_jobs import new_numbers
from eig_sheets.features.requests.commands_runner import RequestRunner, claims_of
from eig_sheets.features.requests.desk import Desk, answers_of
from eig_sheets.features.requests.plan import plan_answers
from eig_sheets.features.requests.rules import Recorded
from eig_sheets.features.requests.rules_steps import Step
from eig_sheets.features.requests.tabs import ACT
from eig_sheets.features.requests.words import STATES, WAITING
from eig_sheets.spreadsheet.model.base import BusyError, MovedError
from eig_sheets.spreadsheet.model.plan import Change
from eig_sheets.storage.state import BusyStateError
from eig_sheets.workbook.table import Col, Table


class _Request(NamedTuple):
    number: str | None
    action: str | None
    detail: str
    by: str
    state: str
    answer: str | None


_TABLE: Final = Table[_Request](
    Col("number", "N°"),
    Col("action", "Action"),
    Col("detail", "Détail", lambda request: request.detail or None),
    Col("by", "Demandé par", lambda request: request.by or None),
    Col("state", "État"),
    Col("answer", "Réponse"),
)


@click.command("run", cls=WritingCommand, acts=(ACT,))
@click.pass_obj
def run_requests(session: Session, *, dry_run: bool, form: str) -> None:
    """Fait ce qui est demandé dans « Demandes », une fois chaque demande, et répond à côté.

    À lancer toutes les cinq minutes (docs/demandes.fr.md). Sans demande, une lecture et rien d’autre. Un classeur
    ouvert dans un tableur, ou tenu par une autre exécution, est laissé pour la fois suivante : c’est dit, code 0. Avec
    --dry-run, montre ce qui serait pris en charge, sans rien faire.
    """
    if dry_run:
        changes = [change for workbook in session.targets for change in _claims(workbook)]
        show_changes(changes, form)
        return
    done: list[Recorded] = []
    held = False
    for workbook in session.targets:
        try:
            done += RequestRunner(workbook, jobs_of(workbook)).run()
        except (BusyError, BusyStateError, MovedError) as busy:
            session.say(f"{busy} Les demandes attendent la fois suivante.")
            held = True
    if held and not done:
        return
    actions = actions_of(session.campaign)
    if done or form != "table":
        show(_TABLE, [_recorded(request, actions, request.words or None) for request in done], form)
    else:
        session.say("Rien à faire dans « Demandes ».")


def _claims(session: Session) -> Sequence[Change]:
    """The cells that taking what is asked for in charge would change."""
    desk = RequestBook(session).read()
    claimed = desk.with_recorded(*claims_of(desk, session.clock.now))
    run = plan_answers(claimed, session.state.load_last_run(), new_numbers(desk.numbers))
    return run.plan.changes(desk.reading.snapshot)


@click.command("list", cls=ReadingCommand, acts=(ACT,))
@click.pass_obj
def list_requests(session: Session, form: str) -> None:
    """Liste les demandes et ce qu’il en est de chacune, sans rien écrire."""
    listed = [request for workbook in session.targets for request in _requests(RequestBook(workbook).read())]
    show(_TABLE, listed, form, "Aucune demande.")


def _requests(desk: Desk) -> Iterator[_Request]:
    """The requests that wait, in the order of the rows; then the answer of each number."""
    actions = actions_of(desk.reading.campaign)
    asked = {row.number: row for row in desk.rows if not row.is_free}
    for task in desk.situation.tasks:
        if task.step is Step.CLAIM:
            yield _Request(task.number, task.asked.typed, task.asked.detail, task.asked.by, "à faire", None)
    for answer in answers_of(desk):
        row = asked.get(answer.number or "")
        if answer.recorded:
            yield _recorded(answer.recorded, actions, answer.text)
        elif row:
            yield _Request(answer.number, row.typed or None, row.detail, row.by, WAITING, answer.text)
        else:
            yield _Request(answer.number, None, "", "", WAITING, answer.text)


def _recorded(request: Recorded, actions: Actions, answer: str | None) -> _Request:
    label, state = actions.label(request.action), STATES[request.stage]
    return _Request(request.number, label, request.detail, request.by, state, answer)
