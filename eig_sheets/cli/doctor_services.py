"""The checks of `doctor` on what a campaign uses besides its workbook; of services, readings alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from eig_sheets.cli.jury_online import online_pages
from eig_sheets.cli.session import Session
from eig_sheets.demarche import requests
from eig_sheets.demarche.connection import connect, settings_of
from eig_sheets.diagnosis import services
from eig_sheets.workbook.model.diagnosis import Finding

Attempted = Callable[[str, Callable[[], Iterable["Finding"]]], "list[Finding]"]


def findings(session: Session, attempted: Attempted) -> Iterator[Finding]:
    """Nothing of what the configuration does not ask for."""
    if session.campaign.jury.drive_folder:
        yield from attempted(services.PAGES, lambda: _pages(session))
    if session.campaign.demarche is not None:
        yield from attempted(services.DEMARCHE, lambda: _demarche(session))


def clock_finding(path: Path) -> Finding:
    """How the clock stands beside the last save of a file, maybe by another machine. Raises OSError."""
    return services.of_saved(datetime.fromtimestamp(path.stat().st_mtime).astimezone(), datetime.now().astimezone())


def _pages(session: Session) -> Iterator[Finding]:
    if pages := online_pages(session):
        pages.check()
        yield services.of_pages()


def _demarche(session: Session) -> Iterator[Finding]:
    settings = settings_of(session.campaign)
    with closing(connect(session.campaign, os.environ, hurried=True)) as client:
        requests.check(client, settings.number)
        if settings.instructeur:
            requests.instructeur_id(client, settings.number, settings.instructeur)
    yield services.of_demarche(settings.number, with_instructeur="@" in settings.instructeur)
    for form in ("talents", "wishes"):
        if (other := settings.of_form(form)) is not None:
            with closing(connect(session.campaign, os.environ, hurried=True, form=form)) as client:
                requests.check(client, other.number)
            yield services.of_demarche(other.number, with_instructeur=False)
