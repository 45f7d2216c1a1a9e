"""`outcomes`: tells Démarche Numérique what people decided, once a person has confirmed of how many dossiers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

import click

from eig_sheets.call.applications.demarche.client import connect, settings_of
from eig_sheets.cli.click_french import WholeNumber
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.emails.confirmation import confirm_count, refuse_another_day
from eig_sheets.cli.emails.filters import dossier_option, refuse_unknown_dossier
from eig_sheets.cli.emails.sender import write_update
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.outcomes.columns import ACT
from eig_sheets.features.outcomes.commands_pusher import LinesOf, OutcomePusher, Seen, planned
from eig_sheets.features.outcomes.commands_texts import (
    absent_warning,
    announced,
    appeal_warning,
    count_sentence,
    failure_sentence,
    journal_line,
    print_lines,
    reply_warning,
    told_twice_warning,
)
from eig_sheets.features.outcomes.lines import Line, editable_elsewhere, instruction_lines, lines_of, unchanged
from eig_sheets.features.outcomes.rules import OutcomeStatus
from eig_sheets.features.outcomes.services import Demarche, missing_instructeur
from eig_sheets.features.outcomes.settings import OutcomeSettings
from eig_sheets.run.sending import report_outcomes
from eig_sheets.text.french import plural

_confirm_option = click.option(
    "--confirm", type=WholeNumber(0), metavar="N", help="Leur nombre, pour un script : sans question."
)
_dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Montre ce qui serait fait et ce qui attend, sans rien faire ni écrire."
)


@click.command(cls=ReadingCommand, acts=(ACT,))
@dossier_option
@_confirm_option
@_dry_run_option
@click.pass_obj
def instruction(session: Session, dossier: str | None, confirm: int | None, *, dry_run: bool, form: str) -> None:
    """Passe en instruction les dossiers du classeur, une fois l’appel clos : leurs porteurs ne les modifient plus.

    Montre d’abord lesquels ; il faut ensuite taper leur nombre. Un dossier déjà en instruction reste comme il est.
    """
    clock = session.clock
    with _pusher(session, lambda run, states, acts: instruction_lines(run, states, acts, clock.told)) as pusher:
        seen = pusher.look()
        reply = reply_warning(seen.run.reading.campaign.emails, clock.today)
        for warning in filter(None, (reply, absent_warning(editable_elsewhere(seen.lines, seen.states)))):
            session.say(warning)
        _go_on(session, pusher, seen, dossier, confirm, dry_run=dry_run, form=form)


@click.command(cls=ReadingCommand, acts=(ACT,))
@dossier_option
@_confirm_option
@_dry_run_option
@click.pass_obj
def push(session: Session, dossier: str | None, confirm: int | None, *, dry_run: bool, form: str) -> None:
    """Rend dans Démarche Numérique les décisions annoncées : accepter, refuser, classer sans suite, une fois chacune.

    « Retour au porteur » devient la motivation, que le porteur lit. Rien n’est rendu avant emails.announced, ni avant
    que l’e-mail qui annonce la décision soit « Envoyé ». Montre d’abord ce qui serait rendu ; il faut ensuite taper le
    nombre de décisions. Ce que Démarche Numérique dit décidé autrement est signalé, jamais changé.
    """
    by_service, today = _service_writes(session), session.clock.today
    with _pusher(
        session, lambda run, states, acts: lines_of(run, states, acts, today, by_service=by_service)
    ) as pusher:
        seen = pusher.look()
        if by_service and (warning := told_twice_warning(seen.run.reading.campaign.emails)):
            session.say(warning)
        if warning := appeal_warning(_of(dossier, seen.lines), seen.run.reading.campaign, by_service=by_service):
            session.say(warning)
        _go_on(session, pusher, seen, dossier, confirm, dry_run=dry_run, form=form)


def _service_writes(session: Session) -> bool:
    return session.campaign.section(OutcomeSettings).service_writes


@contextmanager
def _pusher(session: Session, lines_of: LinesOf) -> Iterator[OutcomePusher]:
    with _demarche(session) as demarche:
        yield OutcomePusher(session, demarche, lines_of, notify=_service_writes(session))


@contextmanager
def _demarche(session: Session) -> Iterator[Demarche]:
    """The démarche of the configuration. Raises DemarcheError when it does not say which, or who decides."""
    settings = settings_of(session.campaign)
    if not settings.instructeur.strip():
        raise missing_instructeur(session.campaign.to_edit)
    with closing(connect(session.campaign, os.environ)) as client:
        yield Demarche(client, settings.number, settings.instructeur)


def _go_on(
    session: Session,
    pusher: OutcomePusher,
    seen: Seen,
    dossier: str | None,
    confirm: int | None,
    *,
    dry_run: bool,
    form: str,
) -> None:
    """Show what is to be done; unless it is a dry run, have that confirmed, do it and show what became of it."""
    if not dry_run:
        refuse_another_day(session, "une décision", "--dry-run")
    refuse_unknown_dossier(dossier, seen.run.reading)
    lines = _of(dossier, seen.lines)
    chosen = [line for line in lines if line.outcome.status is OutcomeStatus.TO_DO]
    if not dry_run:
        session.say(announced(chosen))
        if chosen or confirm is not None:
            waiting = f"Rien n’est fait : {plural(len(chosen), 'dossier attend', 'dossiers attendent')}"
            confirm_count(len(chosen), confirm, what="de dossiers", to_do="le faire", waiting=waiting)
        if chosen:
            _push(session, pusher, chosen, dossier, form)
            return
    print_lines(lines, seen.run.reading, form)


def _of(dossier: str | None, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if dossier in (None, line.outcome.numero)]


def _push(session: Session, pusher: OutcomePusher, chosen: Sequence[Line], dossier: str | None, form: str) -> None:
    """Push the chosen lines as they still are, under the locks; show what became of every line of the dossier, or all.

    Raises Refusal when something failed, or was changed meanwhile.
    """
    with session.locked(), ExitStack() as cleanup:
        seen = pusher.look()
        cleanup.callback(_write_journal, session, pusher)
        cleanup.callback(lambda: session.say(count_sentence(pusher.pushed, len(chosen))))
        pusher.push(seen, unchanged(seen.lines, chosen))
        after = {line.outcome.numero: line for line in pusher.pushed}
        lines = [after.get(line.outcome.numero, line) for line in _of(dossier, seen.lines)]
        print_lines(lines, seen.run.reading, form)
    if pusher.failure:
        raise Refusal(str(pusher.failure))
    if sentence := failure_sentence(pusher.pushed, len(chosen)):
        raise Refusal(sentence)


def _write_journal(session: Session, pusher: OutcomePusher) -> None:
    """Write in the workbook's Journal what was done, whatever stopped it."""
    if pusher.pushed:
        line = journal_line(pusher.pushed, session.clock.now)
        write_update(
            session,
            lambda run: report_outcomes(run, session.state.load_last_run(), session.clock, line),
            lambda: planned(session),
        )
