"""The checks of `doctor` on alerts, and what `doctor --canary` reports to the monitoring service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eig_sheets.alerts.health import HealthError, report
from eig_sheets.alerts.outage import night_of
from eig_sheets.cli.session import Session
from eig_sheets.config import ConfigError
from eig_sheets.diagnosis import alerts, writing
from eig_sheets.workbook.model.diagnosis import Finding, Status


def findings(session: Session) -> Iterator[Finding]:
    """What would tell of trouble, and the nights that failed. Raises LedgerError."""
    settings = session.campaign.alerts
    yield alerts.of_settings(
        operator=bool(settings.operator),
        health_url=bool(settings.health_url),
        smtp=session.campaign.smtp is not None,
    )
    if settings.operator and (nights := session.outage_log.nights()):
        yield alerts.of_nights([*map(night_of, nights)])


def reported(session: Session, found: Sequence[Finding]) -> Iterator[Finding]:
    """What the monitoring service answered when it was told of these findings, where the configuration names one.

    An error is a failure. Without any, the trial is a success, or nothing is told: it did not take place.
    """
    try:
        url = session.campaign.alerts.health_url
    except ConfigError:  # its finding is there already
        return
    failed = any(one.status is Status.ERROR for one in found)
    tried = any(one.check == writing.TRIAL and one.status is Status.OK for one in found)
    if not url:
        return
    if not (failed or tried):
        yield alerts.of_silence()
        return
    try:
        report(url, failed=failed)
    except HealthError as error:
        yield alerts.of_report(failed=failed, problem=str(error))
    else:
        yield alerts.of_report(failed=failed, problem="")
