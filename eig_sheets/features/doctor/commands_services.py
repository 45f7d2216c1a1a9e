"""The checks of `doctor` on what a campaign uses besides its workbook: services, outlets of e-mails, alerts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from eig_sheets.call.applications.demarche import queries
from eig_sheets.call.applications.demarche.client import connect, settings_of
from eig_sheets.call.applications.importing.kinds import kinds_of
from eig_sheets.call.jury.commands_links import online_pages
from eig_sheets.cli.emails.outlets import outlet_of, sender_of
from eig_sheets.cli.emails.service_messages import delivered
from eig_sheets.cli.session import Session
from eig_sheets.config import ConfigError
from eig_sheets.emails.mail.addresses import addresses
from eig_sheets.emails.outlets.base import DeliveryOutcome
from eig_sheets.features.doctor import surroundings
from eig_sheets.features.doctor.sender import SENDER, of_sender, of_silent_dns
from eig_sheets.features.doctor.services_dns import DnsError, sender_records
from eig_sheets.features.doctor.services_health import HealthError, report
from eig_sheets.features.doctor.write_trial import TRIAL
from eig_sheets.run.alerts import night_of
from eig_sheets.spreadsheet.model.diagnosis import Finding, FindingStatus, error, ok

Attempted = Callable[[str, Callable[[], Iterable[Finding]]], list[Finding]]
_MAIL: Final = "Messagerie"
_TEST: Final = "Message d’essai"
_NAMES: Final = ("smtp", "imap", "gmail")


def service_findings(session: Session, attempted: Attempted) -> Iterator[Finding]:
    """Of services, readings alone; nothing of what the configuration does not ask for."""
    if session.campaign.jury.drive_folder:
        yield from attempted(surroundings.PAGES, lambda: _pages(session))
    if session.campaign.demarche is not None:
        yield from attempted(surroundings.DEMARCHE, lambda: _demarche(session))


def clock_finding(path: Path) -> Finding:
    """How the clock stands beside the last save of a file, maybe by another machine. Raises OSError."""
    return surroundings.of_saved(datetime.fromtimestamp(path.stat().st_mtime).astimezone(), datetime.now().astimezone())


def _pages(session: Session) -> Iterator[Finding]:
    if pages := online_pages(session):
        pages.check()
        yield surroundings.of_pages()


def _demarche(session: Session) -> Iterator[Finding]:
    settings = settings_of(session.campaign)
    with closing(connect(session.campaign, os.environ, hurried=True)) as client:
        queries.check(client, settings.number)
        if settings.instructeur:
            queries.instructeur_id(client, settings.number, settings.instructeur)
    yield surroundings.of_demarche(settings.number, with_instructeur="@" in settings.instructeur)
    for form in (kind.form for kind in kinds_of(session.campaign).values() if kind.form):
        if (other := settings.of_form(form)) is not None:
            with closing(connect(session.campaign, os.environ, hurried=True, form=form)) as client:
                queries.check(client, other.number)
            yield surroundings.of_demarche(other.number, with_instructeur=False)


def alert_findings(session: Session) -> Iterator[Finding]:
    """The findings on alerts: their settings, and the nights that failed. Raises LedgerError."""
    settings = session.campaign.alerts
    yield surroundings.of_alerts(
        operator=bool(settings.operator),
        health_url=bool(settings.health_url),
        smtp=session.campaign.smtp is not None,
    )
    if settings.operator and (nights := session.outage_log.nights()):
        yield surroundings.of_nights([*map(night_of, nights)])


def reported(session: Session, findings: Sequence[Finding]) -> Iterator[Finding]:
    """What the monitoring service answered when it was told of these findings, where the configuration names one.

    An error is a failure. Without any, the trial is a success, or nothing is told: it did not take place.
    """
    try:
        url = session.campaign.alerts.health_url
    except ConfigError:  # its finding is there already
        return
    failed = any(finding.status is FindingStatus.ERROR for finding in findings)
    tried = any(finding.check == TRIAL and finding.status is FindingStatus.OK for finding in findings)
    if not url:
        return
    if not (failed or tried):
        yield surroundings.of_silence()
        return
    try:
        report(url, failed=failed)
    except HealthError as error:
        yield surroundings.of_health_report(failed=failed, problem=str(error))
    else:
        yield surroundings.of_health_report(failed=failed, problem="")


def mail_findings(session: Session, mail: str | None, attempted: Attempted) -> Iterator[Finding]:
    """Each outlet that the configuration names is opened and closed; a message leaves for `mail` alone, if asked."""
    names = [name for name in _NAMES if getattr(session.campaign, name) is not None]
    if not names:
        yield ok(_MAIL, "Aucune messagerie n’est réglée : les e-mails ne peuvent être que des fichiers .eml.")
    for name in names:
        yield from attempted(f"{_MAIL} ({name})", lambda name=name: _opened(session, name))  # type: ignore[misc]
    if names:
        yield from attempted(SENDER, lambda: [_sender(session)])
    if mail:
        yield from attempted(_TEST, lambda: _sent(session, mail))


def _opened(session: Session, name: str) -> Iterator[Finding]:
    with outlet_of(name, session.campaign, os.environ, Path()) as outlet:
        use = "envoyer" if outlet.sends else "déposer des brouillons"
    yield ok(f"{_MAIL} ({name})", f"Le robot entre et peut y {use}. Rien n’est parti.")


def _sender(session: Session) -> Finding:
    """What a recipient will think of the domain of the sender."""
    settings = session.campaign.sender
    [address] = addresses(sender_of(session.campaign).address)
    domain = address.wire.rpartition("@")[2]
    try:
        return of_sender(sender_records(domain, settings.dkim_selector if settings else ""))
    except DnsError as failure:
        return of_silent_dns(domain, str(failure))


def _sent(session: Session, address: str) -> Iterator[Finding]:
    """The finding of a message that was handed over to the server of [smtp]."""
    body = "Ce message d’essai a été demandé par « eig-sheets doctor --mail ». Il n’appelle pas de réponse."
    receipt = delivered(session, "essai", address, "Essai d’eig-sheets", body)
    if receipt.outcome is DeliveryOutcome.SENT:
        yield ok(_TEST, f"Un message est parti pour {address} : voyez s’il arrive, et où (courriers indésirables ?).")
    else:
        yield error(_TEST, receipt.detail, "Corrigez [smtp] ou l’adresse, puis relancez la commande.")
