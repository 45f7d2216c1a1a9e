"""The checks of `doctor`, one after the other; what needs something that failed is left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eig_sheets.cli.session import Refusal, Session, french_errors
from eig_sheets.diagnosis import folders, setup
from eig_sheets.workbook.model.diagnosis import Finding, Status, of_exception

if TYPE_CHECKING:
    from eig_sheets.campaign.reading import Reading
    from eig_sheets.storage.folder_facts import FolderFacts
    from eig_sheets.workbook.model.base import Workbook

_CORRECT_CONFIGURATION: Final = "Corrigez ce fichier : tout le reste en dépend."
_CORRECT_TEMPLATE: Final = "Corrigez ce modèle, puis voyez « eig-sheets emails check »."


def findings(session: Session, settings: Mapping[str, str], mail: str | None) -> Iterator[Finding]:
    """All findings. `settings`: what chose the configuration and the workbook; `mail`: whom to send a message to."""
    yield setup.of_python(sys.version_info[:3])
    found = _attempted(setup.CONFIGURATION, lambda: _configuration(session, settings), _CORRECT_CONFIGURATION)
    yield from found
    if _has_error(found):
        return
    yield from _attempted(setup.TEMPLATES, lambda: _templates(session), _CORRECT_TEMPLATE)
    place = _attempted(setup.WORKBOOK, lambda: _location(session, settings))
    yield from place
    if not _has_error(place):
        yield from _attempted(setup.WORKBOOK, lambda: _workbook(session))
        yield from _attempted(folders.STATE, lambda: _state(session))
    yield from _mail(session, mail)


def _attempted(check: str, work: Callable[[], Iterable[Finding]], remedy: str = "") -> list[Finding]:
    """The findings of some work, and that of the error in which it ended, if it did."""
    found: list[Finding] = []
    try:
        with french_errors():
            found.extend(work())
    except Refusal as refusal:
        found.append(of_exception(check, refusal, remedy))
    return found


def _has_error(found: Iterable[Finding]) -> bool:
    return any(finding.status is Status.ERROR for finding in found)


def _configuration(session: Session, settings: Mapping[str, str]) -> Iterator[Finding]:
    from eig_sheets.config import packaged

    path = session.campaign.path
    is_packaged = not settings["config"] and path == packaged()
    setting = settings["config"] or "trouvé ici ou dans un dossier parent"
    yield setup.of_configuration(str(path), setting, is_packaged=is_packaged)


def _templates(session: Session) -> Iterator[Finding]:
    yield setup.of_templates(len(session.templates), str(session.campaign.templates_folder))


def _location(session: Session, settings: Mapping[str, str]) -> Iterator[Finding]:
    from eig_sheets.config import is_online

    place = session.place  # raises what is wrong with an address
    written = session.campaign.location(session.location)
    setting = settings["workbook"] or "[workbook] location de la configuration"
    yield setup.of_location(written if is_online(written) else place, setting)


def _workbook(session: Session) -> Iterator[Finding]:
    """What the backend finds, then the tabs, unless it found what keeps them from being read."""
    try:
        with french_errors():
            book = session.opened(session.state_as_it_is)
    except Refusal as refusal:
        yield of_exception(setup.KEY, refusal)
        return
    is_sound = True
    for finding in book.diagnose(os.environ):
        yield finding
        is_sound = is_sound and finding.status is not Status.ERROR
    if is_sound:
        yield from _attempted("Lecture", lambda: _tabs(session, book))


def _tabs(session: Session, book: Workbook) -> Iterator[Finding]:
    from eig_sheets.campaign.reading import read
    from eig_sheets.workbook.anomalies import Severity

    reading = read(book.read(), session.campaign)
    blocking = [anomaly for anomaly in reading.anomalies if anomaly.severity is Severity.BLOCKING]
    yield setup.of_tabs(len(reading.problems), len(blocking))
    yield from _conflicts(reading)


def _conflicts(reading: Reading) -> Iterator[Finding]:
    from eig_sheets.workbook.access_codes import ACCESS_CODES

    sentences = [anomaly.message for anomaly in reading.anomalies if anomaly.code in ACCESS_CODES]
    if sentences:
        yield setup.of_rules(sentences)


def _state(session: Session) -> Iterator[Finding]:
    from eig_sheets.storage import folder_facts

    state = session.state_as_it_is
    facts = folder_facts.gathered(state.folder, os.environ)
    found = [*folders.of_state(facts)]
    yield from found
    if not _has_error(found):
        yield from _attempted(folders.STATE, lambda: _last_run(session))
    yield from folders.of_disk(facts, *_local_workbook(session))


def _last_run(session: Session) -> Iterator[Finding]:
    """Nothing, when what was kept of the last run can be read."""
    session.state_as_it_is.load_last_run()
    yield from ()


def _local_workbook(session: Session) -> tuple[FolderFacts | None, int]:
    """The folder of a workbook that is a file, and its size in bytes."""
    from eig_sheets.config import is_online
    from eig_sheets.storage import folder_facts

    path = Path(session.place)
    if is_online(session.campaign.location(session.location)) or not path.is_file():
        return None, 0
    return folder_facts.gathered(path.parent, os.environ), path.stat().st_size


def _mail(session: Session, mail: str | None) -> Iterator[Finding]:
    from eig_sheets.cli.doctor_mail import findings as mail_findings

    yield from mail_findings(session, mail, _attempted)
