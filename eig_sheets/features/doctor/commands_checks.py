"""The checks of `doctor`, one after the other; what needs something that failed is left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from eig_sheets.campaign.reading import Reading, read
from eig_sheets.cli.command import french_errors
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import ADOPT, copy_warning
from eig_sheets.config import packaged
from eig_sheets.features.doctor import files_folders as folders
from eig_sheets.features.doctor import setup
from eig_sheets.features.doctor.commands_canary import trial_findings
from eig_sheets.features.doctor.commands_services import alert_findings, clock_finding, mail_findings, service_findings
from eig_sheets.features.doctor.surroundings import ALERTS
from eig_sheets.features.doctor.write_trial import TRIAL
from eig_sheets.spreadsheet.locations import is_online
from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.model.diagnosis import Finding, FindingStatus, attention, of_exception
from eig_sheets.workbook.alterations import STOPPING
from eig_sheets.workbook.anomalies import Severity, count, grouped
from eig_sheets.workbook.readers import ACCESS

_CORRECT_CONFIGURATION: Final = "Réglez cela d’abord : tout le reste en dépend."
_CORRECT_TEMPLATE: Final = "Corrigez ce modèle, puis voyez « eig-sheets emails check »."


def all_findings(session: Session, settings: Mapping[str, str], mail: str | None, *, canary: bool) -> Iterator[Finding]:
    """All findings. `settings`: what chose the configuration and the workbook; `mail`: whom to send a message to.

    `canary`: whether to write in the workbook, and take it back, once all that it needs is sound.
    """
    yield setup.of_python(sys.version_info[:3])
    configuration = attempted(setup.CONFIGURATION, lambda: _configuration(session, settings), _CORRECT_CONFIGURATION)
    yield from configuration
    if _has_error(configuration):
        return
    yield from attempted(setup.TEMPLATES, lambda: _templates(session), _CORRECT_TEMPLATE)
    place = attempted(setup.WORKBOOK, lambda: _location(session, settings))
    yield from place
    if not _has_error(place):
        workbook = attempted(setup.WORKBOOK, lambda: _workbook(session))
        yield from workbook
        is_sound = not _has_error(finding for finding in workbook if finding.check != setup.TABS)
        state = attempted(folders.STATE, lambda: _state(session))
        yield from state
        if canary and is_sound and not _has_error(state):
            yield from attempted(TRIAL, lambda: trial_findings(session))
        yield from _of_the_other(session, canary=canary)
    yield from service_findings(session, attempted)
    yield from attempted(ALERTS, lambda: alert_findings(session))
    yield from mail_findings(session, mail, attempted)


def _of_the_other(session: Session, *, canary: bool) -> Iterator[Finding]:
    """The findings on the candidates' workbook, when they have their own and no option names one."""
    for other in session.targets[1:]:
        place = attempted(setup.WORKBOOK, partial(_location, other, {"workbook": "[workbook] talents"}))
        findings = [*place, *([] if _has_error(place) else attempted(setup.WORKBOOK, partial(_workbook, other)))]
        if canary and not _has_error(finding for finding in findings if finding.check != setup.TABS):
            findings += attempted(TRIAL, partial(trial_findings, other))
        yield from (replace(finding, check=setup.of_talents(finding.check)) for finding in findings)


def attempted(check: str, work: Callable[[], Iterable[Finding]], remedy: str = "") -> list[Finding]:
    """The findings of some work, and that of the error in which it ended, if it did."""
    findings: list[Finding] = []
    try:
        with french_errors():
            findings.extend(work())
    except Refusal as refusal:
        findings.append(of_exception(check, refusal, remedy))
    return findings


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.status is FindingStatus.ERROR for finding in findings)


def _configuration(session: Session, settings: Mapping[str, str]) -> Iterator[Finding]:
    path = session.campaign.path
    is_packaged = not settings["config"] and path == packaged()
    setting = settings["config"] or "trouvé ici ou dans un dossier parent"
    yield setup.of_configuration(str(path), setting, is_packaged=is_packaged)


def _templates(session: Session) -> Iterator[Finding]:
    yield setup.of_templates(len(session.templates), str(session.campaign.templates_folder))


def _location(session: Session, settings: Mapping[str, str]) -> Iterator[Finding]:
    place = session.place  # raises what is wrong with an address
    written = session.campaign.location(session.named)
    setting = settings["workbook"] or "[workbook] location de la configuration"
    yield setup.of_location(written if is_online(written) else place, setting)


def _workbook(session: Session) -> Iterator[Finding]:
    """The backend's findings, then those on the tabs, unless an error keeps them from being read."""
    try:
        with french_errors():
            book = session.opened(session.state_as_it_is)
    except Refusal as refusal:
        yield of_exception(setup.KEY, refusal)
        return
    is_sound = True
    for finding in book.diagnose(os.environ):
        yield finding
        is_sound = is_sound and finding.status is not FindingStatus.ERROR
    if is_sound:
        yield from attempted("Lecture", lambda: _tabs(session, book))


def _tabs(session: Session, book: Workbook) -> Iterator[Finding]:
    reading = read(book.read(), session.campaign)
    blocking = grouped(anomaly for anomaly in reading.anomalies if anomaly.severity is Severity.BLOCKING)
    yield setup.of_tabs(len(reading.problems), count(blocking))
    yield from _access(reading)


def _access(reading: Reading) -> Iterator[Finding]:
    sentences = [anomaly.message for anomaly in reading.anomalies if anomaly.kind in ACCESS]
    if sentences:
        yield setup.of_access(sentences)
    for anomaly in reading.anomalies:
        if anomaly.kind in STOPPING:
            yield setup.of_alteration(anomaly.message, anomaly.remedy)


def _state(session: Session) -> Iterator[Finding]:
    state = session.state_as_it_is
    facts = folders.gathered(state.folder, os.environ)
    findings = [*folders.of_state(facts)]
    yield from findings
    if not _has_error(findings):
        yield from attempted(folders.STATE, lambda: _last_run(session))
        yield from attempted("Copie", lambda: _copy(session))
    path = _local_workbook(session)
    local = (folders.gathered(path.parent, os.environ), path.stat().st_size) if path else (None, 0)
    yield from folders.of_disk(facts, *local)
    if path:
        yield clock_finding(path)


def _last_run(session: Session) -> Iterator[Finding]:
    """Nothing, when what was kept of the last run can be read."""
    session.state_as_it_is.load_last_run()
    yield from ()


def _copy(session: Session) -> Iterator[Finding]:
    """Whether another workbook has the identity of this one."""
    if warning := copy_warning(session):
        yield attention("Copie", warning, ADOPT)


def _local_workbook(session: Session) -> Path | None:
    """The path of a workbook that is a file."""
    path = Path(session.place)
    return None if is_online(session.campaign.location(session.named)) or not path.is_file() else path
