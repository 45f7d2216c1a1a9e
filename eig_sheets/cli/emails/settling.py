"""`emails settle` and `state adopt`: a person resolves the status of e-mails that the ledger does not know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import click

from eig_sheets.cli.command import Command
from eig_sheets.cli.emails.sender import write_update
from eig_sheets.cli.pipeline import planned_sync, refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import taken_over
from eig_sheets.emails.catalogue.deliveries import BY_A_PERSON, RESOLVABLE, DeliveryStatus, Stage
from eig_sheets.emails.outbox.records import LastDelivery, adopted
from eig_sheets.run.nightly import Run
from eig_sheets.run.sending import missing_from_ledger, report_outcomes
from eig_sheets.text.french import counted, listed, plural
from eig_sheets.workbook.quoting import did_you_mean


@click.command("settle", cls=Command)
@click.argument("ids", metavar="ID [ID…]", nargs=-1, required=True)
@click.option("--sent/--not-sent", "sent", default=None, help="Il est bien parti, ou il n’est jamais parti.")
@click.pass_obj
def settle_emails(session: Session, ids: tuple[str, ...], *, sent: bool | None) -> None:
    """Dit ce qu’il est advenu d’e-mails « Incertain » ou « Revenu », ou de brouillons supprimés, d’après « Envois ».

    --sent : il est arrivé, il ne repartira jamais. --not-sent : il n’est pas parti, et peut être envoyé de nouveau.
    Vérifiez d’abord dans la boîte d’envoi, ou auprès des destinataires.
    """
    if sent is None:
        raise click.UsageError("Dites ce qu’il en est : --sent ou --not-sent.")
    with session.locked():
        session.say(settled(session, ids, sent=sent))


def settled(session: Session, ids: Sequence[str], *, sent: bool) -> str:
    """Record what became of e-mails, in the ledger and in `Envois`; returns what is said of it. Raises Refusal."""
    _record(session, unsettled(session, ids), Stage.SENT if sent else Stage.SETTLED)
    write_update(
        session,
        lambda run: report_outcomes(run, session.state.load_last_run(), session.clock),
        lambda: _run(session),
    )
    if not sent:
        session.ledger.delete(ids)
    labels = ("noté parti", "notés partis") if sent else ("noté non parti", "notés non partis")
    return f"{plural(len(ids), f'e-mail {labels[0]}', f'e-mails {labels[1]}')}."


def unsettled(session: Session, ids: Sequence[str]) -> list[LastDelivery]:
    """The last deliveries of e-mails of which a person may say whether they left. Raises Refusal."""
    run = _run(session)
    return [_resolvable(run, sending_id) for sending_id in ids]


def _run(session: Session) -> Run:
    run = planned_sync(session, despite_losses=True)  # lost rows of people's tabs do not matter: only Envois is written
    refuse(run.problems)
    return run


def _resolvable(run: Run, sending_id: str) -> LastDelivery:
    """The last delivery of an e-mail whose status a person may resolve. Raises Refusal."""
    last_deliveries = run.previous.last_deliveries if run.previous else {}
    resolvable = {
        last_delivery.id: last_delivery
        for last_delivery in last_deliveries.values()
        if last_delivery.state in RESOLVABLE
    }
    if sending_id in resolvable:
        return resolvable[sending_id]
    state = (
        f" Il est « {last_deliveries[sending_id].state} »."
        if sending_id in last_deliveries
        else did_you_mean(sending_id, resolvable)
    )
    raise Refusal(f"« {sending_id} » n’est ni incertain, ni revenu, ni un brouillon : rien à trancher.{state}")


def _record(session: Session, last_deliveries: Iterable[LastDelivery], stage: object) -> None:
    session.ledger.record_outcomes(
        *(
            replace(delivery, stage=Stage(str(stage)), detail=BY_A_PERSON)
            for delivery in adopted(last_deliveries, session.clock.now)
        )
    )


@click.command(cls=Command)
@click.pass_obj
def adopt(session: Session) -> None:
    """Reprend dans le registre de cette machine les envois que connaît « Envois ».

    À lancer sur une nouvelle machine, ou après la perte du dossier d’état, quand plus aucune autre machine n’envoie
    d’e-mails de ce classeur ; ou dans celle de deux copies qui continue : l’autre n’enverra plus rien. Rien n’est
    envoyé, et le classeur ne change pas.
    """
    session = taken_over(session)
    with session.locked():
        missing = missing_from_ledger(_run(session), session.ledger.deliveries())
        last_deliveries = [delivery for delivery in missing if not session.ledger.is_reduced(delivery.id)]
        session.ledger.record_outcomes(*adopted(last_deliveries, session.clock.now))
    session.say(f"{counted(len(last_deliveries), 'envoi repris', 'envois repris')}.".capitalize())
    uncertain = [
        last_delivery.id for last_delivery in last_deliveries if last_delivery.state == DeliveryStatus.UNCERTAIN
    ]
    if uncertain:
        session.say(
            f"Incertains : {listed(uncertain)}. Vérifiez s’ils sont partis, puis dites-le avec « eig-sheets emails "
            "settle »."
        )
